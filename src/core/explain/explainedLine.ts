import { isoText } from '../log/lineTime';
import type { LogRecord } from '../log/recordReader';
import type { Explainer, Explanation } from './explainer';
import type { TextVariant } from './explainTexts';
import type { LineContext } from './lineContext';

/** One record in the form of `redis-ha-lab explain --json`: a stable contract, see docs/CLI.md. */
export interface ExplainedLine {
  readonly file: string;
  readonly line: number;
  /** How many lines of the file it takes. */
  readonly lines: number;
  readonly dialect: LogRecord['head']['dialect'];
  /** As written, in ISO form; `--11-23T06:47:41.584` where the line has no year. */
  readonly time: string | null;
  readonly pid: number | null;
  readonly role: NonNullable<LogRecord['head']['role']> | null;
  readonly level: NonNullable<LogRecord['head']['level']> | null;
  readonly id: string | null;
  readonly event: string | null;
  readonly instance: Recognised['instance'] | null;
  readonly master: { readonly name: string; readonly ip: string; readonly port: number } | null;
  readonly args: Recognised['args'];
  readonly phase: Recognised['phase'] | null;
  readonly weight: Recognised['weight'] | null;
  /** The line without its prefix. */
  readonly message: string;
  /** The lines without prefix that belong to it. */
  readonly more: readonly string[];
  /** What it means; null for a line that is not recognised. */
  readonly text: string | null;
  readonly next: string | null;
  readonly benign: string | null;
  readonly cause: string | null;
  readonly fix: string | null;
}

type Recognised = NonNullable<LogRecord['said']>;

/** Explains a record and puts everything known of it together. `context` must have seen all records before it. */
export function explainLine(
  file: string,
  record: LogRecord,
  explainer: Explainer,
  context: LineContext,
): ExplainedLine {
  return explainInSituation(file, record, explainer, record.said ? context.read(record.said) : []);
}

/** The same where the situation is known already: the variants that {@link LineContext} gave for the record. */
export function explainInSituation(
  file: string,
  record: LogRecord,
  explainer: Explainer,
  variants: readonly TextVariant[],
): ExplainedLine {
  return explainedLine(file, record, record.said && explainer.explain(record.said, variants));
}

/** A record with its explanation in the form of the contract. */
export function explainedLine(
  file: string,
  { line, head, said, more }: LogRecord,
  explained: Explanation | undefined,
): ExplainedLine {
  const { master } = said ?? {};
  return {
    file,
    line,
    lines: more.length + 1,
    dialect: head.dialect,
    time: head.time ? isoText(head.time) : null,
    pid: head.pid ?? null,
    role: head.role ?? null,
    level: head.level ?? null,
    id: said?.id ?? null,
    event: said?.event ?? null,
    instance: said?.instance ?? null,
    master: master ? { name: master.name, ip: master.ip, port: master.port } : null,
    args: said?.args ?? noArgs,
    phase: said?.phase ?? null,
    weight: said?.weight ?? null,
    message: head.message,
    more,
    text: explained?.text ?? null,
    next: explained?.next ?? null,
    benign: explained?.benign ?? null,
    cause: explained?.cause ?? null,
    fix: explained?.fix ?? null,
  };
}

const noArgs = {};
