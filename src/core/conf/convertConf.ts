import { applyEdits, parseConf, printConf, type ConfLine, type LineEdit } from './confText';
import { directiveName } from './directiveName';
import { type ConfKind } from './directives';
import { compareVersions, type ServerVersion } from './serverVersion';
import { spellingFor } from './spellings';

/** What a conversion did with one line, which counts from 1. */
export interface ConvertedLine {
  readonly line: number;
  readonly what: 'renamed' | 'commented-out' | 'restored' | 'rephrased';
  /** The directive as it stood there. */
  readonly name: string;
}

/** A conf for another version: what it knows stays byte for byte. */
export interface ConvertedConf {
  readonly text: string;
  readonly lines: readonly ConvertedLine[];
}

/** A line that an older version does not know is kept behind these words, and comes back when the conf is converted again. */
const notKnown = /^(\s*)# not known to \S+: (.*)$/s;

/**
 * Converts a conf for another version by the rules of the generated confs: the names that the version has (`slaveof` before 5.0),
 * nothing that it does not know. Such lines become comments, `# not known to 3.0.504: …`, and are taken back by a version that knows
 * them. Comments, blanks, line ends and all other lines stay as they are.
 */
export function convertConf(text: string, kind: ConfKind, version: ServerVersion): ConvertedConf {
  const conf = parseConf(text);
  const edits: LineEdit[] = [];
  const lines: ConvertedLine[] = [];
  for (const line of conf.lines) {
    const done = line.kind === 'comment' ? restored(line, kind, version) : converted(line, kind, version);
    if (!done || done.text === line.text) continue;
    edits.push({ line: line.line, text: done.text });
    lines.push({ line: line.line, what: done.what, name: done.name });
  }
  return { text: printConf(applyEdits(conf, edits)), lines };
}

interface Done {
  readonly text: string;
  readonly what: ConvertedLine['what'];
  readonly name: string;
}

/** The name of a version as it stands in the comment: that of Redis without its product. */
function shortName({ product, major, minor, patch }: ServerVersion): string {
  const numbers = `${major}.${minor}.${patch}`;
  return product === 'valkey' ? `valkey-${numbers}` : numbers;
}

function converted(line: ConfLine, kind: ConfKind, version: ServerVersion): Done | undefined {
  const name = nameOf(line);
  if (name === undefined) return undefined;
  const spelling = spellingFor(version, kind, name);
  if (spelling === undefined && isOfModule(name, version)) return undefined;
  if (spelling === undefined)
    return { text: `# not known to ${shortName(version)}: ${line.text}`, what: 'commented-out', name };
  const values = rephrase(line, spelling, version);
  if (values !== undefined) return { text: values, what: 'rephrased', name };
  return spelling === name ? undefined : { text: renamed(line, spelling), what: 'renamed', name };
}

/** Redis 8 brings modules along, and takes their settings from its own conf. */
function isOfModule(name: string, { product, major }: ServerVersion): boolean {
  return product === 'redis' && major >= 8 && /^(?:search|ts|bf|cf)-/.test(name);
}

/** Undefined where the line has no whole name. */
function nameOf(line: ConfLine): string | undefined {
  const name = directiveName(line);
  return line.words.length === 0 || name === 'sentinel' ? undefined : name;
}

/** Puts the new name into the place of the old one; the rest of the line keeps every byte. */
function renamed(line: ConfLine, spelling: string): string {
  const isSentinel = spelling.startsWith('sentinel ');
  const word = isSentinel ? line.words[1] : line.words[0];
  if (!word) return line.text;
  const name = isSentinel ? spelling.slice('sentinel '.length) : spelling;
  return line.text.slice(0, word.start) + name + line.text.slice(word.end);
}

function restored(line: ConfLine, kind: ConfKind, version: ServerVersion): Done | undefined {
  const found = notKnown.exec(line.text);
  const [, blank = '', kept = ''] = found ?? [];
  const inner = parseConf(kept).lines[0];
  if (!found || !inner) return undefined;
  const name = nameOf(inner);
  if (name === undefined) return undefined;
  const spelling = spellingFor(version, kind, name) ?? (isOfModule(name, version) ? name : undefined);
  if (spelling === undefined) return undefined;
  const text = rephrase(inner, spelling, version) ?? (spelling === name ? kept : renamed(inner, spelling));
  return { text: blank + text, what: 'restored', name };
}

const v5 = { product: 'redis', major: 5, minor: 0, patch: 0, windows: false } as const;
const v62 = { ...v5, major: 6, minor: 2 };
const v7 = { ...v5, major: 7 };

/**
 * Values that an older version cannot read although it knows the directive. Undefined: the values fit.
 * Source: config.c of 6.2 and 7.0 (`save` and `client-output-buffer-limit` with several groups since 7.0, optional addresses of `bind` since 6.2, the class `replica` of
 * `client-output-buffer-limit` since 5.0).
 */
function rephrase(line: ConfLine, spelling: string, version: ServerVersion): string | undefined {
  const values = line.words.slice(1).map(({ value }) => value);
  const isBefore = (other: ServerVersion): boolean => compareVersions(version, other) < 0;
  const [first] = line.words;
  const head = first ? line.text.slice(0, first.start) : '';
  if (spelling === 'save' && values.length > 2 && values.length % 2 === 0 && isBefore(v7)) {
    const pairs = values.flatMap((value, at) =>
      at % 2 === 0 ? [`${head}save ${value} ${values[at + 1] ?? ''}`] : [],
    );
    return pairs.join('\n');
  }
  if (spelling === 'bind' && isBefore(v62) && values.some(value => /^-|^\*/.test(value))) {
    const plain = values
      .filter(value => !value.startsWith('-'))
      .map(value => (value === '*' ? '0.0.0.0' : value));
    const kept = `# not known to ${shortName(version)}: ${line.text}`;
    return plain.length === 0 ? kept : `${head}bind ${plain.join(' ')}`;
  }
  if (spelling === 'client-output-buffer-limit') {
    if (values.length > 4 && values.length % 4 === 0 && isBefore(v7)) {
      const classes = values.flatMap((_, at) => (at % 4 === 0 ? [values.slice(at, at + 4)] : []));
      const replica = isBefore(v5) ? 'slave' : 'replica';
      return classes
        .map(([name = '', ...limits]) => {
          const known = /^(?:slave|replica)$/i.test(name) ? replica : name;
          return `${head}client-output-buffer-limit ${[known, ...limits].join(' ')}`;
        })
        .join('\n');
    }
    const word = line.words[1];
    const [wanted, other] = isBefore(v5) ? ['slave', 'replica'] : ['replica', 'slave'];
    if (word?.value.toLowerCase() === other)
      return line.text.slice(0, word.start) + wanted + line.text.slice(word.end);
  }
  return undefined;
}
