import { nodesOf, type LabState } from '../model/labState';
import { retryTime } from './sentinelTimes';

/** What counts of a line of a Sentinel's log. */
export interface AttemptLine {
  /** The id of its message. */
  readonly id: string;
  /** Its event, such as `+try-failover`. */
  readonly event: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** When each Sentinel began its last failover that has come to nothing so far, by its name, in milliseconds since 1970. */
export type FailoverAttempts = ReadonlyMap<string, number>;

const begins = new Set(['+try-failover', '+vote-for-leader']);
const ends = new Set(['+switch-master', '+monitor']);

/**
 * When a Sentinel last began a failover, or voted for another one's: it waits from there before it begins one (`failover_start_time`).
 * Undefined where nothing holds it back: a failover that worked ends the wait (sentinel.c, `sentinelResetMaster`), and a process that was
 * started anew has forgotten it. `lines` are those of its log, the newest last.
 */
export function lastAttempt(lines: readonly AttemptLine[]): number | undefined {
  let attempt: number | undefined;
  for (const { id, event = '', at } of lines) {
    if (begins.has(event)) attempt = at;
    else if (ends.has(event) || id === 'sentinel-id') attempt = undefined;
  }
  return attempt;
}

/**
 * How long it takes until some Sentinel may begin a failover, in milliseconds; 0: one may at once. Without the logs, what was published
 * since the lab was opened must do.
 */
export function retryWait(
  state: LabState,
  now: number,
  failoverTimeout: number,
  attempts: FailoverAttempts | undefined,
): number {
  const waitFrom = (attempt: number | undefined): number =>
    attempt === undefined ? 0 : Math.max(0, attempt + retryTime(failoverTimeout) - now);
  const running = nodesOf(state).filter(
    ({ spec, status }) => spec.kind === 'sentinel' && status === 'running',
  );
  if (!attempts || running.length === 0)
    return waitFrom(state.failover?.stage === 'aborted' ? state.failover.triedAt : undefined);
  return Math.min(...running.map(({ spec }) => waitFrom(attempts.get(spec.name))));
}
