import { isAnswering, masterPort, nodesOf, type LabState } from '../model/labState';
import { retryTime } from './sentinelTimes';

/** What counts of a line of a Sentinel's log. */
export interface AttemptLine {
  /** The id of its message. */
  readonly id: string;
  /** Its event, such as `+try-failover`. */
  readonly event: string | undefined;
  /** The master that the event is about, where it says so. */
  readonly masterName: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** When each Sentinel began its last failover that has come to nothing so far, by its name, in milliseconds since 1970. */
export type FailoverAttempts = ReadonlyMap<string, number>;

const begins = new Set(['+try-failover', '+vote-for-leader']);
const ends = new Set(['+switch-master', '+monitor', '+reset-master']);

/**
 * When a Sentinel last began a failover, or voted for another one's: it waits from there before it begins one (`failover_start_time`).
 * Undefined where nothing holds it back: a failover that worked and a reset end the wait (sentinel.c, `sentinelResetMaster`), and a process
 * that was started anew has forgotten it. `lines` are those of its log, the newest last.
 */
export function lastAttempt(lines: readonly AttemptLine[], master: string): number | undefined {
  let attempt: number | undefined;
  for (const { id, event = '', masterName = master, at } of lines) {
    if (masterName !== master) continue;
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
  const meant = masterPort(state);
  const able = nodesOf(state).filter(
    node =>
      node.spec.kind === 'sentinel' &&
      isAnswering(node) &&
      node.info?.tilt !== true &&
      node.view?.masterPort === meant,
  );
  if (!attempts || able.length === 0)
    return waitFrom(state.failover?.stage === 'aborted' ? state.failover.triedAt : undefined);
  return Math.min(...able.map(({ spec }) => waitFrom(attempts.get(spec.name))));
}
