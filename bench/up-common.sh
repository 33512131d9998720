# Pieces of the two start scripts. Needs: lab, server, cli, replicas, sentinels.
start() { "$server" "$lab/conf/$1.conf" ${2:+"$2"} >/dev/null 2>&1 & }
until_linked() { until "$cli" -p "$1" info replication 2>/dev/null | grep -q '^master_link_status:up'; do sleep 0.02; done; }
# Ready as the lab means it: every replica and every other Sentinel known, and the quorum reachable.
until_ready() {
  local want_replicas want_sentinels
  want_replicas=$(wc -w <<<"$replicas") want_sentinels=$(($(wc -w <<<"$sentinels") - 1))
  until "$cli" -p "$1" sentinel master mymaster 2>/dev/null | paste -sd' ' | grep -q "num-slaves $want_replicas num-other-sentinels $want_sentinels " &&
    "$cli" -p "$1" sentinel ckquorum mymaster 2>/dev/null | grep -q '^OK'; do sleep 0.02; done
}
