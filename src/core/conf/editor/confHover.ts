import * as l10n from '@vscode/l10n';
import type { ConfLine } from '../confText';
import type { DirectiveCatalog } from '../directiveCatalog';
import { directiveHistory, historyText } from '../directiveHistory';
import { directiveName, nameLength, valuesOf } from '../directiveName';
import type { ConfKind } from '../directives';
import { escapeMarkdown, proseMarkdown } from '../../view/escapeMarkdown';
import { formatMemory, parseMemory } from '../memorySize';
import { displayVersion, type ServerVersion } from '../serverVersion';
import { splitArguments } from '../splitArguments';

/** What a hover or a completion depends on beside the text. */
export interface ConfScope {
  readonly kind: ConfKind;
  readonly version: ServerVersion;
  readonly catalog: DirectiveCatalog;
}

/** What the mouse shows over a directive. Columns from 0. */
export interface ConfHover {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
}

/** The hover at a column of a line; `running` is the value with which the node runs, where it is another one. */
export function confHover(
  line: ConfLine,
  column: number,
  scope: ConfScope,
  running?: string,
): ConfHover | undefined {
  if (line.kind === 'comment') return commentHover(line, column, scope);
  if (line.kind !== 'directive') return undefined;
  const words = line.words;
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last || column < first.start || column > last.end) return undefined;
  const name = directiveName(line);
  const markdown = directiveMarkdown(name, scope, { running, values: valuesOf(line) });
  if (markdown === undefined) return undefined;
  const nameEnd = words[nameLength(line) - 1]?.end ?? first.end;
  return column <= nameEnd
    ? { markdown, start: first.start, end: nameEnd }
    : { markdown, start: nameEnd + 1, end: last.end };
}

/** In the sample confs most directives stand behind a `#`: they are explained, too, and prose is not. */
function commentHover(line: ConfLine, column: number, scope: ConfScope): ConfHover | undefined {
  const found = /^\s*#\s*(sentinel\s+[\w-]+|[\w-]+)/.exec(line.text);
  const written = found?.[1];
  if (!found || written === undefined) return undefined;
  const end = found[0].length;
  const start = end - written.length;
  if (column < start || column > end) return undefined;
  const name = written.replace(/\s+/, ' ');
  const spec = scope.catalog.spec(name);
  const rest = splitArguments(line.text.slice(end));
  if (!spec || typeof rest === 'string' || !(spec.more || rest.length <= spec.args.length)) return undefined;
  if (rest.length < spec.args.length - (spec.optional ?? 0)) return undefined;
  const markdown = directiveMarkdown(name, scope, { values: [] });
  return markdown === undefined ? undefined : { markdown, start, end };
}

/** The page on a directive: its form, what it does, its versions, default, and whether it can be changed at run time. */
export function directiveMarkdown(
  name: string,
  { kind, version, catalog }: ConfScope,
  {
    running,
    values = [],
  }: { readonly running?: string | undefined; readonly values?: readonly string[] } = {},
): string | undefined {
  const spec = catalog.spec(name);
  if (!spec && !catalog.has(kind, name)) return undefined;
  const shown = displayVersion(version);
  const isKnown = catalog.isKnown(kind, name, version);
  const paragraphs = [`\`\`\`redis-conf\n${[name, spec?.usage ?? ''].join(' ').trim()}\n\`\`\``];
  if (!isKnown) paragraphs.push(unknownText(name, { kind, version, catalog }));
  if (running !== undefined)
    paragraphs.push(`**${l10n.t('The node runs with another value:')}** ${code(running)}`);
  const text = catalog.text(name);
  if (text) paragraphs.push(proseMarkdown(text.text));
  if (text?.note) paragraphs.push(`**${l10n.t('Note:')}** ${proseMarkdown(text.note)}`);
  const facts = [
    renamed(name, catalog),
    versionsText(kind, name),
    isKnown ? defaultText(catalog.defaultOf(kind, name, version), shown) : '',
    isKnown ? runtimeText(name, catalog, version) : '',
    ...values.flatMap((value, index) => {
      const argument = spec?.args[index];
      const bytes = argument?.kind === 'memory' && /[a-z]$/i.test(value) ? parseMemory(value) : undefined;
      return bytes === undefined
        ? []
        : [l10n.t('{0} is {1} bytes', code(value), bytes.toLocaleString('en-US'))];
    }),
  ].filter(fact => fact !== '');
  if (facts.length > 0) paragraphs.push(facts.map(fact => `- ${fact}`).join('\n'));
  return paragraphs.join('\n\n');
}

/** Why the version does not take this line, and what to do. */
function unknownText(name: string, { kind, version, catalog }: ConfScope): string {
  const other = catalog.otherName(name);
  const shown = displayVersion(version);
  if (other !== undefined && catalog.isKnown(kind, other, version))
    return `**${l10n.t('{0} does not know this name. Write {1} instead.', shown, code(other))}**`;
  return `**${l10n.t('{0} does not know this directive: take the line out for this version.', shown)}**`;
}

function renamed(name: string, catalog: DirectiveCatalog): string {
  const spec = catalog.spec(name);
  if (spec?.renamedTo) return l10n.t('The newer name is {0}', code(spec.renamedTo));
  return spec?.renamedFrom ? l10n.t('The older name is {0}', code(spec.renamedFrom)) : '';
}

function versionsText(kind: ConfKind, name: string): string {
  const text = historyText(directiveHistory(kind, name));
  return text === '' ? '' : l10n.t('Known to {0}', escapeMarkdown(text));
}

function defaultText(value: string | undefined, version: string): string {
  if (value === undefined) return '';
  if (value === '') return l10n.t('Default of {0}: empty', version);
  const bytes = /^\d{4,}$/.test(value) ? formatMemory(Number(value)) : value;
  return bytes === value || !bytes.endsWith('b')
    ? l10n.t('Default of {0}: {1}', version, code(value))
    : l10n.t('Default of {0}: {1} ({2})', version, code(value), bytes);
}

function runtimeText(name: string, catalog: DirectiveCatalog, version: ServerVersion): string {
  if (!catalog.isRuntime(name, version)) return l10n.t('A change needs a restart');
  return name.startsWith('sentinel ')
    ? l10n.t('Can be changed at run time with SENTINEL SET')
    : l10n.t('Can be changed at run time with CONFIG SET');
}

/** Text as it is: a value may have backticks. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...Array.from(text.matchAll(/`+/g), run => run[0].length)) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}
