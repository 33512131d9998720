import type { NodeKind } from '../model/lab';
import type { Outcome, PhaseName } from '../story/failover';

/**
 * What happened in a lab over a time, as plain data to be drawn: made of the story of its logs, of faults and of what a probe felt. All
 * times are milliseconds since 1970, in which this machine's wall clock shows what the logs show. A bar without an end lasts.
 */
export interface Scene {
  /** Top to bottom: faults, probe, data nodes by port, Sentinels by port. */
  readonly lanes: readonly SceneLane[];
  readonly roles: readonly RoleBar[];
  /** When the Sentinels took a data node for down. */
  readonly downs: readonly TimeBar[];
  readonly syncs: readonly SyncBar[];
  /** Faults, and outages of the probe's clients: in lanes of their own. */
  readonly bars: readonly WordBar[];
  /** In order of time. */
  readonly failovers: readonly SceneFailover[];
  readonly phases: readonly ScenePhase[];
  readonly votes: readonly SceneVote[];
}

/** Nothing has happened, to nobody. */
export const emptyScene: Scene = {
  lanes: [],
  roles: [],
  downs: [],
  syncs: [],
  bars: [],
  failovers: [],
  phases: [],
  votes: [],
};

export interface SceneLane {
  /** The node's name; `faults`, or `probe:<client>`. */
  readonly id: string;
  /** As people call it. */
  readonly label: string;
  readonly kind: NodeKind | 'faults' | 'probe';
}

export interface TimeBar {
  /** The id of its lane. */
  readonly lane: string;
  readonly from: number;
  readonly to: number | undefined;
}

export interface RoleBar extends TimeBar {
  readonly role: 'master' | 'replica';
}

export interface SyncBar extends TimeBar {
  readonly kind: 'full' | 'partial';
  readonly outcome: 'succeeded' | 'failed' | 'unfinished';
  /** One sentence, in the person's language. */
  readonly text: string;
}

export interface WordBar extends TimeBar {
  readonly look: 'fault' | 'outage' | 'stale';
  /** One sentence, in the person's language. */
  readonly text: string;
}

export interface SceneFailover {
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
  readonly epoch: number | undefined;
  /** The lane of the Sentinel that led it. */
  readonly leader: string | undefined;
  /** The failover in one sentence. */
  readonly text: string;
}

export interface ScenePhase {
  /** Counts from 0 in {@link Scene.failovers}. */
  readonly failover: number;
  readonly name: PhaseName;
  /** Its name for people. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** One sentence with its length and the setting that owns it. */
  readonly text: string;
}

/** A Sentinel's vote; a lane that is not there (a Sentinel without a log) is none. */
export interface SceneVote {
  readonly at: number;
  readonly voter: string;
  readonly candidate: string;
  readonly epoch: number;
  readonly wins: boolean;
  readonly text: string;
}

/**
 * What nodes logged, by time: columns of equal length, because there are many. Texts are asked for by key when somebody looks.
 */
export interface SceneMarks {
  readonly at: readonly number[];
  /** The index of its lane in {@link Scene.lanes} at the time of sending; see `lanes`. */
  readonly lane: readonly number[];
  /** Index into `names`. */
  readonly name: readonly number[];
  /** Index into `logWeights` (core/view/logRow). */
  readonly weight: readonly number[];
  /** Names the line; unique in a scene. */
  readonly key: readonly number[];
  /** Ids of lanes that `lane` counts in. */
  readonly lanes: readonly string[];
  /** Events such as `+sdown`, and ids of other messages. */
  readonly names: readonly string[];
}
