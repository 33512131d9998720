import type * as vscode from 'vscode';
import type { Scene } from '../../core/scene/scene';
import type { LabState } from '../../core/model/labState';
import type { LogEntry } from '../../lab/logEntry';
import type { TimelineSource } from '../../protocol/timeline';

/** Where a timeline takes what it shows from: a lab that runs, or logs of the past. All times are milliseconds since 1970. */
export interface SceneSource extends vscode.Disposable {
  readonly source: TimelineSource;
  readonly title: string;
  /** What it is about, in a paragraph; empty where nobody wrote one. */
  readonly description: string;
  readonly isLive: boolean;
  /** As {@link LogEntry.lab}: the folder of a lab, or what stands in its place for logs. */
  readonly id: string;
  /** By time. */
  entries(): readonly LogEntry[];
  readonly onDidAppend: vscode.Event<readonly LogEntry[]>;
  /** The scene is another one now. */
  readonly onDidChangeScene: vscode.Event<void>;
  /** What is believed now is something else. */
  readonly onDidChangeState: vscode.Event<void>;
  scene(): Promise<Scene>;
  /** At a moment; undefined: now, or at the end of what is over. */
  state(at: number | undefined): LabState;
  /** The last moment there is; undefined: now goes on. */
  readonly end: number | undefined;
  /** Moments that are worth a step, in order. */
  steps(): readonly number[];
}
