import type { Fault } from '../drill/fault';
import type { LogRecord } from '../log/recordReader';
import type { NodeKind } from '../model/lab';
import type { NodeRole } from '../model/labState';

/** What a replay is made of: one record in the log of one node. Lines are in order of time, causes before effects. */
export interface ReplayLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The node's name in the lab. */
  readonly node: string;
  readonly kind: NodeKind;
  /** The role the node had then, as far as its log tells it. */
  readonly role: NodeRole | undefined;
  readonly record: Pick<LogRecord, 'head' | 'said'>;
}

/** Something that was done on purpose, with names of nodes. Times are milliseconds since 1970, on the clock of the lines. */
export interface ReplayFault {
  readonly fault: Fault;
  readonly from: number;
  /** Undefined: it was on when the recording ended. */
  readonly to: number | undefined;
}
