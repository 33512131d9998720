import type { AttemptLog } from './attemptLog';
import type { ErrorClass } from './errorClass';
import type { ProbeClientName } from './probeConfig';

/** A server process that took writes: a restarted one is another. */
export interface ProbeServer {
  readonly port: number;
  /** Its run_id (INFO); undefined where the server did not tell. */
  readonly runId: string | undefined;
}

/** One read of the key `seen` from a replica. */
export interface ReplicaRead {
  /** When it was sent, milliseconds of the probe's clock. */
  readonly at: number;
  readonly port: number;
  readonly result: 'ok' | ErrorClass;
  /** How many numbers the answer was behind what had been acknowledged before the read began. */
  readonly behind: number;
  /** For how long, when the read began, something newer than the answer had been acknowledged, in milliseconds. */
  readonly staleMs: number;
}

/** A time in which the probe itself did not get to run: what it measured then says nothing about Redis. */
export interface Stall {
  /** When it began, milliseconds of the probe's clock. */
  readonly at: number;
  readonly ms: number;
}

/** Everything one run of the probe saw. All times are milliseconds of one clock that never jumps. */
export interface ProbeRecord {
  readonly run: string;
  readonly rate: number;
  /** Milliseconds since 1970 at the zero of the probe's clock: where the record meets logs. */
  readonly wallZero: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The port of the master at the beginning. */
  readonly master: number;
  readonly clients: readonly { readonly client: ProbeClientName; readonly attempts: AttemptLog }[];
  readonly servers: readonly ProbeServer[];
  readonly reads: readonly ReplicaRead[];
  readonly stalls: readonly Stall[];
  /** The first errors of the class `other` in their own words. */
  readonly otherErrors: readonly string[];
}

/** A moment of the probe's clock as milliseconds since 1970. */
export function wallTime(record: Pick<ProbeRecord, 'wallZero'>, at: number): number {
  return record.wallZero + at;
}
