import type { NodeKind } from '../model/lab';
import type { NodeRole, NodeStatus } from '../model/labState';
import type { Ledger } from '../probe/ledger';
import type { Verification } from '../probe/verifyLedger';
import type { Fault } from './fault';
import type { FailoverPrediction } from './prediction';
import type { ReadyLight } from './readyLight';
import type { Scenario } from './scenario';
import type { Step } from './scenarioSteps';
import type { SeenLine } from './seenLine';

/** One step as it was done. Times are milliseconds since 1970. */
export interface StepRecord {
  readonly part: 'prepare' | 'act';
  readonly step: Step;
  readonly startedAt: number;
  readonly endedAt: number;
  /** `late`: what was waited for did not come in its time. */
  readonly end: 'done' | 'late' | 'failed';
  /** What went wrong. */
  readonly message: string | undefined;
  /** What was applied, with names of nodes and without secrets. */
  readonly faults: readonly Fault[];
}

/** A node when the drill was over. */
export interface DrillNode {
  readonly name: string;
  readonly kind: NodeKind;
  readonly port: number;
  readonly status: NodeStatus;
  readonly role: NodeRole | undefined;
  readonly version: string | undefined;
  /** The epoch in which a Sentinel knows its master. */
  readonly epoch: number | undefined;
  /** How many of the keys that `write` steps made it has; undefined: nobody asked, or it did not answer. */
  readonly keys: number | undefined;
}

/** What the probe saw. */
export interface DrillProbe {
  readonly ledger: Ledger;
  /** Undefined: there was no master to look at in the end. */
  readonly verification: Verification | undefined;
}

/** Names of nodes by the words that stood for them. */
export type NodeRefTable = Readonly<Record<string, readonly string[]>>;

/** What happened in a drill: everything that a report is made of beside the logs. Times are milliseconds since 1970. */
export interface DrillRecord {
  readonly scenario: Scenario;
  readonly labName: string;
  readonly masterName: string;
  /** What the lab was set to that decides how a drill ends. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly startedAt: number;
  /** When the first step of `act` began. */
  readonly actAt: number;
  /** When everything had come to its end, before faults were undone: what was logged later does not belong to it. */
  readonly storyEndedAt: number;
  readonly endedAt: number;
  /** What this machine's wall clock, which logs show, is before UTC, in milliseconds. */
  readonly zoneMs: number;
  readonly firstMaster: { readonly name: string; readonly port: number } | undefined;
  readonly light: ReadyLight | undefined;
  /** How long the ready light was waited for. */
  readonly waitedMs: number;
  readonly prediction: FailoverPrediction | undefined;
  /** When the fault came that the prediction is about. */
  readonly faultAt: number | undefined;
  /** The node that a person named beforehand. */
  readonly guess: string | undefined;
  readonly steps: readonly StepRecord[];
  /** Events, and messages that the scenario names, from the first step of `act` to the end of the story. */
  readonly lines: readonly SeenLine[];
  readonly probe: DrillProbe | undefined;
  /** How many keys `write` steps made. */
  readonly keysWritten: number;
  readonly nodes: readonly DrillNode[];
  /** The port that the Sentinels name in the end. */
  readonly finalMaster: number | undefined;
  readonly isReadyAtEnd: boolean;
  /** Whom words such as `replica:1` meant when `act` began, and in the end. */
  readonly firstRefs: NodeRefTable;
  readonly lastRefs: NodeRefTable;
  /** Why the drill could not be done to its end. */
  readonly failure: string | undefined;
  /** Faults that could not be undone, with the reason. */
  readonly leftFaults: readonly string[];
}
