import { readHelloViews, type HelloView } from './helloView';

/** What one Sentinel believes about the lab's master: its reply to SENTINEL MASTER and SENTINEL CKQUORUM. */
export interface SentinelView {
  readonly masterHost: string;
  readonly masterPort: number;
  /** Words such as `master`, `s_down`, `o_down`, `failover_in_progress`. */
  readonly flags: readonly string[];
  readonly configEpoch: number;
  readonly knownReplicas: number;
  /** Other Sentinels, itself not counted; undefined in a replay of logs that do not tell. */
  readonly knownSentinels: number | undefined;
  readonly quorum: number;
  /** The settings this Sentinel runs with, in milliseconds; a person may have changed them since lab.json was written. */
  readonly downAfterMilliseconds: number | undefined;
  readonly failoverTimeout: number | undefined;
  readonly parallelSyncs: number | undefined;
  /** How long before this reply the master last gave a valid answer to PING, in milliseconds; at `downAfterMilliseconds` it is SDOWN. */
  readonly answeredBefore: number | undefined;
  /** Undefined where {@link knownSentinels} is. */
  readonly quorumOk: boolean | undefined;
  /** The words of CKQUORUM, such as `NOQUORUM 1 usable Sentinels…`; undefined where the version has no CKQUORUM, or nobody knows. */
  readonly quorumText: string | undefined;
  /** What it last heard of the others; undefined while nobody asks for it. */
  readonly hellos: readonly HelloView[] | undefined;
}

/**
 * Reads the flat list that SENTINEL MASTER gives with RESP2 (name, value, name, value …). `ckquorum` is the reply or the error text
 * of SENTINEL CKQUORUM, empty where nobody knows; a version before 2.8.22 does not know it, and the counts must do. `others` is the reply
 * to SENTINEL SENTINELS, where it was asked for.
 */
export function readSentinelView(
  master: readonly string[],
  ckquorum: string,
  others?: unknown,
): SentinelView {
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < master.length; at += 2) fields.set(master[at] ?? '', master[at + 1] ?? '');
  const number = (name: string): number => Number(fields.get(name) ?? 0);
  const optional = (name: string): number | undefined => (fields.has(name) ? number(name) : undefined);
  const knownSentinels = optional('num-other-sentinels');
  const quorum = number('quorum');
  const hasQuorumCheck = ckquorum !== '' && !/unknown/i.test(ckquorum);
  const countsOk = knownSentinels === undefined ? undefined : knownSentinels + 1 >= quorum;
  return {
    masterHost: fields.get('ip') ?? '',
    masterPort: number('port'),
    flags: (fields.get('flags') ?? '').split(',').filter(flag => flag !== ''),
    configEpoch: number('config-epoch'),
    knownReplicas: number('num-slaves'),
    knownSentinels,
    quorum,
    downAfterMilliseconds: optional('down-after-milliseconds'),
    failoverTimeout: optional('failover-timeout'),
    parallelSyncs: optional('parallel-syncs'),
    answeredBefore: optional('last-ok-ping-reply'),
    quorumOk: hasQuorumCheck ? ckquorum.startsWith('OK') : countsOk,
    quorumText: hasQuorumCheck ? ckquorum : undefined,
    hellos: others === undefined ? undefined : readHelloViews(others),
  };
}
