import { readSentinelEvent, type SentinelEvent } from '../log/sentinelEvent';
import type { Lab } from './lab';
import type { LabEvent } from './labEvent';
import {
  emptyNode,
  nodeAtPort,
  nodeOf,
  type LabState,
  type NodeRole,
  type NodeState,
  type NodeStatus,
} from './labState';
import { nextFailover, settleFailover, withoutTeller } from './failoverState';
import { parseInfo, type ServerInfo } from './serverInfo';
import type { ObservedProcess } from './runRecord';
import { readSentinelView } from './sentinelView';

/** The one place where a lab's state changes. Gives the same object back when an event changed nothing. */
export function reduce(state: LabState, event: LabEvent): LabState {
  if (event.type === 'labChanged') return withLab(state, event.lab);
  if (event.type === 'faultsObserved') return withFaults(state, event.faults);
  if (event.type === 'networkObserved') return withNetwork(state, event.process);
  const node = nodeOf(state, event.node);
  if (!node) return state;
  switch (event.type) {
    case 'processObserved': {
      const failover = forgets(node, event.process)
        ? withoutTeller(state.failover, node.spec.name)
        : state.failover;
      const told = failover === state.failover ? state : { ...state, failover };
      return withNode(told, observeProcess(node, event.process), event.at);
    }
    case 'requested':
      return withNode(
        state,
        { ...node, requested: event.what, portOwner: event.what === 'start' ? undefined : node.portOwner },
        0,
      );
    case 'infoReceived':
      return withNode(state, answer(node, parseInfo(event.text)), event.at);
    case 'sentinelReplied': {
      const view =
        event.master.length > 0 ? readSentinelView(event.master, event.ckquorum, event.others) : undefined;
      return settleFailover(
        withNode(state, { ...answer(node, parseInfo(event.info)), view }, event.at),
        event.at,
      );
    }
    case 'sentinelPublished':
      return applySentinelEvent(state, node, readSentinelEvent(event.channel, event.message), event.at);
    case 'connectionFailed':
      return withNode(
        state,
        { ...node, answers: event.failure === 'auth', failure: event.failure },
        event.at,
      );
    case 'portOwnerFound':
      return withNode(state, { ...node, portOwner: event.owner }, 0);
  }
}

function withLab(state: LabState, lab: Lab): LabState {
  const nodes = lab.nodes.map(spec => {
    const known = state.nodes[spec.name];
    return [spec.name, known ? { ...known, spec } : emptyNode(spec)] as const;
  });
  return {
    ...state,
    lab,
    nodes: Object.fromEntries(nodes),
    network: lab.network ? state.network : undefined,
  };
}

/** It is looked at all the time, and hardly ever is another one. */
function withNetwork(state: LabState, process: ObservedProcess): LabState {
  const { network } = state;
  const isSame = network?.life === process.life && network.record?.pid === process.record?.pid;
  return isSame ? state : { ...state, network: process };
}

function withFaults(state: LabState, faults: LabState['faults']): LabState {
  const isSame = JSON.stringify(faults) === JSON.stringify(state.faults);
  return isSame ? state : { ...state, faults };
}

function isNewProcess(node: NodeState, process: NodeState['process']): boolean {
  return process.record !== undefined && process.record.pid !== node.process.record?.pid;
}

/**
 * A new process has said nothing yet: what the old one said must not be shown as its own. A stranger in the place of a node goes on
 * answering, whatever happens to the process of the node.
 */
function forgets(node: NodeState, process: NodeState['process']): boolean {
  if (!isNewProcess(node, process) && process.life !== 'gone') return false;
  const isStranger =
    node.answers && node.info?.processId !== undefined && node.info.processId !== node.process.record?.pid;
  return !isStranger;
}

function observeProcess(node: NodeState, process: NodeState['process']): NodeState {
  if (!forgets(node, process)) return { ...node, process };
  const wasOwn = isNewProcess(node, process) || node.process.life !== 'gone';
  // A refused password was refused by the process that is gone; without one it is a stranger who still refuses it.
  const failure = wasOwn ? undefined : node.failure;
  return { ...node, process, info: undefined, view: undefined, answers: false, failure };
}

function answer(node: NodeState, info: ServerInfo): NodeState {
  return { ...node, info, answers: true, failure: undefined, portOwner: undefined };
}

