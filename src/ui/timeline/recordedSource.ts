import * as vscode from 'vscode';
import { shownMoment } from '../../core/log/wallClock';
import type { LabState } from '../../core/model/labState';
import { Replay } from '../../core/replay/replay';
import type { RecordedDrill } from '../../core/replay/recordedDrill';
import { LaneNames } from '../../core/scene/laneNames';
import type { Scene } from '../../core/scene/scene';
import { sceneOf, type SceneParts } from '../../core/scene/sceneOf';
import { faultText } from '../../core/view/faultText';
import { clientLaneText, outageText, staleBarText, staleLaneText } from '../../core/view/outageText';
import type { LogEntry } from '../../lab/logEntry';
import type { Recording } from '../../node/recording/readRecording';
import type { TimelineSource } from '../../protocol/timeline';
import type { SceneSource } from './sceneSource';

/** What is written by the person for a recording that the extension brings. */
export interface RecordingWords {
  readonly title: string;
  readonly description: string;
}

/** Logs of the past, and the drill that they are of where its report lies beside them. Nothing of it changes any more. */
export class RecordedSource implements SceneSource {
  readonly isLive = false;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly end: number;
  private readonly replay: Replay;
  private readonly nothing = new vscode.EventEmitter<never>();

  readonly onDidAppend = this.nothing.event;
  readonly onDidChangeScene = this.nothing.event;
  readonly onDidChangeState = this.nothing.event;

  constructor(
    readonly source: TimelineSource,
    private readonly recording: Recording,
    words: Partial<RecordingWords> = {},
  ) {
    const { lab, entries, drill, hosts } = recording;
    this.id = recording.id;
    this.title = words.title ?? recording.title;
    this.description = words.description ?? '';
    this.replay = new Replay(lab, entries, { hosts, faults: drill?.faults ?? [] });
    this.end = this.replay.to;
  }

  entries(): readonly LogEntry[] {
    return this.recording.entries;
  }

  async scene(): Promise<Scene> {
    const { lab, report, drill } = this.recording;
    return sceneOf({
      lab,
      names: new LaneNames(lab, ({ log }) => log),
      report,
      moment: time => shownMoment(time, this.end),
      endAfter: (node, at) => this.replay.endAfter(node, at),
      faults: (drill?.faults ?? []).map(({ fault, from, to }) => ({
        from,
        to,
        look: 'fault',
        text: faultText({ fault, until: undefined }),
      })),
      clients: drill ? clientsOf(drill) : [],
    });
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

/** Each client has a lane of its own; a master that was none any more, too. */
function clientsOf({ probes, stale }: RecordedDrill): SceneParts['clients'] {
  return [
    ...probes.map(({ client, outages }) => ({
      name: clientLaneText(client),
      bars: outages.map(({ from, to }) => ({
        from,
        to,
        look: 'outage' as const,
        text: outageText(from, to),
      })),
    })),
    ...(stale.length === 0
      ? []
      : [
          {
            name: staleLaneText(),
            bars: stale.map(span => ({ ...span, look: 'stale' as const, text: staleBarText() })),
          },
        ]),
  ];
}
