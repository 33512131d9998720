import { applyEdits, parseConf, printConf, type LineEdit } from '../conf/confText';
import type { LintFinding } from './lintFinding';

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
  const edits: LineEdit[] = [];
  const touched = new Set<number>();
  const fixed: LintFinding[] = [];
  let convertsEncoding = false;
  for (const finding of findings) {
    const fix = finding.fixes.find(({ isSafe }) => isSafe);
    if (!fix || fix.edits.some(({ line }) => touched.has(line))) continue;
    if (fix.edits.length === 0 && !fix.convertsEncoding) continue;
    for (const edit of fix.edits) touched.add(edit.line);
    edits.push(...fix.edits);
    convertsEncoding ||= fix.convertsEncoding === true;
    fixed.push(finding);
  }
  const conf = applyEdits(parseConf(text), edits);
  return { text: printConf(convertsEncoding ? { ...conf, hasBom: false } : conf), fixed };
}