/** Puts a changed node into the state, after working out what follows from its facts. */
function withNode(state: LabState, changed: NodeState, at: number): LabState {
  const before = state.nodes[changed.spec.name];
  const status = statusOf(changed);
  const requested = isFulfilled(changed.requested, status, changed) ? undefined : changed.requested;
  const role = roleOf(changed, status);
  const left = before?.role && before.role !== role ? { role: before.role, until: at } : changed.formerRole;
  // A node that was down for a moment and came back with its old role has no former role worth telling.
  const formerRole = left?.role === role ? undefined : left;
  const node = { ...changed, status, requested, role, formerRole };
  return { ...state, nodes: { ...state.nodes, [node.spec.name]: node } };
}

function isFulfilled(requested: NodeState['requested'], status: NodeStatus, node: NodeState): boolean {
  if (requested === 'start') return (status === 'running' && node.answers) || status === 'unmanaged';
  if (requested === 'stop') return node.process.life === 'gone' && !node.answers;
  return true;
}

function statusOf(node: NodeState): NodeStatus {
  const { record, life } = node.process;
  if (
    node.answers &&
    node.info &&
    node.info.processId !== undefined &&
    (life === 'gone' || node.info.processId !== record?.pid)
  )
    return 'unmanaged';
  if (node.failure === 'auth' && life === 'gone') return 'unmanaged';
  if (life === 'frozen') return 'frozen';
  if (life === 'running') return node.info ? 'running' : 'starting';
  if (node.requested === 'start') return 'starting';
  return record && node.requested !== 'stop' ? 'crashed' : 'stopped';
}

/** The role a node has now, by its own word; a node that does not run has none. A Sentinel always is one. */
function roleOf(node: NodeState, status: NodeStatus): NodeRole | undefined {
  if (node.spec.kind === 'sentinel') return 'sentinel';
  return status === 'running' || status === 'frozen' || status === 'unmanaged' ? node.info?.role : undefined;
}

/** Sentinel says it before any INFO can: the views of that Sentinel and the promoted node change at once. */
function applySentinelEvent(
  state: LabState,
  sentinel: NodeState,
  event: SentinelEvent,
  at: number,
): LabState {
  if (event.masterName !== undefined && event.masterName !== state.lab.masterName) return state;
  const failover = nextFailover(state.failover, sentinel.spec.name, event, at);
  const told = failover === state.failover ? state : { ...state, failover };
  if (event.moved) {
    const { moved } = event;
    const view = sentinel.view
      ? {
          ...sentinel.view,
          masterHost: moved.toIp,
          masterPort: moved.toPort,
          configEpoch: Math.max(sentinel.view.configEpoch, epochOfMove(state, moved.toPort)),
          flags: ['master'],
        }
      : undefined;
    const next = withNode(told, { ...sentinel, view }, at);
    const promoted = nodeAtPort(next, moved.toPort);
    return promoted?.info && promoted.status === 'running'
      ? withNode(next, { ...promoted, info: { ...promoted.info, role: 'master', linkStatus: undefined } }, at)
      : next;
  }
  const flag = downFlags[event.type];
  if (flag && sentinel.view && event.instance?.type === 'master') {
    const others = sentinel.view.flags.filter(known => known !== flag.name);
    return withNode(
      told,
      { ...sentinel, view: { ...sentinel.view, flags: flag.set ? [...others, flag.name] : others } },
      at,
    );
  }
  return told;
}

const downFlags: Readonly<Record<string, { readonly name: string; readonly set: boolean }>> = {
  '+sdown': { name: 's_down', set: true },
  '-sdown': { name: 's_down', set: false },
  '+odown': { name: 'o_down', set: true },
  '-odown': { name: 'o_down', set: false },
};

/** The epoch of a master that just moved: that of the Sentinel who told it first, which is one more than there was before. */
function epochOfMove(state: LabState, toPort: number): number {
  const views = Object.values(state.nodes).flatMap(node => node.view ?? []);
  const newest = Math.max(0, ...views.map(view => view.configEpoch));
  const isKnown = views.some(view => view.configEpoch === newest && view.masterPort === toPort);
  return isKnown ? newest : newest + 1;
}
