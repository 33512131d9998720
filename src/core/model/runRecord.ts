/** A process, so that it can be told from another one that has its pid later: all three must still belong together. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The operating system's start time of that pid, in its own form: only compared, never computed with. */
  readonly startTime: string;
  /** What the operating system says the process runs, links resolved. */
  readonly executable: string;
}

/**
 * Who a started node is: kept in run/<node>.json from its start until it was stopped on purpose. A pid alone may be somebody else's
 * by now, so a signal is only sent after a look at its identity.
 */
export interface RunRecord extends ProcessIdentity {
  readonly node: string;
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The process of the integrated terminal that keeps the node; undefined for a node started from the command line. */
  readonly runnerPid: number | undefined;
}

/** How a node's process ended without being asked to: kept in run/<node>.exit.json. */
export interface ExitRecord {
  readonly pid: number;
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The line of its output that says why, where there is one. */
  readonly reason: string | undefined;
}

/** What the operating system says about a recorded process now; `frozen` is stopped by SIGSTOP. */
export type ProcessLife = 'running' | 'frozen' | 'gone';

/** A node's process as seen at one moment. */
export interface ObservedProcess {
  readonly record: RunRecord | undefined;
  readonly life: ProcessLife;
  readonly exit: ExitRecord | undefined;
}
