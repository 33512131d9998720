import * as vscode from 'vscode';
import type { LabState } from '../../core/model/labState';
import type { Replay } from '../../core/replay/replay';
import { recordedScene } from '../../core/scene/recordedScene';
import type { Scene } from '../../core/scene/scene';
import type { LogEntry } from '../../lab/logEntry';
import type { Recording } from '../../node/recording/readRecording';
import type { ShippedRecording } from '../../node/recording/recordings';
import type { TimelineSource } from '../../protocol/timeline';
import type { SceneSource } from './sceneSource';

/** Logs of the past, and the drill that they are of where its report lies beside them. Nothing of it changes any more. */
export class RecordedSource implements SceneSource {
  readonly isLive = false;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly end: number;
  private readonly nothing = new vscode.EventEmitter<never>();

  readonly onDidAppend = this.nothing.event;
  readonly onDidChangeScene = this.nothing.event;
  readonly onDidChangeState = this.nothing.event;

  /** `words`: what people read about a recording that the extension brings. */
  constructor(
    readonly source: TimelineSource,
    private readonly recording: Recording,
    private readonly replay: Replay,
    words: Partial<ShippedRecording> = {},
  ) {
    this.id = recording.id;
    this.title = words.title ?? recording.title;
    this.description = words.description ?? '';
    this.end = this.replay.to;
  }

  entries(): readonly LogEntry[] {
    return this.recording.entries;
  }

  async scene(): Promise<Scene> {
    return recordedScene(this.recording, this.replay);
  }

  state(at: number | undefined): LabState {
    return this.replay.stateAt(at ?? this.end);
  }

  steps(): readonly number[] {
    return this.replay.moments;
  }

  dispose(): void {
    this.nothing.dispose();
  }
}
