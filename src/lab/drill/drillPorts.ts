import type { FaultOwner } from '../../core/drill/activeFault';
import type { ProbeSpec } from '../../core/drill/probeSpec';
import type { SeenLine } from '../../core/drill/seenLine';
import type { NodeSpec } from '../../core/model/lab';
import type { ReadyFacts } from '../../core/drill/readyLight';
import type { ProbeEvent } from '../../core/probe/probeEvent';
import type { ProbeRecord } from '../../core/probe/probeRecord';
import type { Promotion } from '../../core/probe/promotions';
import type { Verification } from '../../core/probe/verifyLedger';
import type { Disposable } from '../emitter';
import type { LabSession } from '../labSession';
import type { LabFaults } from '../ports';

/** The logs of all nodes, from the moment on at which they were opened. */
export interface DrillLogs extends Disposable {
  /** In the order in which they were read; each node's own lines in the order of its file. */
  readonly lines: readonly SeenLine[];
  readonly onLines: (listener: () => void) => Disposable;
  /** Begins: what is logged from now on counts. */
  start(): Promise<void>;
  /** Done when everything that is written by now was read. */
  catchUp(): Promise<void>;
}

/** A write probe that runs. */
export interface RunningProbe {
  readonly onEvent: (listener: (event: ProbeEvent) => void) => Disposable;
  /** Ends the writing and gives everything that was seen. */
  stop(): Promise<ProbeRecord>;
  /** Ends it at once. */
  kill(): void;
}

/** The keys that `write` steps make: numbered from 1. */
export interface DrillKeys {
  /** Writes `count` keys from number `first` on, as fast as the master takes them. */
  write(master: NodeSpec, first: number, count: number, bytes: number, signal: AbortSignal): Promise<void>;
  /** How many of the numbers from 1 to `last` a node has. */
  count(node: NodeSpec, last: number): Promise<number>;
  remove(master: NodeSpec, last: number): Promise<void>;
}

/** What a drill needs from the outside. */
export interface DrillPorts {
  readonly session: Pick<LabSession, 'store' | 'hold' | 'refresh' | 'lab'>;
  readonly faults: LabFaults;
  /** Who answers for the faults of this drill. */
  readonly owner: FaultOwner;
  readonly logs: DrillLogs;
  readonly keys: DrillKeys;
  /** What the Sentinels know that the state of the lab does not tell. */
  readyFacts(): Promise<ReadyFacts>;
  /** Starts a write probe; done when the first writes go out. `master` is the port of the master now. */
  startProbe(spec: ProbeSpec, master: number): Promise<RunningProbe>;
  /** Looks on the final master for every write, one by one. */
  verify(master: NodeSpec, record: ProbeRecord, promotions: readonly Promotion[]): Promise<Verification>;
  /** Takes what the probe wrote away again. */
  removeProbeKeys(master: NodeSpec, record: ProbeRecord): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  /** What this machine's wall clock is before UTC, in milliseconds. */
  zoneMs(): number;
}
