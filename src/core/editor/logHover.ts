import * as l10n from '@vscode/l10n';
import { Explainer, type Explanation } from '../explain/explainer';
import type { ExplainTexts } from '../explain/explainTexts';
import { noNames, type Names } from '../explain/names';
import type { LineRole } from '../log/logLine';
import type { Recogniser } from '../log/logRecord';
import type { LogRecord } from '../log/recordReader';
import { escapeMarkdown, labelledItem, proseMarkdown } from '../view/escapeMarkdown';
import type { LogDocument } from './logDocument';
import type { OutlineEntry } from './outline';
import { recordAt } from './recordAt';
import type { LineRange, TextLines } from './textLines';

/** What is shown over a line, as Markdown without links or commands. */
export interface LogHover extends LineRange {
  readonly markdown: string;
}

export interface HoverTools {
  readonly recogniser: Recogniser;
  readonly texts: ExplainTexts;
}

/**
 * Explains the line of a log; undefined where there is nothing to explain, such as in a text that is no log. Without `document` (a
 * large text that is still being read) ids stay ids.
 */
export function logHover(
  lines: TextLines,
  number: number,
  { recogniser, texts }: HoverTools,
  document: LogDocument | undefined,
): LogHover | undefined {
  const record = recordAt(lines, number, recogniser, document?.folded);
  if (!record || (record.head.dialect === 'raw' && !record.said)) return undefined;
  const { said, line } = record;
  const names = document?.names ?? noNames;
  const variants = document?.variants.get(line) ?? [];
  const explained = said && new Explainer(texts, names).explain(said, variants);
  const parts = [
    headline(record),
    proseMarkdown(explained?.text ?? noExplanation(record)),
    ...(explained ? details(explained, variants.includes('textOldMaster')) : []),
    '---',
    [originOf(record), ...idsOf(record, names), ...partOf(document?.failoverAt.get(line))].join('  \n'),
  ];
  return {
    markdown: parts.filter(part => part !== '').join('\n\n'),
    first: line,
    last: line + record.more.length,
  };
}

/** Sentinel's own word for it, so that people learn it; and that something is wrong. */
function headline({ said }: LogRecord): string {
  const words = [
    ...(said?.event === undefined ? [] : [`**${escapeMarkdown(said.event)}**`]),
    ...(said?.weight === 'problem' ? [`**${l10n.t('Problem')}**`] : []),
  ];
  return words.join(' · ');
}

function noExplanation({ said }: LogRecord): string {
  return said
    ? l10n.t('There is no explanation of this message yet.')
    : l10n.t(
        'No Redis or Valkey version known here writes this message. A module, a patched server or a newer version may have written it.',
      );
}

/** `isExpected`: what the message usually warns of is what had to come, so there is nothing to find or to mend. */
function details({ next, benign, cause, fix }: Explanation, isExpected: boolean): string[] {
  const lines = [
    ...(benign === undefined ? [] : [l10n.t('Normal: {0}', benign)]),
    ...(cause === undefined || isExpected ? [] : [l10n.t('Cause: {0}', cause)]),
    ...(fix === undefined || isExpected ? [] : [l10n.t('What to do: {0}', fix)]),
    ...(next === undefined ? [] : [l10n.t('Next: {0}', next)]),
  ];
  return lines.length === 0 ? [] : [lines.map(labelledItem).join('\n')];
}

function originOf({ head, line, more }: LogRecord): string {
  const { role, pid, level } = head;
  const facts = [
    ...(role === undefined ? [] : [l10n.t('written by a {0}', roleWord(role))]),
    ...(pid === undefined ? [] : [l10n.t('pid {0}', pid)]),
    ...(level === undefined ? [] : [l10n.t('level {0}', level)]),
    ...(more.length > 0 ? [l10n.t('lines {0} to {1}', line, line + more.length)] : []),
  ];
  return escapeMarkdown(facts.join(', '));
}

function roleWord(role: LineRole): string {
  switch (role) {
    case 'sentinel':
      return l10n.t('Sentinel');
    case 'master':
      return l10n.t('master');
    case 'replica':
      return l10n.t('replica');
    case 'child':
      return l10n.t('child process, or a server that is just starting');
  }
}

/** Whose the ids in the line are. */
function idsOf({ head }: LogRecord, names: Names): string[] {
  const ids = new Set(head.message.slice(0, 2_000).match(/\b[0-9a-f]{40}\b/g));
  return [...ids].flatMap(id => {
    const name = names.of(id);
    return name.endsWith('…') ? [] : [escapeMarkdown(l10n.t('{0} is {1}', `${id.slice(0, 8)}…`, name))];
  });
}

function partOf(entry: OutlineEntry | undefined): string[] {
  if (!entry) return [];
  return [escapeMarkdown(l10n.t('Part of: {0} (lines {1} to {2})', entry.name, entry.first, entry.last))];
}
