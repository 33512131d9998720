import { sentinelTimes } from './sentinelTimes';

/** A replica as the choosing Sentinel knows it. Times are in milliseconds. */
export interface PromotionCandidate {
  readonly name: string;
  /** In the Sentinel's eyes (`s_down`, `o_down`). */
  readonly isDown: boolean;
  /** The Sentinel has no connection to it. */
  readonly isDisconnected: boolean;
  /** Since its last valid reply to PING. */
  readonly pingAge: number;
  /** `replica-priority`; 0 is "never". */
  readonly priority: number;
  /** Since its last reply to INFO. */
  readonly infoAge: number;
  /** How long its link to the master is down; 0 while it is up. */
  readonly linkDownTime: number;
  /** How much of the master's data it has, in bytes. */
  readonly offset: number;
  /** Servers before 2.8 do not tell. */
  readonly runId: string | undefined;
}

/** What the checks depend on beside the candidates. */
export interface SelectionLimits {
  readonly downAfterMilliseconds: number;
  /** How long the Sentinel takes the master for down, in milliseconds; undefined: it does not (a failover on request). */
  readonly masterDownTime: number | undefined;
}

/** The check at which a replica is left out, in the order of sentinel.c. */
export type SelectionCheck = 'down' | 'disconnected' | 'silent' | 'priority-0' | 'info-old' | 'link-down';

/** What put one replica before the next: the first of these in which they differ. */
export type SelectionBasis = 'priority' | 'offset' | 'run-id';

/** What became of one replica. */
export interface Verdict {
  readonly candidate: PromotionCandidate;
  /** Undefined: it could be promoted. */
  readonly leftOut: SelectionCheck | undefined;
  /** In what the chosen one was better; undefined for the chosen one itself and for those left out. */
  readonly beatenBy: SelectionBasis | undefined;
}

export interface Selection {
  /** Undefined: none passed the checks (`-failover-abort-no-good-slave`). */
  readonly chosen: PromotionCandidate | undefined;
  /** In what it was better than the second; `only-one`: there was no second. */
  readonly basis: SelectionBasis | 'only-one' | undefined;
  /** First those that could be promoted, best first, then those left out. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Which replica a Sentinel promotes, and why not the others. Source: sentinel.c, `sentinelSelectSlave` and
 * `compareSlavesForPromotion` (the same in all versions since 2.8).
 */
export function selectReplica(candidates: readonly PromotionCandidate[], limits: SelectionLimits): Selection {
  const checked = candidates.map(candidate => ({ candidate, leftOut: failedCheck(candidate, limits) }));
  const fit = checked
    .filter(({ leftOut }) => leftOut === undefined)
    .map(({ candidate }) => candidate)
    .toSorted(byPromotion);
  const [chosen, second] = fit;
  return {
    chosen,
    basis: chosen && (second ? difference(chosen, second) : 'only-one'),
    verdicts: [
      ...fit.map(candidate => ({
        candidate,
        leftOut: undefined,
        beatenBy: chosen && candidate !== chosen ? difference(chosen, candidate) : undefined,
      })),
      ...checked
        .filter(({ leftOut }) => leftOut !== undefined)
        .map(verdict => ({ ...verdict, beatenBy: undefined })),
    ],
  };
}

/** How old the last INFO of a replica may be: while the master is down, replicas are asked every second. */
export function allowedInfoAge({ masterDownTime }: SelectionLimits): number {
  return masterDownTime === undefined ? 3 * sentinelTimes.info : allowedPingAge;
}

/** How long the last PONG of a replica may be ago. */
export const allowedPingAge = 5 * sentinelTimes.ping;

/** How long a replica's link to the master may be down: its data would be too old. */
export function allowedLinkDownTime({ downAfterMilliseconds, masterDownTime = 0 }: SelectionLimits): number {
  return masterDownTime + 10 * downAfterMilliseconds;
}

function failedCheck(candidate: PromotionCandidate, limits: SelectionLimits): SelectionCheck | undefined {
  if (candidate.isDown) return 'down';
  if (candidate.isDisconnected) return 'disconnected';
  if (candidate.pingAge > allowedPingAge) return 'silent';
  if (candidate.priority === 0) return 'priority-0';
  if (candidate.infoAge > allowedInfoAge(limits)) return 'info-old';
  if (candidate.linkDownTime > allowedLinkDownTime(limits)) return 'link-down';
  return undefined;
}

function byPromotion(a: PromotionCandidate, b: PromotionCandidate): number {
  return a.priority - b.priority || b.offset - a.offset || compareRunIds(a.runId, b.runId);
}

/** The smaller first, regardless of case (`strcasecmp`); one that is not known comes last. */
function compareRunIds(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  return first < second ? -1 : Number(first > second);
}

function difference(chosen: PromotionCandidate, other: PromotionCandidate): SelectionBasis {
  if (chosen.priority !== other.priority) return 'priority';
  return chosen.offset === other.offset ? 'run-id' : 'offset';
}
