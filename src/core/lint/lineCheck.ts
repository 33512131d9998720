import type { ConfLine } from '../conf/confText';
import { directiveName, nameLength } from '../conf/directiveName';
import { acceptsDirective, type ConfKind } from '../conf/directives';
import type { ServerVersion } from '../conf/serverVersion';
import { splitArguments, type Argument } from '../conf/splitArguments';
import type { DirectiveSpec } from '../conf/specs/directiveSpec';
import { checkValue, type ValueProblem } from './valueCheck';

/** Who reads the conf. */
export interface ConfReader {
  readonly kind: ConfKind;
  readonly version: ServerVersion;
  /** Every directive by its name in lower case, Sentinel's as `sentinel monitor`. */
  readonly specs: ReadonlyMap<string, DirectiveSpec>;
}

/** Why the server does not start with a line. `start` and `end` are UTF-16 columns from 0. */
export type LineProblem = { readonly start: number; readonly end: number } & (
  | { readonly what: 'unbalanced-quotes' }
  | { readonly what: 'sentinel-in-server'; readonly name: string }
  /** `isKnown`: another version has it. */
  | { readonly what: 'not-supported'; readonly name: string; readonly isKnown: boolean }
  | { readonly what: 'inline-comment'; readonly comment: string }
  | { readonly what: 'wrong-count'; readonly name: string; readonly usage: string }
  | {
      readonly what: 'wrong-value';
      readonly name: string;
      readonly value: string;
      readonly problem: ValueProblem;
    }
);

/** Foretells whether a server starts with this line, from what each version was seen to do with each directive. */
export function checkLine(line: ConfLine, reader: ConfReader): LineProblem | undefined {
  if (line.kind === 'unbalanced') {
    const words = readsMixedQuotes(reader.version) ? splitArguments(line.text, true) : 'unbalanced-quotes';
    if (typeof words === 'string') return { what: 'unbalanced-quotes', ...wholeLine(line) };
    return checkLine({ ...line, kind: 'directive', words }, reader);
  }
  const [first] = line.words;
  if (line.kind !== 'directive' || !first) return undefined;
  const name = directiveName(line);
  const head = nameLength(line);
  if (name.startsWith('sentinel ') && reader.kind === 'server')
    return { what: 'sentinel-in-server', name, ...span(line.words.slice(0, head)) };
  if (!acceptsDirective(reader.version, reader.kind, name)) {
    if (dropsUnknownLines(reader, name)) return undefined;
    return {
      what: 'not-supported',
      name,
      isKnown: reader.specs.has(name),
      ...span(line.words.slice(0, head)),
    };
  }
  const spec = reader.specs.get(name);
  if (!spec) return undefined;
  const args = line.words.slice(head);
  return isTakenAnyway(name, args, reader.version)
    ? undefined
    : checkArguments(spec, inOnePair(spec, args, reader.version), span(line.words.slice(0, head)));
}

/** Whether a word may go on behind a closing quote: seen with Valkey 9.1, where 8.1 and every Redis refuse the line. */
function readsMixedQuotes({ product, major }: ServerVersion): boolean {
  return product === 'valkey' && major >= 9;
}

/** Forms that servers take and that no list of values can say. */
function isTakenAnyway(name: string, args: readonly Argument[], version: ServerVersion): boolean {
  const values = args.map(({ value }) => value.toLowerCase());
  switch (name) {
    case 'replicaof':
    case 'slaveof':
      return values.length === 2 && values[0] === 'no' && values[1] === 'one';
    case 'save':
    case 'rdma-bind':
      return values.length === 1 ? values[0] === '' : values.length === 0 && hasGenericValues(version);
    case 'client-output-buffer-limit':
      // Several classes on one line.
      return values.length > 4 && values.length % 4 === 0 && hasGenericValues(version);
    default:
      return false;
  }
}

/** Since 7.0 a list of values may stand in one pair of quotes (config.c, `setConfigFromString` with MULTI_ARG_CONFIG). */
function inOnePair(
  spec: DirectiveSpec,
  args: readonly Argument[],
  version: ServerVersion,
): readonly Argument[] {
  const [only] = args;
  if (args.length !== 1 || !only || spec.args.length < 2 || !hasGenericValues(version)) return args;
  const inner = splitArguments(only.value);
  return typeof inner === 'string'
    ? args
    : inner.map(({ value }) => ({ value, start: only.start, end: only.end }));
}

function hasGenericValues({ product, major }: ServerVersion): boolean {
  return product === 'valkey' || major >= 7;
}

/** A Sentinel of Redis 8 starts with any directive it does not know, and drops it. */
export function dropsUnknownLines({ kind, version }: ConfReader, name: string): boolean {
  return (
    kind === 'sentinel' &&
    version.product === 'redis' &&
    version.major >= 8 &&
    !name.startsWith('sentinel ') &&
    !acceptsDirective(version, 'server', name)
  );
}

function checkArguments(
  spec: DirectiveSpec,
  args: readonly Argument[],
  place: { readonly start: number; readonly end: number },
): LineProblem | undefined {
  const { name, usage, more = false, optional = 0 } = spec;
  const least = spec.args.length - optional;
  if (args.length < least || (args.length > spec.args.length && !more)) {
    const comment = args.slice(Math.max(least, 1)).find(({ value }) => value.startsWith('#'));
    if (comment)
      return {
        what: 'inline-comment',
        comment: comment.value,
        start: comment.start,
        end: args.at(-1)?.end ?? comment.end,
      };
    return { what: 'wrong-count', name, usage, ...(args.length > 0 ? span(args) : place) };
  }
  for (const [index, { value, start, end }] of args.entries()) {
    const kind = spec.args[Math.min(index, spec.args.length - 1)];
    const problem = kind && checkValue(kind, value);
    if (problem) return { what: 'wrong-value', name, value, problem, start, end };
  }
  return undefined;
}

function wholeLine({ text }: ConfLine): { readonly start: number; readonly end: number } {
  return { start: text.length - text.trimStart().length, end: text.trimEnd().length };
}

function span(words: readonly Argument[]): { readonly start: number; readonly end: number } {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}
