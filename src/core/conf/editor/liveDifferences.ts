import type { ConfLine, ConfText } from '../confText';
import type { DirectiveCatalog } from '../directiveCatalog';
import { directiveName, valuesOf } from '../directiveName';
import type { ConfKind } from '../directives';
import { formatMemory, parseMemory } from '../memorySize';
import type { ServerVersion } from '../serverVersion';
import type { DirectiveSpec } from '../specs/directiveSpec';
import { keepsSecret } from './confOutline';

/**
 * The values a node runs with, without passwords. Of a data node by directive, as CONFIG GET gives them; of a Sentinel by directive and
 * master, `sentinel down-after-milliseconds mymaster`.
 */
export type RunningValues = ReadonlyMap<string, string>;

/** A directive of a conf with which its node does not run. */
export interface LiveDifference {
  /** Where it stands; counts from 1. Of several lines the last. */
  readonly line: number;
  readonly name: string;
  /** The value of the conf, as CONFIG SET takes it. */
  readonly written: string;
  /** The value of the node, for people. */
  readonly running: string;
  /** Of a Sentinel's option: the master that it is about. */
  readonly master: string | undefined;
  /** Whether it can be set while the node runs; else it needs a restart. */
  readonly isRuntime: boolean;
}

/** What a comparison depends on. */
export interface LiveScope {
  readonly kind: ConfKind;
  readonly version: ServerVersion;
  readonly catalog: DirectiveCatalog;
}

/** Neither CONFIG GET nor a comparison of words tells about these. */
const incomparable = new Set(['include', 'loadmodule', 'rename-command', 'user', 'dir']);

/** Where a conf and its running node differ, by line. */
export function liveDifferences(
  conf: ConfText,
  running: RunningValues,
  scope: LiveScope,
): readonly LiveDifference[] {
  const lines = conf.lines.filter(line => line.kind === 'directive');
  const found =
    scope.kind === 'sentinel'
      ? sentinelDifferences(lines, running)
      : serverDifferences(lines, running, scope);
  return found.toSorted((a, b) => a.line - b.line);
}

function serverDifferences(
  lines: readonly ConfLine[],
  running: RunningValues,
  { catalog, version }: LiveScope,
): LiveDifference[] {
  const byName = new Map<string, ConfLine[]>();
  for (const line of lines) {
    const name = directiveName(line);
    const spec = catalog.spec(name);
    if (!spec || incomparable.has(name) || keepsSecret(name)) continue;
    const key = spec.renamedTo ?? name;
    byName.set(key, [...(byName.get(key) ?? []), line]);
  }
  return [...byName].flatMap(([key, own]) => {
    const last = own.at(-1);
    const spec = last && catalog.spec(directiveName(last));
    if (!last || !spec) return [];
    const value = [spec.name, key, spec.renamedFrom ?? ''].map(name => running.get(name)).find(isThere);
    if (value === undefined) return [];
    if (spec.name === 'client-output-buffer-limit') return bufferLimits(own, value);
    const written = writtenValue(spec, own);
    if (canonical(spec, written) === canonical(spec, value)) return [];
    return [
      {
        line: last.line,
        name: spec.name,
        written,
        running: shownValue(spec, value),
        master: undefined,
        isRuntime: catalog.isRuntime(spec.name, version) && !replication.has(spec.name),
      },
    ];
  });
}

const replication = new Set(['replicaof', 'slaveof']);
const isThere = (value: string | undefined): value is string => value !== undefined;

/** As CONFIG SET takes it: several words as one text, memory in bytes, because old versions read no units there. */
function writtenValue(spec: DirectiveSpec, lines: readonly ConfLine[]): string {
  // Of most directives the last line counts; the lines of `save` are added up, and `save ""` begins anew.
  if (spec.name === 'save') {
    const all = lines.flatMap(line => [valuesOf(line)]);
    const from = all.findLastIndex(values => values.join('') === '') + 1;
    return all.slice(from).flat().join(' ');
  }
  const last = lines.at(-1);
  const values = last ? valuesOf(last) : [];
  if (replication.has(spec.name) && values.join(' ').toLowerCase() === 'no one') return '';
  return values
    .map((value, index) => {
      const bytes = spec.args[index]?.kind === 'memory' ? parseMemory(value) : undefined;
      return bytes === undefined ? value : String(bytes);
    })
    .join(' ');
}

