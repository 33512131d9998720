import * as l10n from '@vscode/l10n';
import {
  isAnswering,
  masterPort,
  nodeAtPort,
  nodesOf,
  type LabState,
  type NodeState,
} from '../../model/labState';
import type { SentinelView } from '../../model/sentinelView';

/** A Sentinel that answers and watches the lab's master. */
export interface Watcher {
  readonly port: number;
  readonly view: SentinelView;
  readonly tilt: boolean;
}

/** What the sentences are made from. */
export interface Opinions {
  readonly state: LabState;
  readonly watchers: readonly Watcher[];
  /** Those of them that take `meant` for the master. */
  readonly agreeing: readonly Watcher[];
  /** The port of the master as most Sentinels have it. */
  readonly meant: number | undefined;
  /** Sentinels that do not answer. */
  readonly silent: readonly NodeState[];
  /** Data nodes that answer. */
  readonly servers: readonly NodeState[];
  readonly sentinelCount: number;
}

export function opinionsOf(state: LabState): Opinions {
  const sentinels = nodesOf(state).filter(node => node.spec.kind === 'sentinel');
  const watchers = watchersOf(state);
  const meant = meantMaster(state);
  return {
    state,
    watchers,
    agreeing: watchers.filter(({ view }) => view.masterPort === meant),
    meant,
    silent: sentinels.filter(node => !isAnswering(node)),
    servers: nodesOf(state).filter(node => node.spec.kind === 'server' && isAnswering(node)),
    sentinelCount: sentinels.length,
  };
}

function watchersOf(state: LabState): readonly Watcher[] {
  return nodesOf(state).flatMap(node => {
    const { spec, view, info } = node;
    return view && isAnswering(node) ? [{ port: spec.port, view, tilt: info?.tilt === true }] : [];
  });
}

/**
 * The master that most Sentinels name; of equally many, those with the higher epoch count, then those whose master says that it is one.
 * Without Sentinels that answer, as {@link masterPort} has it.
 */
export function meantMaster(state: LabState): number | undefined {
  const isMaster = ([{ view }]: readonly [Watcher, ...Watcher[]]): number =>
    Number(nodeAtPort(state, view.masterPort)?.role === 'master');
  const [first] = groups(watchersOf(state), ({ view }) => String(view.masterPort)).toSorted(
    (a, b) => b.length - a.length || newestEpoch(b) - newestEpoch(a) || isMaster(b) - isMaster(a),
  );
  return first ? first[0].view.masterPort : masterPort(state);
}

/** The highest config epoch among them. */
export function newestEpoch(watchers: readonly Watcher[]): number {
  return Math.max(0, ...watchers.map(({ view }) => view.configEpoch));
}

/** Those that say the same, one sentence for them together. */
export function groups<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [T, ...T[]])[] {
  const byKey = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = byKey.get(keyOf(item));
    if (group) group.push(item);
    else byKey.set(keyOf(item), [item]);
  }
  return [...byKey.values()];
}

/** `Sentinel 26379`, `Sentinels 26379, 26380`. */
export function who(sentinels: readonly { readonly port: number }[]): string {
  const ports = list(sentinels.map(({ port }) => port));
  return sentinels.length === 1 ? l10n.t('Sentinel {0}', ports) : l10n.t('Sentinels {0}', ports);
}

export function list(items: readonly (string | number)[]): string {
  return items.join(', ');
}
