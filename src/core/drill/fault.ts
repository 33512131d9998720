import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { parseDuration } from './duration';
import { isNodeRef, type NodeRef } from './nodeRef';

/** SIGKILL, a graceful stop, a start, SIGSTOP and SIGCONT. */
export interface ProcessFault {
  readonly type: 'kill' | 'stop' | 'start' | 'freeze' | 'resume';
  readonly node: NodeRef;
}

/** Ended and started again at once, sooner than any Sentinel takes it for down. */
export interface RestartFault {
  readonly type: 'restart';
  readonly node: NodeRef;
  readonly how: 'kill' | 'stop';
}

/** CLIENT PAUSE: clients wait (`write`: only those that write, 6.2 and later), links to replicas go on. */
export interface PauseFault {
  readonly type: 'pause';
  readonly node: NodeRef;
  readonly milliseconds: number;
  readonly mode: 'all' | 'write';
}

/** DEBUG SLEEP: the whole server does nothing. Since 7.0 a server only allows it with `enable-debug-command`. */
export interface SleepFault {
  readonly type: 'sleep';
  readonly node: NodeRef;
  readonly seconds: number;
}

/** CONFIG SET of a data node, SENTINEL SET of a Sentinel. `reconnect`: connections are closed afterwards, so that passwords count at once. */
export interface ConfigFault {
  readonly type: 'config';
  readonly node: NodeRef;
  readonly set: Readonly<Record<string, string>>;
  readonly reconnect: boolean;
}

/** No dump can be saved in the data folder. */
export interface UnwritableFault {
  readonly type: 'unwritable';
  readonly node: NodeRef;
}

/** No file of the server's process can grow beyond so many bytes (Linux, RLIMIT_FSIZE): a larger dump fails. */
export interface DiskFullFault {
  readonly type: 'disk-full';
  readonly node: NodeRef;
  readonly bytes: number;
}

/** SENTINEL FAILOVER, asked of this Sentinel. */
export interface FailoverFault {
  readonly type: 'failover';
  readonly node: NodeRef;
}

/**
 * Something done to what travels from one node to another, whoever opened the connection. An end is a {@link NodeRef}, `client` (all
 * clients that are no node) or `client:NAME`. `cut` holds everything back until it is undone, `delay` each piece for so long,
 * `lossy` a piece with this probability for as long as TCP takes to send it again.
 */
export type LinkFault = Link &
  (
    | { readonly type: 'cut' }
    | { readonly type: 'delay'; readonly milliseconds: number }
    | { readonly type: 'lossy'; readonly share: number }
  );

/** A link in one direction, or `bothWays`. */
export interface Link {
  readonly from: NodeRef;
  readonly to: NodeRef;
  readonly bothWays: boolean;
}

/** A fault of one node. */
export type NodeFault =
  | ProcessFault
  | RestartFault
  | PauseFault
  | SleepFault
  | ConfigFault
  | UnwritableFault
  | DiskFullFault
  | FailoverFault;

/** Something that is done to a lab on purpose. Plain data: it stands in scenario files and in the journal of active faults. */
export type Fault = NodeFault | LinkFault;

export type FaultType = Fault['type'];

/** In the order in which they are listed. */
export const faultTypes = [
  'kill',
  'stop',
  'start',
  'freeze',
  'resume',
  'restart',
  'pause',
  'sleep',
  'config',
  'unwritable',
  'disk-full',
  'failover',
  'cut',
  'delay',
  'lossy',
] as const satisfies readonly FaultType[];

export function isLinkFault(fault: Fault): fault is LinkFault {
  return fault.type === 'cut' || fault.type === 'delay' || fault.type === 'lossy';
}

/** Longer than any drill: what ends by itself ends within an hour. */
const longest = 3_600_000;

const text = v.string(() => l10n.t('must be a text in quotes'));
const number = v.number(() => l10n.t('must be a number'));
const isTrue = v.boolean(() => l10n.t('must be true or false'));
const oneLine = v.check(
  (value: string) => !/[\r\n\0]/.test(value),
  () => l10n.t('must be on one line'),
);

const node = v.pipe(
  text,
  v.check(isNodeRef, () =>
    l10n.t(
      'must name a node: redis-6380, 6380, master, replica, sentinel, leader, old-master, replica:2, all-replicas, all-sentinels',
    ),
  ),
);
const linkEnd = v.pipe(
  text,
  v.check(
    value => isNodeRef(value) || isClient(value),
    () => l10n.t('must name a node (master, replica:2, 6380 …), "client" or "client:NAME"'),
  ),
);

const duration = (smallest: number) =>
  v.pipe(
    v.union([number, text], () => l10n.t('must be a duration such as "250ms", "5s" or "2m"')),
    v.transform(value => (typeof value === 'number' ? value : (parseDuration(value) ?? Number.NaN))),
    v.number(() => l10n.t('must be a duration such as "250ms", "5s" or "2m"')),
    v.check(
      value => Number.isFinite(value) && value >= smallest && value <= longest,
      () => l10n.t('must be a duration from {0} ms to one hour', smallest),
    ),
  );