/** Two values are the same when these are. */
function canonical(spec: DirectiveSpec, value: string): string {
  const kind = spec.args[0]?.kind;
  if (spec.name === 'notify-keyspace-events')
    return [...new Set(value.replaceAll('A', 'g$lshzxetd'))].toSorted().join('');
  if (kind === 'memory') return String(parseMemory(value) ?? value);
  if (kind === 'yes-no' || kind === 'enum') return value.toLowerCase();
  if (/^-?\d+$/.test(value)) return String(Number(value));
  return value.trim().replace(/\s+/g, ' ');
}

function shownValue(spec: DirectiveSpec, value: string): string {
  const isMemory = spec.args[0]?.kind === 'memory' && /^\d+$/.test(value);
  return isMemory ? formatMemory(Number(value)) : value === '' ? '""' : value;
}

/** CONFIG GET gives all classes in one text; a conf has a line for each. */
function bufferLimits(lines: readonly ConfLine[], value: string): LiveDifference[] {
  const className = (name: string): string =>
    name.toLowerCase() === 'slave' ? 'replica' : name.toLowerCase();
  const words = value.split(/\s+/);
  const running = new Map<string, readonly string[]>();
  for (let at = 0; at + 3 < words.length; at += 4)
    running.set(className(words[at] ?? ''), words.slice(at + 1, at + 4));
  const last = new Map(lines.map(line => [className(valuesOf(line)[0] ?? ''), line]));
  return [...last].flatMap(([name, line]) => {
    const [written = '', ...limits] = valuesOf(line);
    const [hard, soft, seconds] = running.get(name) ?? [];
    if (hard === undefined || soft === undefined || seconds === undefined) return [];
    const bytes = limits.map((limit, index) => (index < 2 ? String(parseMemory(limit) ?? limit) : limit));
    if (bytes.join(' ') === `${hard} ${soft} ${seconds}`) return [];
    return [
      {
        line: line.line,
        name: 'client-output-buffer-limit',
        written: [written, ...bytes].join(' '),
        running: `${formatMemory(Number(hard))} ${formatMemory(Number(soft))} ${seconds}`,
        master: undefined,
        isRuntime: true,
      },
    ];
  });
}

/** What SENTINEL SET takes. Of `sentinel monitor` that is the quorum alone. */
const settable = new Set([
  'sentinel down-after-milliseconds',
  'sentinel failover-timeout',
  'sentinel parallel-syncs',
]);

function sentinelDifferences(lines: readonly ConfLine[], running: RunningValues): LiveDifference[] {
  return lines.flatMap(line => {
    const name = directiveName(line);
    const [master, ...values] = valuesOf(line);
    if (master === undefined) return [];
    const value = running.get(`${name} ${master}`);
    const written = values.join(' ');
    if (value === undefined || canonicalNumbers(value) === canonicalNumbers(written)) return [];
    const isQuorum =
      name === 'sentinel monitor' && value.split(' ').slice(0, 2).join(' ') === values.slice(0, 2).join(' ');
    return [
      {
        line: line.line,
        name,
        written: isQuorum ? (values[2] ?? '') : written,
        running: value,
        master,
        isRuntime: isQuorum || settable.has(name),
      },
    ];
  });
}

function canonicalNumbers(text: string): string {
  return text.replace(/\b0+(?=\d)/g, '');
}

/** What SENTINEL SET calls the option. */
export function sentinelOption(name: string): string {
  return name === 'sentinel monitor' ? 'quorum' : name.replace(/^sentinel /, '');
}
