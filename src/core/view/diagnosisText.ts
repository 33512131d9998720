import * as l10n from '@vscode/l10n';
import type { Severity } from '../diagnose/finding';
import type { ToldFinding } from '../diagnose/ruleTexts';

/** Findings as text for people: what, why, what to do, and where it shows. */
export function diagnosisText(findings: readonly ToldFinding[], fileCount: number): string {
  if (findings.length === 0)
    return fileCount === 1
      ? l10n.t('Nothing was found in 1 file.')
      : l10n.t('Nothing was found in {0} files.', fileCount);
  return findings.map(findingText).join('\n\n');
}

function findingText({ rule, severity, title, cause, fix, evidence }: ToldFinding): string {
  return [
    `${severityWord(severity)}: ${title}  [${rule}]`,
    `  ${l10n.t('Cause: {0}', cause)}`,
    `  ${l10n.t('What to do: {0}', fix)}`,
    ...evidence.map(({ file, line }) => `  ${file}:${line}`),
  ].join('\n');
}

function severityWord(severity: Severity): string {
  switch (severity) {
    case 'error':
      return l10n.t('Error');
    case 'warning':
      return l10n.t('Warning');
    case 'info':
      return l10n.t('Info');
  }
}
