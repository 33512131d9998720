import * as l10n from '@vscode/l10n';
import type { DrillReport } from '../drill/drillReport';
import { drillSentence } from './drillSentence';

/** One reason why a drill did not come as expected. */
export interface DrillMiss {
  readonly message: string;
  /** What was expected, and found instead; undefined: it is about the drill as a whole. */
  readonly expected: string | undefined;
  readonly found: string | undefined;
  /** Its place in `expect`, from 0. */
  readonly index: number | undefined;
}

/** Why a drill failed as a test; empty: it passed. */
export function drillMisses({ verdicts, record }: DrillReport): readonly DrillMiss[] {
  const whole = [
    ...(record.failure === undefined ? [] : [record.failure]),
    ...record.leftFaults.map(reason => l10n.t('A fault is still on: {0}', reason)),
  ];
  return [
    ...verdicts.flatMap(({ ok, text, found }, index) =>
      ok
        ? []
        : [{ message: l10n.t('Expected: {0}. Found: {1}.', text, found), expected: text, found, index }],
    ),
    ...whole.map(message => ({ message, expected: undefined, found: undefined, index: undefined })),
  ];
}

/** What a test prints: the drill in a sentence, then each expectation. */
export function drillTestLines(report: DrillReport, title: string): readonly string[] {
  return [
    drillSentence(report, title),
    ...report.verdicts.map(({ ok, text, found }) => `  ${ok ? '✓' : '✗'} ${text} (${found})`),
  ];
}
