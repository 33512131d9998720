import * as l10n from '@vscode/l10n';
import { fullTime, type LogRow } from './logRow';

/** Rows of the log panel as a Markdown table. */
export function logMarkdown(rows: readonly LogRow[]): string {
  const head = [l10n.t('Time'), l10n.t('Node'), l10n.t('What it means'), l10n.t('Log line')];
  const lines = rows.map(row =>
    [fullTime(row.at), row.node, cell(row.text), row.message === '' ? '' : code(row.message)].join(' | '),
  );
  return [head.join(' | '), head.map(() => '---').join(' | '), ...lines]
    .map(line => `| ${line} |\n`)
    .join('');
}

function cell(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, String.raw`\$&`).replace(/\s+/g, ' ');
}

/** A backtick ends a code span, so one more surrounds it; a bar would end the cell even there. */
function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replaceAll('|', String.raw`\|`);
  const longest = Math.max(0, ...Array.from(plain.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`;
}
