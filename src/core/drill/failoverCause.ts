/** What ends the master's service: its process dies, it stops answering, or SENTINEL FAILOVER asks for another one. */
export type FailoverCause = 'kill' | 'freeze' | 'request';

/**
 * How a failover will end. `no-quorum`: it is never agreed that the master is down; `no-majority`: it is, but nobody is elected
 * (`-failover-abort-not-elected`); `no-good-replica`: a leader finds nobody to promote (`-failover-abort-no-good-slave`).
 */
export type PredictedOutcome =
  | 'promotes'
  | 'no-master'
  | 'no-sentinels'
  | 'no-quorum'
  | 'no-majority'
  | 'no-good-replica';
