import * as l10n from '@vscode/l10n';
import { directiveHistory, historyText } from '../directiveHistory';
import { displayVersion } from '../serverVersion';
import type { ArgSpec, DirectiveSpec } from '../specs/directiveSpec';
import { splitArguments, type Argument } from '../splitArguments';
import { directiveMarkdown, type ConfScope } from './confHover';
import type { ConfWord, ConfWords } from './confWords';

/** One proposal. `start` and `end` are the columns that it replaces. */
export interface ConfProposal {
  readonly label: string;
  /** Behind the label, in grey. */
  readonly description: string;
  readonly kind: 'directive' | 'value' | 'name';
  /** A snippet as VS Code reads it. */
  readonly snippet: string;
  /** Whether the version does not know it: shown struck through and after all others. */
  readonly isUnknown: boolean;
  readonly sortText: string;
  /** What is filtered on: for the second word of a directive of Sentinel the whole of it would not fit. */
  readonly filterText: string;
  readonly start: number;
  readonly end: number;
  /** The directive whose page is shown beside the proposal. */
  readonly directive: string | undefined;
}

/** What fits at the column: directives at the beginning of a line, behind one its values. Nothing in a comment. */
export function confProposals(
  text: string,
  column: number,
  scope: ConfScope,
  words: ConfWords,
): readonly ConfProposal[] {
  const before = splitArguments(text.slice(0, column));
  // Within quotes nothing can be known.
  if (typeof before === 'string' || text.trimStart().startsWith('#')) return [];
  const isNewWord = column === 0 || /\s/.test(text.charAt(column - 1));
  const done = isNewWord ? before : before.slice(0, -1);
  const range = wordAt(text, column, isNewWord ? undefined : before.at(-1));
  const [first, second] = done.map(word => word.value.toLowerCase());
  if (first === undefined) return directiveProposals(scope, words, range, '', text.slice(range.end));
  if (first === 'sentinel' && second === undefined)
    return directiveProposals(scope, words, range, 'sentinel ', text.slice(range.end));
  const name = first === 'sentinel' ? `sentinel ${second}` : first;
  const spec = scope.catalog.spec(name);
  const index = done.length - (first === 'sentinel' ? 2 : 1);
  return spec ? valueProposals(spec, index, range, scope, words) : [];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The word under the column, to its end: a proposal takes its place. */
function wordAt(text: string, column: number, word: Argument | undefined): Range {
  const rest = /^[^\s"']*/.exec(text.slice(column))?.[0].length ?? 0;
  return { start: word?.start ?? column, end: column + rest };
}

/** In front: what belongs into such a conf. A Sentinel reads most of the server's directives without any use for them. */
const sectionsOfSentinel = new Set(['sentinel', 'network', 'tls', 'general', 'security', 'clients']);

/** Nobody writes these by hand. */
const writtenBySentinel = new Set([
  'sentinel myid',
  'sentinel config-epoch',
  'sentinel current-epoch',
  'sentinel leader-epoch',
  'sentinel known-replica',
  'sentinel known-sentinel',
  'sentinel known-slave',
]);

function directiveProposals(
  scope: ConfScope,
  words: ConfWords,
  range: Range,
  prefix: '' | 'sentinel ',
  rest: string,
): readonly ConfProposal[] {
  const { catalog, kind, version } = scope;
  return catalog
    .names(kind, version)
    .filter(name => name.startsWith(prefix))
    .map(name => {
      const spec = catalog.spec(name);
      const isUnknown = !catalog.isKnown(kind, name, version);
      const isOldName = spec?.renamedTo !== undefined && catalog.isKnown(kind, spec.renamedTo, version);
      const isAside = kind === 'sentinel' && !sectionsOfSentinel.has(spec?.section ?? 'other');
      const rank = isUnknown ? 9 : writtenBySentinel.has(name) ? 7 : isAside ? 5 : isOldName ? 3 : 1;
      const label = name.slice(prefix.length);
      return {
        label,
        description: isUnknown ? unknownNote(scope, name) : (spec?.usage ?? ''),
        kind: 'directive' as const,
        // Where values stand already, only the name is changed.
        snippet: rest.trim() === '' ? `${escapeSnippet(label)} ${slots(spec, words)}`.trimEnd() : label,
        isUnknown,
        sortText: `${rank}${label}`,
        filterText: label,
        ...range,
        directive: name,
      };
    });
}

/** The versions that know it, in place of its values: its page says the rest. */
function unknownNote({ kind, version }: ConfScope, name: string): string {
  const known = historyText(directiveHistory(kind, name));
  return known === '' ? l10n.t('not in {0}', displayVersion(version)) : known;
}

/** The values as places to fill in, one after the other; those that may be left out are left out. */
function slots(spec: DirectiveSpec | undefined, words: ConfWords): string {
  if (!spec) return '';
  const count = spec.args.length - (spec.more ? 0 : (spec.optional ?? 0));
  const names = usageNames(spec);
  return spec.args
    .slice(0, count)
    .map((argument, index) => slot(argument, names[index] ?? '', index + 1, words))
    .join(' ');
}

function slot(argument: ArgSpec, name: string, at: number, words: ConfWords): string {
  if (isMasterName(name)) return `\${${at}:${escapeSnippet(words.masters[0]?.text ?? 'mymaster')}}`;
  if (argument.kind === 'host') return `\${${at}:127.0.0.1}`;
  if (argument.kind === 'yes-no') return `\${${at}|yes,no|}`;
  if (argument.kind === 'enum')
    return `\${${at}|${argument.values.map(value => value.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  return `\${${at}:${escapeSnippet(name.replace(/[<>]/g, '') || 'value')}}`;
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** The names of the values as `usage` has them. */
function usageNames(spec: DirectiveSpec): readonly string[] {
  return (spec.usage.match(/\[?<[^>]*>\]?|\S+/g) ?? []).map(name => name.replace(/^\[|\]$/g, ''));
}

function valueProposals(
  spec: DirectiveSpec,
  index: number,
  range: Range,
  { catalog, kind, version }: ConfScope,
  words: ConfWords,
): readonly ConfProposal[] {
  const at = index < spec.args.length || !spec.more ? index : spec.args.length - 1;
  const argument = spec.args[at];
  if (!argument) return [];
  const standard = catalog.defaultOf(kind, spec.name, version);
  const proposals: { word: ConfWord; kind: 'value' | 'name' }[] = choices(
    argument,
    usageNames(spec)[at] ?? '',
    words,
  );
  if (spec.args.length === 1 && standard && !keepsWords(standard, proposals))
    proposals.push({ word: { text: standard, note: '' }, kind: 'value' });
  return proposals.map(({ word, kind: proposed }, order) => {
    const isDefault = spec.args.length === 1 && word.text === standard;
    return {
      label: word.text,
      description: isDefault ? l10n.t('default of {0}', displayVersion(version)) : word.note,
      kind: proposed,
      snippet: escapeSnippet(word.text),
      isUnknown: false,
      sortText: String(order).padStart(4, '0'),
      filterText: word.text,
      ...range,
      directive: spec.name,
    };
  });
}

function keepsWords(value: string, proposals: readonly { word: ConfWord }[]): boolean {
  return /[\s"'\\]/.test(value) || proposals.some(({ word }) => word.text === value);
}

function isMasterName(name: string): boolean {
  return name === '<master>';
}

function choices(
  argument: ArgSpec,
  name: string,
  words: ConfWords,
): { word: ConfWord; kind: 'value' | 'name' }[] {
  const values = (list: readonly string[]): { word: ConfWord; kind: 'value' }[] =>
    list.map(text => ({ word: { text, note: '' }, kind: 'value' }));
  const names = (list: readonly ConfWord[]): { word: ConfWord; kind: 'name' }[] =>
    list.map(word => ({ word, kind: 'name' }));
  if (isMasterName(name)) return names(words.masters);
  switch (argument.kind) {
    case 'yes-no':
      return values(['yes', 'no']);
    case 'enum':
      return values(argument.values);
    case 'port':
      return names(words.ports);
    case 'host':
      return names([{ text: '127.0.0.1', note: '' }, ...words.hosts.filter(w => w.text !== '127.0.0.1')]);
    default:
      return [];
  }
}

/** The page beside a proposal. */
export function proposalMarkdown({ directive }: ConfProposal, scope: ConfScope): string | undefined {
  return directive === undefined ? undefined : directiveMarkdown(directive, scope);
}
