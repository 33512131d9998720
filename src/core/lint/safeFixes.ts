import type { Fix } from './lineFixes';
import type { LintFinding } from './lintFinding';

/** A finding and the fix that was chosen for it. */
export interface ChosenFix {
  readonly finding: LintFinding;
  readonly fix: Fix;
}

/**
 * The first safe fix of every finding of one conf that can be done here, as far as no two touch the same line: what is left over is
 * found again in the repaired conf.
 */
export function chooseSafeFixes(
  findings: readonly LintFinding[],
  isDoable: (fix: Fix) => boolean,
): readonly ChosenFix[] {
  const touched = new Set<number>();
  const chosen: ChosenFix[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(each => each.isSafe && isDoable(each));
    if (!fix || fix.edits.some(({ line }) => touched.has(line))) continue;
    for (const { line } of fix.edits) touched.add(line);
    chosen.push({ finding, fix });
  }
  return chosen;
}
