import { readLogLine, type LogLine } from './logLine';
import type { Recognises, Recognition } from './logRecord';

/** A line of a log with the lines without prefix that belong to it. */
export interface LogRecord {
  /** The number of its first line; counts from 1. */
  readonly line: number;
  /** The lines behind it that belong to it: the rest of a logo, of a config-error block or a crash report. */
  readonly more: readonly string[];
  /** Its first line, prefix read. */
  readonly head: LogLine;
  /** Undefined: no message that we know. */
  readonly said: Recognition | undefined;
}

/** A record takes in at most so many lines: a file that is no log must not become one record. */
const longestRecord = 2_000;

/**
 * Makes records of lines. A line with a prefix begins one, and so does a line without prefix that is recognised by itself; other
 * lines without prefix belong to the record before them. Where there is none to belong to, each is a record of its own, so nothing is
 * lost. A record is complete when the next begins: the last one comes with `end()`.
 */
export class RecordReader {
  private open: { line: number; head: LogLine; said: Recognition | undefined; more: string[] } | undefined;
  private count: number;

  /** `firstLine` is the number of the first line that is read, where reading begins inside of a file. */
  constructor(
    private readonly recogniser: Recognises,
    firstLine = 1,
  ) {
    this.count = firstLine - 1;
  }

  /** Takes the next line; gives the record before it when this line begins another. */
  read(text: string): LogRecord | undefined {
    this.count++;
    const head = readLogLine(text);
    const said = this.recogniser.recognise(head);
    const { open } = this;
    if (open && head.dialect === 'raw' && !said && mayFold(open)) {
      // What is logged with a line break in front has its first words on the next line.
      if (open.said === undefined && open.more.every(isBlank) && isBlank(open.head.message))
        open.said = this.recogniser.recognise({ ...open.head, message: text });
      open.more.push(text);
      return undefined;
    }
    if (open && said && head.dialect === 'raw' && isBlankRecord(open)) {
      open.said = said;
      open.more.push(text);
      return undefined;
    }
    this.open = { line: this.count, head, said, more: noLines() };
    return open;
  }

  /** The next line is this one of the file: those before it were read elsewhere. */
  goOnAt(line: number): void {
    this.count = line - 1;
  }

  /** The record that the last line began or belongs to, which is complete once no more of it can come. */
  end(): LogRecord | undefined {
    const { open } = this;
    this.open = undefined;
    return open;
  }
}

function noLines(): string[] {
  return [];
}

function mayFold(open: LogRecord): boolean {
  return (open.head.dialect !== 'raw' || open.said !== undefined) && open.more.length < longestRecord;
}

function isBlankRecord({ head, said, more }: LogRecord): boolean {
  return head.dialect !== 'raw' && said === undefined && isBlank(head.message) && more.every(isBlank);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
