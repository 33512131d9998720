import type { ConfLine, ConfText } from '../conf/confText';
import type { ConfFacts } from '../diagnose/confFacts';
import type { Finding } from '../diagnose/finding';
import type { Fix } from './lineFixes';

/** A conf to look at. */
export interface LintSource {
  readonly file: string;
  readonly text: string;
  /** Its bytes were UTF-16, which no server reads. */
  readonly isUtf16?: boolean;
  /** Where it is known from outside; else the file itself tells. */
  readonly isSentinel?: boolean;
}

/** A finding at its place in a conf. Lines and columns count from 1; `endColumn` is the one behind the last character. */
export interface LintFinding extends Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly fixes: readonly Fix[];
}

/** What is read of one conf, once for all rules. */
export interface LintConf {
  readonly source: LintSource;
  readonly conf: ConfText;
  readonly facts: ConfFacts;
}

/** A whole line without the blanks around it. */
export function columnsOf(line: ConfLine | undefined): {
  readonly column: number;
  readonly endColumn: number;
} {
  if (!line) return { column: 1, endColumn: 1 };
  const start = line.text.length - line.text.trimStart().length;
  return { column: start + 1, endColumn: Math.max(line.text.trimEnd().length, start) + 1 };
}
