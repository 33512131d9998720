import { lastDirective, readDirectives, type Directive } from './confDocument';
import { recognisedKind } from './confKind';
import type { ConfKind } from './directives';

/** A value of a conf with the line (from 1) where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly line: number;
}

/** `sentinel monitor <name> <host> <port> <quorum>`; numbers that are none are NaN. */
export interface MonitorLine {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly quorum: number;
  readonly line: number;
}

/** What the conf of one node, written by anybody, says about its place among the others. It never carries a password. */
export interface FoundConf {
  /** As it is shown: from the searched folder, with forward slashes. */
  readonly path: string;
  readonly kind: ConfKind;
  /** 6379 or 26379 where the conf gives none; NaN where it gives no number. Line 0: not given. */
  readonly port: Placed<number>;
  readonly replicaOf: (Placed<string> & { readonly port: number }) | undefined;
  readonly monitors: readonly MonitorLine[];
  /** Options of Sentinel about a master, as `down-after-milliseconds mymaster` to the first value. */
  readonly options: ReadonlyMap<string, string>;
  /** Ports of replicas that a Sentinel has seen and saved. */
  readonly knownReplicas: readonly number[];
  readonly id: Placed<string> | undefined;
  readonly bind: Placed<readonly string[]> | undefined;
  readonly directory: Placed<string> | undefined;
  readonly logFile: Placed<string> | undefined;
  readonly databaseFile: string;
  readonly hasPassword: boolean;
  readonly hasMasterPassword: boolean;
  readonly include: Placed<string> | undefined;
  readonly daemonize: Placed<string> | undefined;
  readonly isClusterNode: Placed<string> | undefined;
  /** Lines with a `#` behind the value: Redis takes it for one more value and does not start. */
  readonly inlineComments: readonly number[];
}

/** Reads a conf; undefined: the text is no conf of Redis. */
export function readFoundConf(path: string, text: string): FoundConf | undefined {
  const kind = recognisedKind(text, path.split('/').at(-1) ?? path);
  if (!kind) return undefined;
  const directives = readDirectives(text);
  const last = (...names: string[]): Directive | undefined => lastDirective(directives, ...names);
  const placed = (...names: string[]): Placed<string> | undefined => {
    const found = last(...names);
    return found && { value: found.args[0] ?? '', line: found.line };
  };
  const port = placed('port');
  const master = last('replicaof', 'slaveof', 'primaryof');
  const standsAlone = master?.args[0]?.toLowerCase() === 'no' && master.args[1]?.toLowerCase() === 'one';
  const bind = last('bind');
  const own = directives.filter(({ name }) => name === 'sentinel');
  const about = (...options: string[]): readonly Directive[] =>
    own.filter(({ args }) => options.includes(args[0]?.toLowerCase() ?? ''));
  const id = about('myid').at(-1);
  return {
    path,
    kind,
    port: port
      ? { value: portNumber(port.value), line: port.line }
      : { value: kind === 'server' ? 6379 : 26379, line: 0 },
    replicaOf:
      master && !standsAlone && kind === 'server'
        ? { value: master.args[0] ?? '', port: portNumber(master.args[1] ?? ''), line: master.line }
        : undefined,
    monitors: about('monitor').map(({ args, line }) => ({
      name: args[1] ?? '',
      host: args[2] ?? '',
      port: portNumber(args[3] ?? ''),
      quorum: portNumber(args[4] ?? ''),
      line,
    })),
    options: new Map(
      own.map(({ args }) => [`${args[0]?.toLowerCase() ?? ''} ${args[1] ?? ''}`, args[2] ?? '']),
    ),
    knownReplicas: about('known-replica', 'known-slave').map(({ args }) => portNumber(args[3] ?? '')),
    id: id && { value: id.args[1] ?? '', line: id.line },
    bind: bind && { value: bind.args, line: bind.line },
    directory: placed('dir'),
    logFile: placed('logfile'),
    databaseFile: last('dbfilename')?.args[0] ?? 'dump.rdb',
    hasPassword: (last('requirepass')?.args[0] ?? '') !== '',
    hasMasterPassword: (last('masterauth', 'primaryauth')?.args[0] ?? '') !== '',
    include: placed('include'),
    daemonize: placed('daemonize'),
    isClusterNode: placed('cluster-enabled'),
    inlineComments: directives.filter(hasInlineComment).map(({ line }) => line),
  };
}

function portNumber(text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
}

/** Directives that take any text, in which a `#` may well be meant. */
const freeText = new Set(['requirepass', 'masterauth', 'primaryauth', 'user', 'rename-command', 'sentinel']);

function hasInlineComment({ name, args }: Directive): boolean {
  const at = args.findIndex(arg => arg.startsWith('#'));
  return at > (freeText.has(name) ? 3 : 0) && !(name === 'user');
}
