import { applyEdits, parseConf, printConf } from '../conf/confText';
import type { LintFinding } from './lintFinding';
import { chooseSafeFixes } from './safeFixes';

/** What became of a conf. */
export interface FixedConf {
  readonly text: string;
  /** The findings whose fix was applied. */
  readonly fixed: readonly LintFinding[];
}

/**
 * Applies the first safe fix of every finding of one conf, as far as they do not touch the same line: `lint --fix` goes round until
 * nothing changes any more.
 */
export function applySafeFixes(text: string, findings: readonly LintFinding[]): FixedConf {
  const chosen = chooseSafeFixes(
    findings,
    ({ edits, convertsEncoding }) => edits.length > 0 || convertsEncoding === true,
  );
  const conf = applyEdits(
    parseConf(text),
    chosen.flatMap(({ fix }) => fix.edits),
  );
  const convertsEncoding = chosen.some(({ fix }) => fix.convertsEncoding === true);
  return {
    text: printConf(convertsEncoding ? { ...conf, hasBom: false } : conf),
    fixed: chosen.map(({ finding }) => finding),
  };
}
