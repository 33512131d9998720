/** The constants of sentinel.c that own a part of every failover, in milliseconds. They are the same since 2.8. */
export const sentinelTimes = {
  /** Every node is pinged this often, or every down-after-milliseconds where that is less (`SENTINEL_PING_PERIOD`). */
  ping: 1_000,
  /** How often a Sentinel asks a node for INFO (`SENTINEL_INFO_PERIOD`) … */
  info: 10_000,
  /** … and replicas while their master is down or a failover runs. */
  infoOnFailure: 1_000,
  /** How often it asks the others whether they see the master down (`SENTINEL_ASK_PERIOD`). */
  ask: 1_000,
  /** How long what another one said of the master counts, whichever master that was (`SENTINEL_ASK_PERIOD` × 5). */
  opinion: 5_000,
  /** How often it tells about itself and its master (`SENTINEL_PUBLISH_PERIOD`). */
  hello: 2_000,
  /** A subscription that brought nothing for so long is given up, and begun anew (`SENTINEL_PUBLISH_PERIOD` × 3). */
  helloLost: 6_000,
  /** How long it only watches after its clock jumped (`SENTINEL_TILT_PERIOD`). */
  tilt: 30_000,
  /** How long a Sentinel waits at most for the votes (`SENTINEL_ELECTION_TIMEOUT`). */
  election: 10_000,
  /** One turn of its timer, in which it looks at everything (server.hz is 10 to 20). */
  tick: 100,
} as const;

/** From one attempt of a failover to the next of the same Sentinel (sentinel.c, `sentinelStartFailoverIfNeeded`). */
export function retryTime(failoverTimeout: number): number {
  return 2 * failoverTimeout;
}
