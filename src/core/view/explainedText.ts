import * as l10n from '@vscode/l10n';
import type { ExplainedLine } from '../explain/explainedLine';

/** A record for a terminal: where and when, what it means, and the log's own words; cause and fix where something is wrong. */
export function explainedText(line: ExplainedLine, hasFile: boolean): string {
  const place = hasFile ? `${line.file}:${line.line}` : String(line.line);
  const time = line.time?.replace('T', ' ').replace(/^--/, '') ?? '';
  const rest = [`${place}  ${time}  ${line.text ?? line.message}`.replace('   ', ' ')];
  if (line.text !== null) rest.push(`    ${line.message}`);
  if (line.weight === 'problem') {
    if (line.cause !== null) rest.push(`    ${l10n.t('Cause: {0}', line.cause)}`);
    if (line.fix !== null) rest.push(`    ${l10n.t('What to do: {0}', line.fix)}`);
  }
  if (line.benign !== null) rest.push(`    ${l10n.t('Normal: {0}', line.benign)}`);
  return [...rest, ...line.more.map(more => `    ${more}`)].join('\n');
}
