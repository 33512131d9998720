import { directiveName, valuesOf } from '../conf/directiveName';
import { parseConf, printConf, applyEdits, type LineEdit } from '../conf/confText';
import { parseMemory } from '../conf/memorySize';
import { quoteArgument } from '../conf/quoteArgument';
import { spellingsOf } from '../conf/spellings';

/** Values that a fault set, and those that were there before. */
export interface ChangedValues {
  readonly former: Readonly<Record<string, string>>;
  readonly applied: Readonly<Record<string, string>>;
}

/**
 * A failover makes servers rewrite their confs, and what a fault has set at run time is then in the file (config.c, rewriteConfig).
 * Gives the conf with the former values in place of those of the fault, or undefined where the file has none of them.
 */
export function withFormerValues(text: string, { former, applied }: ChangedValues): string | undefined {
  const conf = parseConf(text);
  const edits = Object.entries(former).flatMap(([name, value]) => {
    const names = spellingsOf('server', name);
    const lines = conf.lines.filter(line => names.includes(directiveName(line)));
    const [first, ...others] = lines;
    const written = lines.map(line => valuesOf(line).join(' ')).join(' ');
    if (!first || !isSameValue(written, applied[name] ?? '')) return [];
    const edit: LineEdit = { line: first.line, text: confLines(directiveName(first), value) };
    return [edit, ...others.map(({ line }) => ({ line, text: null }))];
  });
  return edits.length === 0 ? undefined : printConf(applyEdits(conf, edits));
}

/** The same for the options of a Sentinel, which writes them into its conf at once. An empty former value takes the line away. */
export function withFormerOptions(
  text: string,
  masterName: string,
  { former, applied }: ChangedValues,
): string | undefined {
  const conf = parseConf(text);
  const edits = Object.entries(former).flatMap(([option, value]): LineEdit[] => {
    const wanted = option === 'quorum' ? 'monitor' : option;
    const line = conf.lines.findLast(({ words }) => {
      const [name, sub, master] = words.map(word => word.value);
      return name?.toLowerCase() === 'sentinel' && sub?.toLowerCase() === wanted && master === masterName;
    });
    const words = line?.words.map(word => word.value) ?? [];
    if (!line || words.at(-1) !== applied[option]) return [];
    const next = value === '' ? null : [...words.slice(0, -1), value].map(quoteArgument).join(' ');
    return [{ line: line.line, text: next }];
  });
  return edits.length === 0 ? undefined : printConf(applyEdits(conf, edits));
}

/** Whether two spellings mean the same: `1mb` and `1048576`, `slave` and `replica`. */
export function isSameValue(a: string, b: string): boolean {
  return meaning(a) === meaning(b);
}

function meaning(value: string): string {
  const word = (text: string): string =>
    text.toLowerCase() === 'slave' ? 'replica' : String(parseMemory(text) ?? text);
  return value.trim().split(/\s+/).map(word).join(' ');
}

/** How many words one line of a directive takes that is written on several lines. */
const wordsALine: Readonly<Record<string, number>> = { save: 2, 'client-output-buffer-limit': 4 };

function confLines(name: string, value: string): string {
  const size = wordsALine[name];
  if (size === undefined || value === '') return `${name} ${quoteArgument(value)}`;
  const words = value.split(' ');
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += size) lines.push([name, ...words.slice(at, at + size)].join(' '));
  return lines.join('\n');
}
