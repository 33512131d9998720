import * as l10n from '@vscode/l10n';
import { nodeAddress, sentinelNodes, serverNodes } from './lab';
import { networkStatus } from '../network/networkStatus';
import { isAlive, masterPort, nodeAtPort, nodesOf, type LabState, type NodeState } from './labState';

/** A Sentinel asks its master for replicas every 10 s (sentinel.c, `SENTINEL_INFO_PERIOD`). */
export const infoPeriodSeconds = 10;
/** Sentinels tell each other about themselves every 2 s (sentinel.c, `SENTINEL_PUBLISH_PERIOD`). */
export const helloPeriodSeconds = 2;

/** What the lab still waits for, one sentence each, worst first; empty means ready. */
export function notReady(state: LabState): readonly string[] {
  return [...missingNetwork(state), ...missingNodes(state), ...brokenLinks(state), ...sentinelDoubts(state)];
}

/** Without its network no node reaches another one. While nothing runs, none is missing. */
function missingNetwork(state: LabState): string[] {
  switch (networkStatus(state)) {
    case 'none':
    case 'running':
      return [];
    case 'frozen':
      return [l10n.t('the network of the lab is frozen')];
    case 'crashed':
      return [l10n.t('the network of the lab has ended unexpectedly; starting the lab starts it again')];
    case 'stopped':
      return nodesOf(state).some(isAlive) ? [l10n.t('the network of the lab does not run')] : [];
  }
}

function missingNodes(state: LabState): string[] {
  return nodesOf(state).flatMap(node => {
    const { port } = node.spec;
    switch (node.status) {
      case 'running':
        if (node.failure === 'auth') return [l10n.t('{0} refuses the password', port)];
        return node.failure ? [l10n.t('{0} does not answer', port)] : [];
      case 'starting':
        return [l10n.t('{0} is starting', port)];
      case 'frozen':
        return [l10n.t('{0} is frozen', port)];
      case 'crashed':
        return [l10n.t('{0} has crashed', port)];
      case 'unmanaged':
        return [l10n.t('port {0} is served by a Redis that this lab did not start', port)];
      case 'stopped':
        return [l10n.t('{0} is stopped', port)];
    }
  });
}

function brokenLinks(state: LabState): string[] {
  const running = nodesOf(state).filter(node => node.spec.kind === 'server' && node.status === 'running');
  const masters = running.filter(node => node.role === 'master');
  const problems = running.flatMap(node => {
    if (node.info?.loading) return [l10n.t('{0} is loading its data', node.spec.port)];
    if (node.role === 'replica' && node.info?.linkStatus !== 'up')
      return [l10n.t('the link of replica {0} is down', node.spec.port)];
    return [];
  });
  if (running.length === 0) return problems;
  if (masters.length === 0) problems.unshift(l10n.t('no node is master'));
  if (masters.length > 1) problems.unshift(l10n.t('{0} nodes say they are master', masters.length));
  return problems;
}

function sentinelDoubts(state: LabState): string[] {
  const others = sentinelNodes(state.lab).length - 1;
  const master = nodesOf(state).find(node => node.role === 'master' && node.status === 'running');
  const replicas = replicasToKnow(state);
  return nodesOf(state)
    .filter(node => node.spec.kind === 'sentinel' && node.status === 'running')
    .flatMap(node => sentinelDoubt(node, state, { others, replicas, master }));
}

/**
 * How many replicas a Sentinel should know: all that are not master. It knows those that its master names, so one that replicates
 * from another replica it never sees.
 */
export function replicasToKnow(state: LabState): number {
  const chained = nodesOf(state).filter(
    node => node.role === 'replica' && nodeAtPort(state, node.info?.masterPort)?.role === 'replica',
  );
  return Math.max(0, serverNodes(state.lab).length - 1 - chained.length);
}

function sentinelDoubt(
  node: NodeState,
  state: LabState,
  expected: { readonly others: number; readonly replicas: number; readonly master: NodeState | undefined },
): string[] {
  const { port } = node.spec;
  const { view } = node;
  if (!view) return [l10n.t('Sentinel {0} does not watch "{1}"', port, state.lab.masterName)];
  if (view.flags.includes('o_down') || view.flags.includes('s_down'))
    return [l10n.t('Sentinel {0} thinks that the master is down', port)];
  if (view.flags.includes('failover_in_progress')) return [l10n.t('a failover is in progress')];
  if (expected.master && view.masterPort !== expected.master.spec.port) {
    return [l10n.t('Sentinel {0} takes {1} for the master', port, view.masterPort)];
  }
  if (view.knownReplicas < expected.replicas) {
    return [
      l10n.t(
        'Sentinel {0} knows {1} of {2} replicas (up to {3} s)',
        port,
        view.knownReplicas,
        expected.replicas,
        infoPeriodSeconds,
      ),
    ];
  }
  const { knownSentinels = expected.others } = view;
  if (knownSentinels < expected.others) {
    return [
      l10n.t(
        'Sentinel {0} knows {1} of {2} other Sentinels (up to {3} s)',
        port,
        knownSentinels,
        expected.others,
        helloPeriodSeconds,
      ),
    ];
  }
  if (view.quorumOk === false)
    return [
      l10n.t('Sentinel {0} reaches no quorum: {1}', port, view.quorumText ?? l10n.t('too few Sentinels')),
    ];
  return [];
}

/** One word for the whole lab, for its row and the status bar. */
export type LabCondition = 'stopped' | 'ready' | 'failover' | 'no-master' | 'waiting';

export function conditionOf(state: LabState): LabCondition {
  if (!nodesOf(state).some(node => isAlive(node) || node.status === 'crashed')) return 'stopped';
  if (state.failover && state.failover.endedAt === undefined) return 'failover';
  if (notReady(state).length === 0) return 'ready';
  const master = nodeAtPort(state, masterPort(state));
  const hasMaster = master?.status === 'running' && master.role === 'master';
  const starting = nodesOf(state).some(node => node.requested === 'start');
  return hasMaster || starting ? 'waiting' : 'no-master';
}

/** `127.0.0.1:6380`, or undefined while nobody is a reachable master. */
export function masterAddress(state: LabState): string | undefined {
  const node = nodeAtPort(state, masterPort(state));
  return node?.status === 'running' ? nodeAddress(node.spec) : undefined;
}
