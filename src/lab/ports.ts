import type { ActiveFault, FaultOwner, ShownFault } from '../core/drill/activeFault';
import type { Fault } from '../core/drill/fault';
import type { LinkRule } from '../core/network/linkRule';
import type { LabEvent } from '../core/model/labEvent';
import type { NodeSpec } from '../core/model/lab';
import type { StartOrder } from '../core/model/startOrder';
import type { Disposable } from './emitter';

/** Watches one node: its process and what it says. Everything it learns comes out as events. */
export interface NodeSource extends Disposable {
  /**
   * Asks the node once; done when the answer, or that there is none, was dispatched. A call while one runs waits for that one.
   * `hellos`: a Sentinel is also asked what it heard of the others.
   */
  poll(hellos?: boolean): Promise<void>;
  /** Looks at the node's process once. */
  observe(): Promise<void>;
}

/** Where a session gets its events from. */
export interface LabSources {
  watchNode(node: NodeSpec, masterName: string, dispatch: (event: LabEvent) => void): NodeSource;
  /** Watches the process of the network of a lab that has one. */
  watchNetwork?(dispatch: (event: LabEvent) => void): NodeSource;
  /** Tells when the record of a node's process was written or removed, by whomever. */
  watchRuns(onChange: () => void): Disposable;
  /** The faults that are on now. */
  readFaults(): Promise<readonly ShownFault[]>;
}

/** Starts and ends what carries the connections between the nodes of a lab with a network. In other labs it does nothing. */
export interface NetworkControl {
  /** Done when it runs; one that runs goes on. */
  start(): Promise<void>;
  /** Done when the others can connect to these nodes, which take connections. */
  open(nodes: readonly NodeSpec[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts and ends the processes of a lab. Every method ends with a HumanError when it could not do its work. */
export interface NodeControl {
  /** Makes the process; done as soon as it runs, not when it answers. */
  start(node: NodeSpec): Promise<void>;
  /** Asks the process to end and waits until it has. */
  stop(node: NodeSpec): Promise<void>;
  kill(node: NodeSpec): Promise<void>;
  freeze(node: NodeSpec): Promise<void>;
  resume(node: NodeSpec): Promise<void>;
  readonly network?: NetworkControl;
}

/** The files of a lab as the operator needs them. */
export interface LabFiles {
  /**
   * Makes what is missing (folders, confs), and throws a HumanError when something stands in the way of starting these nodes. Gives
   * what the person should know, one sentence each.
   */
  prepare(nodes: readonly NodeSpec[]): Promise<readonly string[]>;
  startOrder(): Promise<StartOrder>;
  /** Why a node that was just started is gone: from its output and its log; undefined when they do not tell. */
  explainEnd(node: NodeSpec): Promise<string | undefined>;
}

/** What became of faults that were to be undone. */
export interface UndoneFaults {
  readonly undone: readonly ActiveFault[];
  /** Those that are still on, with the reason. */
  readonly left: readonly { readonly active: ActiveFault; readonly reason: Error }[];
}

/** Does things to a lab on purpose and undoes them. What is on is noted first, so that whoever comes later can undo it, too. */
export interface LabFaults {
  /**
   * Applies a fault whose nodes are named by their names. Gives it as active, or undefined when there is nothing that could be undone
   * (a failover, a start). A HumanError says why it cannot be done; then nothing was changed.
   */
  apply(fault: Fault, owner?: FaultOwner): Promise<ActiveFault | undefined>;
  /** The faults that are on now, in the order in which they were applied. */
  active(): Promise<readonly ActiveFault[]>;
  /** Undoes one; a HumanError when there is none with this id. */
  undo(id: string): Promise<UndoneFaults>;
  /** Undoes all, the newest first. `start: false`: nodes that were ended stay so, and count as undone. */
  undoAll(options?: { readonly start?: boolean }): Promise<UndoneFaults>;
}

/** The network of a lab as faults need it. */
export interface NetworkRules {
  /** Makes these the only rules there are; done when they hold. */
  set(rules: readonly LinkRule[]): Promise<void>;
  /** Those that hold now; undefined: the network does not run, and holds none. */
  rules(): Promise<readonly LinkRule[] | undefined>;
}

/** Where the lines of a lab's logs come from. */
export interface LogSources {
  /**
   * Follows the log of a node: its last lines first, then every new one. `firstLine` is the number of the first of `lines` in the file;
   * it goes back to 1 when another file took its place.
   */
  follow(node: NodeSpec, onLines: (lines: readonly string[], firstLine: number) => void): FollowedLog;
  /** The id of a Sentinel as its conf has it; the line of the log that tells it may be long gone. */
  sentinelId(node: NodeSpec): Promise<string | undefined>;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface FollowedLog extends Disposable {
  /** Absolute. */
  readonly file: string;
  /** Done when every line that was already there has been given. */
  readonly past: Promise<void>;
}
