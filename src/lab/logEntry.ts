import type { Explanation } from '../core/explain/explainer';
import type { TextVariant } from '../core/explain/explainTexts';
import type { Ranked } from '../core/log/causalOrder';
import type { EventPhase } from '../core/log/eventTable';
import type { LineLevel } from '../core/log/logLine';
import type { Recognition } from '../core/log/logRecord';
import type { LogRecord } from '../core/log/recordReader';
import type { NodeKind } from '../core/model/lab';
import type { NodeRole } from '../core/model/labState';

export type LogWeight = Recognition['weight'];

/** One record in the log of one node of a lab. */
export interface LogEntry extends Ranked {
  /** Counts up in the order in which a lab's records were read: what tells two entries of a lab apart. */
  readonly key: number;
  /** The lab's folder, absolute. */
  readonly lab: string;
  readonly node: string;
  readonly kind: NodeKind;
  readonly port: number;
  /** Absolute. */
  readonly file: string;
  /** Counts from 1. A file that was replaced since then has something else there. */
  readonly line: number;
  /** When, in milliseconds since 1970; of a line that has no time, that of the line before. */
  readonly at: number;
  /** It was in the log before the lab was opened. */
  readonly isPast: boolean;
  /** The role the node had then, as far as its log tells it. */
  readonly role: NodeRole | undefined;
  readonly record: LogRecord;
  readonly level: LineLevel | undefined;
  readonly weight: LogWeight;
  readonly phase: EventPhase | undefined;
  /** What it means, with the names that are known by now; undefined where the line is not recognised. */
  readonly explanation: Explanation | undefined;
}

/** Explains what a line says; asked whenever somebody reads an explanation, because names are learnt later. */
export type Explain = (said: Recognition, variants: readonly TextVariant[]) => Explanation | undefined;

/** An entry that renders its explanation late: most are never looked at. */
export class LateEntry implements LogEntry {
  readonly key: number;
  readonly lab: string;
  readonly node: string;
  readonly kind: NodeKind;
  readonly port: number;
  readonly file: string;
  readonly at: number;
  readonly rank: number | undefined;
  readonly isPast: boolean;
  readonly role: NodeRole | undefined;
  readonly record: LogRecord;

  constructor(
    facts: Omit<LogEntry, 'line' | 'level' | 'weight' | 'phase' | 'explanation'>,
    private readonly variants: readonly TextVariant[],
    private readonly explain: Explain,
  ) {
    this.key = facts.key;
    this.lab = facts.lab;
    this.node = facts.node;
    this.kind = facts.kind;
    this.port = facts.port;
    this.file = facts.file;
    this.at = facts.at;
    this.rank = facts.rank;
    this.isPast = facts.isPast;
    this.role = facts.role;
    this.record = facts.record;
  }

  get line(): number {
    return this.record.line;
  }

  get level(): LineLevel | undefined {
    return this.record.head.level;
  }

  /** What nobody recognises is taken for what its level says. */
  get weight(): LogWeight {
    const { said, head } = this.record;
    if (said) return said.weight;
    if (head.level === 'warning') return 'noteworthy';
    return head.level === 'debug' || head.level === 'verbose' ? 'detail' : 'routine';
  }

  get phase(): EventPhase | undefined {
    return this.record.said?.phase;
  }

  get explanation(): Explanation | undefined {
    const { said } = this.record;
    return said && this.explain(said, this.variants);
  }
}
