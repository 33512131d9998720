import * as vscode from 'vscode';
import type { FaultType } from '../../core/drill/fault';
import type { ShownFault } from '../../core/drill/activeFault';
import { shownMoment } from '../../core/log/wallClock';
import type { LabState } from '../../core/model/labState';
import { momentsIn, Replay } from '../../core/replay/replay';
import { LaneNames } from '../../core/scene/laneNames';
import type { Scene, WordBar } from '../../core/scene/scene';
import { sceneOf } from '../../core/scene/sceneOf';
import type { Report } from '../../core/story/report';
import { faultText } from '../../core/view/faultText';
import type { LogEntry } from '../../lab/logEntry';
import { readReport } from '../../node/files/readReport';
import type { TimelineSource } from '../../protocol/timeline';
import type { OpenedLab } from '../labs/labEntry';
import type { LabLogs } from '../labs/labLogs';
import type { SceneSource } from './sceneSource';

/** After a line that can change the story, the logs are read again this much later, in milliseconds: its neighbours come with it. */
const settleTime = 60;
/** Reading the logs again takes at most one part of so many of the time. */
const restFactor = 8;

const endingFaults: ReadonlySet<FaultType> = new Set(['kill', 'stop', 'restart']);

/** A lab that is open in this window, followed live. */
export class LiveSource implements SceneSource {
  readonly isLive = true;
  readonly description = '';
  readonly end = undefined;
  readonly source: TimelineSource;
  private readonly appended = new vscode.EventEmitter<readonly LogEntry[]>();
  private readonly changedScene = new vscode.EventEmitter<void>();
  private readonly changedState = new vscode.EventEmitter<void>();
  private readonly listening: readonly { dispose(): void }[];
  private readonly faults = new Map<string, { readonly fault: ShownFault; endedAt: number | undefined }>();
  private replay: { readonly replay: Replay; readonly count: number } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private tookMs = 0;

  readonly onDidAppend = this.appended.event;
  readonly onDidChangeScene = this.changedScene.event;
  readonly onDidChangeState = this.changedState.event;

  constructor(
    readonly id: string,
    private readonly opened: OpenedLab,
    private readonly logs: LabLogs,
  ) {
    this.source = { kind: 'lab', lab: id };
    const { store } = opened.session;
    this.noteFaults(store.state);
    this.listening = [
      logs.onDidAppend(entries => this.take(entries)),
      store.onDidChange(state => {
        if (this.noteFaults(state)) this.schedule();
        this.changedState.fire();
      }),
    ];
  }

  get title(): string {
    return this.opened.session.lab.name;
  }

  entries(): readonly LogEntry[] {
    return this.logs.entriesOf(this.id);
  }

  async scene(): Promise<Scene> {
    const began = performance.now();
    const { session, folder } = this.opened;
    const fileOf = folder.paths.log.bind(folder.paths);
    const report = await readReport(folder.logs);
    this.tookMs = performance.now() - began;
    return sceneOf({
      lab: session.lab,
      names: new LaneNames(session.lab, fileOf),
      report,
      moment: time => shownMoment(time, Date.now()),
      endAfter: (node, at) => this.endAfter(node, at, report),
      faults: this.faultBars(),
      clients: [],
    });
  }

  state(at: number | undefined): LabState {
    if (at === undefined) return this.opened.session.store.state;
    return this.replayUntil(at).stateAt(at);
  }

  steps(): readonly number[] {
    return momentsIn(this.entries());
  }

  /** Made of what was logged until now; one that reaches far enough is used again, because making it takes a while. */
  private replayUntil(at: number): Replay {
    const entries = this.entries();
    const reaches = this.replay && (at <= this.replay.replay.to || this.replay.count === entries.length);
    if (!this.replay || !reaches)
      this.replay = { replay: Replay.of(this.opened.session.lab, entries), count: entries.length };
    return this.replay.replay;
  }

  private take(entries: readonly LogEntry[]): void {
    const own = entries.filter(({ lab }) => lab === this.id);
    if (own.length === 0) return;
    this.appended.fire(own);
    if (own.some(({ record }) => record.said !== undefined)) this.schedule();
  }

  private schedule(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        this.changedScene.fire();
      },
      Math.max(settleTime, this.tookMs * restFactor),
    );
  }

  /** Whether faults came or went. */
  private noteFaults({ faults }: LabState): boolean {
    let isNews = false;
    for (const fault of faults)
      if (!this.faults.has(fault.id)) {
        this.faults.set(fault.id, { fault, endedAt: undefined });
        isNews = true;
      }
    for (const [id, known] of this.faults)
      if (known.endedAt === undefined && !faults.some(fault => fault.id === id)) {
        known.endedAt = Date.now();
        isNews = true;
      }
    return isNews;
  }

  /** When somebody ended it on purpose, else when the Sentinels first missed it: a replay would know better, but takes longer. */
  private endAfter(node: string, at: number, report: Report): number | undefined {
    const ended = Array.from(this.faults.values(), ({ fault }) => fault).flatMap(({ fault, since }) =>
      'node' in fault && fault.node === node && endingFaults.has(fault.type) ? [since] : [],
    );
    const port = this.opened.session.lab.nodes.find(({ name }) => name === node)?.port;
    const missed = report.dataNodes
      .filter(({ address }) => address.endsWith(`:${port}`))
      .flatMap(({ down }) =>
        down.flatMap(({ from }) => (from === null ? [] : (shownMoment(from, at) ?? []))),
      );
    const times = [...ended, ...missed].filter(time => time >= at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private faultBars(): readonly Omit<WordBar, 'lane'>[] {
    return Array.from(this.faults.values(), ({ fault, endedAt }) => ({
      from: fault.since,
      to: endedAt ?? fault.until,
      look: 'fault' as const,
      text: faultText(fault),
    }));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listening) listener.dispose();
    this.appended.dispose();
    this.changedScene.dispose();
    this.changedState.dispose();
  }
}
