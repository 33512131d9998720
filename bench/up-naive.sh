#!/usr/bin/env bash
# What a person types first: starts every node at once and polls until the lab is ready.
# usage: as up-good-order.sh
set -eu
lab=$1 server=$2 cli=$3 master=$4 replicas=$5 sentinels=$6
source "$(dirname "$0")/up-common.sh"
start "redis-$master"
for port in $replicas; do start "redis-$port"; done
for port in $sentinels; do start "sentinel-$port" --sentinel; done
for port in $replicas; do until_linked "$port"; done
for port in $sentinels; do until_ready "$port"; done
