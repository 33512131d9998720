import type { ShownFault } from '../drill/activeFault';
import type { SentinelView } from './sentinelView';
import type { ServerInfo } from './serverInfo';
import type { Lab, NodeSpec } from './lab';
import type { ObservedProcess } from './runRecord';

/** `unmanaged`: something answers on the node's port that this lab did not start. */
export type NodeStatus = 'stopped' | 'starting' | 'running' | 'frozen' | 'crashed' | 'unmanaged';

export type NodeRole = 'master' | 'replica' | 'sentinel';

/** Why a node does not answer. `auth`: it answers, but the password is wrong or missing. */
export type ConnectionFailure = 'closed' | 'timeout' | 'auth' | 'not-redis';

/** A program that holds a port which the lab wants. Both parts can be unknown to a normal user. */
export interface PortOwner {
  readonly name: string | undefined;
  readonly pid: number | undefined;
}

/** One node: raw facts as they came in, and what follows from them (`status`, `role`). */
export interface NodeState {
  readonly spec: NodeSpec;
  readonly process: ObservedProcess;
  /** A start or stop that somebody asked for and that has not been seen to work yet. */
  readonly requested: 'start' | 'stop' | undefined;
  /** The last INFO of the process that runs now. */
  readonly info: ServerInfo | undefined;
  /** Only Sentinels. */
  readonly view: SentinelView | undefined;
  /** `undefined`: it answers, or nobody asked yet. */
  readonly failure: ConnectionFailure | undefined;
  readonly answers: boolean;
  /** Something else listens on the port of a node that does not run. */
  readonly portOwner: PortOwner | undefined;
  readonly status: NodeStatus;
  readonly role: NodeRole | undefined;
  /** The role before the last change, and when it changed (milliseconds since 1970). */
  readonly formerRole: { readonly role: NodeRole; readonly until: number } | undefined;
}

/** Whether a node says something now, whoever started it; a frozen one has said its last for the time being. */
export function isAnswering({ status, failure, info, view }: NodeState): boolean {
  return (
    (status === 'running' || status === 'unmanaged') &&
    failure === undefined &&
    (info !== undefined || view !== undefined)
  );
}

/** How far a failover is, in the words of its phases. */
export type FailoverStage = 'agreeing' | 'electing' | 'promoting' | 'reconfiguring';

/** The failover that runs now or the last one that ended, as the Sentinels published it. Times are milliseconds since 1970. */
export interface FailoverState {
  readonly startedAt: number;
  /** When a Sentinel first asked for votes: it waits for twice its failover-timeout from here where nothing came of it. */
  readonly triedAt: number | undefined;
  readonly stage: FailoverStage | 'done' | 'aborted';
  readonly endedAt: number | undefined;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** The Sentinel that asked for votes last. */
  readonly triedBy: string | undefined;
  /** The Sentinel that won the election. */
  readonly leader: string | undefined;
  /** The Sentinels that told of it and still run: a failover is in their memory and nowhere else. */
  readonly tellers: readonly string[];
  /** When the last of its events was told. */
  readonly toldAt: number;
  /** The event that ended it without success, such as `-failover-abort-no-good-slave`. */
  readonly abortedBy?: string;
}

/** Everything known about a lab at one moment. What a person sees is computed from this and nothing else. */
export interface LabState {
  readonly lab: Lab;
  readonly nodes: Readonly<Record<string, NodeState>>;
  readonly failover: FailoverState | undefined;
  /** What was done to the lab on purpose and is still on. */
  readonly faults: readonly ShownFault[];
  /** The process of the lab's network; undefined while nobody has looked at it, and in a lab without one. */
  readonly network: ObservedProcess | undefined;
}

const noProcess: ObservedProcess = { record: undefined, life: 'gone', exit: undefined };

export function emptyNode(spec: NodeSpec): NodeState {
  return {
    spec,
    process: noProcess,
    requested: undefined,
    info: undefined,
    view: undefined,
    failure: undefined,
    answers: false,
    portOwner: undefined,
    status: 'stopped',
    role: spec.kind === 'sentinel' ? 'sentinel' : undefined,
    formerRole: undefined,
  };
}

export function emptyState(lab: Lab): LabState {
  return {
    lab,
    nodes: Object.fromEntries(lab.nodes.map(spec => [spec.name, emptyNode(spec)])),
    failover: undefined,
    faults: [],
    network: undefined,
  };
}

/** The nodes in the order of lab.json. */
export function nodesOf(state: LabState): readonly NodeState[] {
  return state.lab.nodes.flatMap(spec => state.nodes[spec.name] ?? []);
}

export function nodeOf(state: LabState, name: string): NodeState | undefined {
  return state.nodes[name];
}

export function nodeAtPort(state: LabState, port: number | undefined): NodeState | undefined {
  return nodesOf(state).find(node => node.spec.port === port);
}

/** Whether a process of this lab is there, answering or not. */
export function isAlive(node: NodeState): boolean {
  return node.status === 'running' || node.status === 'starting' || node.status === 'frozen';
}

/**
 * The master's port as the Sentinels have it: the view with the highest configuration epoch counts, as it does among Sentinels.
 * The leader has the new epoch before it gives up the old address, so of equal epochs one without a failover counts first, and then
 * what most of them name.
 * Without Sentinels, the only data node that says it is master.
 */
export function masterPort(state: LabState): number | undefined {
  const views = nodesOf(state).flatMap(node => (node.status === 'running' && node.view ? [node.view] : []));
  const isMoving = ({ flags }: SentinelView): number =>
    Number(flags.includes('failover_in_progress') || flags.includes('o_down'));
  const sharing = (view: SentinelView): number =>
    views.filter(other => other.masterPort === view.masterPort).length;
  const newest = views.toSorted(
    (a, b) => b.configEpoch - a.configEpoch || isMoving(a) - isMoving(b) || sharing(b) - sharing(a),
  )[0];
  if (newest) return newest.masterPort;
  const masters = nodesOf(state).filter(node => node.role === 'master');
  return masters.length === 1 ? masters[0]?.spec.port : undefined;
}