const directive = v.pipe(
  text,
  v.regex(/^[a-z][a-z0-9_-]*$/, () => l10n.t('is not the name of a directive')),
);

const link = { from: linkEnd, to: linkEnd, bothWays: v.optional(isTrue, false) };

/** The shape of each type without its word, for files that say it with another one. */
const shapes = {
  kill: { node },
  stop: { node },
  start: { node },
  freeze: { node },
  resume: { node },
  restart: {
    node,
    how: v.optional(
      v.picklist(['kill', 'stop'], () => l10n.t('must be "kill" or "stop"')),
      'kill',
    ),
  },
  pause: {
    node,
    milliseconds: v.optional(duration(1), 10_000),
    mode: v.optional(
      v.picklist(['all', 'write'], () => l10n.t('must be "all" or "write"')),
      'all',
    ),
  },
  sleep: {
    node,
    seconds: v.optional(
      v.pipe(
        number,
        v.minValue(0.001, () => l10n.t('must be at least {0}', 0.001)),
        v.maxValue(longest / 1_000, () => l10n.t('must be at most {0}', longest / 1_000)),
      ),
      5,
    ),
  },
  config: {
    node,
    set: v.pipe(
      v.record(directive, v.pipe(text, oneLine), () => l10n.t('must be names with values in quotes')),
      v.check(
        value => Object.keys(value).length > 0,
        () => l10n.t('must not be empty'),
      ),
    ),
    reconnect: v.optional(isTrue, false),
  },
  unwritable: { node },
  'disk-full': {
    node,
    bytes: v.pipe(
      number,
      v.integer(() => l10n.t('must be a whole number')),
      v.minValue(1, () => l10n.t('must be at least {0}', 1)),
      v.maxValue(Number.MAX_SAFE_INTEGER, () => l10n.t('must be at most {0}', Number.MAX_SAFE_INTEGER)),
    ),
  },
  failover: { node: v.optional(node, 'sentinel') },
  cut: link,
  delay: { ...link, milliseconds: duration(1) },
  lossy: {
    ...link,
    share: v.pipe(
      number,
      v.minValue(0, () => l10n.t('must be at least {0}', 0)),
      v.maxValue(1, () => l10n.t('must be at most {0}', 1)),
    ),
  },
} as const satisfies Readonly<Record<FaultType, v.ObjectEntries>>;

/** One thing wrong with the data of a fault. `path` leads to it from the fault's object. */
export interface FaultProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * Reads a fault from plain data of any origin and fills in defaults; or gives every problem. Durations may be milliseconds or texts
 * such as `5s`. Nodes are only checked for their form: which lab it is for may not be known yet.
 */
export function readFault(
  value: unknown,
): { readonly fault: Fault } | { readonly problems: readonly FaultProblem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problems: [{ path: [], message: l10n.t('has the wrong type') }] };
  const { type, ...rest } = value as Record<string, unknown>;
  if (!isFaultType(type)) {
    const message = l10n.t(
      'There is no fault "{0}". There are: {1}.',
      typeof type === 'string' ? type : JSON.stringify(type ?? ''),
      faultTypes.join(', '),
    );
    return { problems: [{ path: ['type'], message }] };
  }
  const checked = v.safeParse(v.strictObject(shapes[type]), rest);
  if (!checked.success) return { problems: checked.issues.map(describe) };
  const fault = { type, ...checked.output } as Fault;
  if (isLinkFault(fault) && fault.from === fault.to)
    return { problems: [{ path: ['to'], message: l10n.t('must be another node than "from"') }] };
  return { fault };
}

export function isFaultType(value: unknown): value is FaultType {
  return typeof value === 'string' && (faultTypes as readonly string[]).includes(value);
}

function describe(issue: v.BaseIssue<unknown>): FaultProblem {
  const path = (issue.path ?? []).map(item => item.key as string | number);
  const name = path.join('.');
  if (issue.kind === 'schema' && issue.expected === 'never')
    return { path, message: l10n.t('"{0}" does not belong to this fault.', name) };
  if (issue.input === undefined) return { path, message: l10n.t('"{0}" is missing.', name) };
  const own = issue.message.startsWith('Invalid ') ? l10n.t('has the wrong type') : issue.message;
  return { path, message: l10n.t('"{0}" {1}.', name, own) };
}

/** Whether an end of a link is a client, or all of them, and no node. */
export function isClient(end: string): boolean {
  return end === 'client' || /^client:[\w.-]{1,64}$/.test(end);
}

/** The nodes a resolved fault is about, by name: one, or the ends of a link that are nodes. */
export function nodesOfFault(fault: Fault): readonly string[] {
  return isLinkFault(fault) ? [fault.from, fault.to].filter(end => !isClient(end)) : [fault.node];
}
