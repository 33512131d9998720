#!/usr/bin/env bash
# The bare baseline of `up`: starts the nodes of a lab in the order that is ready soonest and polls until it is ready.
# usage: up-good-order.sh LAB REDIS-SERVER REDIS-CLI MASTER-PORT "REPLICA-PORTS" "SENTINEL-PORTS"
set -eu
lab=$1 server=$2 cli=$3 master=$4 replicas=$5 sentinels=$6
source "$(dirname "$0")/up-common.sh"
start "redis-$master"
until [ "$("$cli" -p "$master" ping 2>/dev/null)" = PONG ]; do sleep 0.02; done
for port in $replicas; do start "redis-$port"; done
for port in $replicas; do until_linked "$port"; done
for port in $sentinels; do start "sentinel-$port" --sentinel; done
for port in $sentinels; do until_ready "$port"; done
