import * as vscode from 'vscode';
import type { ShownReplay } from '../../core/view/replayRow';
import type { LogEntry } from '../../lab/logEntry';

/** Where a replay is: its log's id, and the moment in milliseconds since 1970; `undefined`: it has no cursor any more. */
export interface ReplayCursor {
  readonly lab: string;
  readonly at: number | undefined;
}

/** The logs of a replay that no open lab has. */
export interface RecordedLog {
  /** As {@link LogEntry.lab}. */
  readonly lab: string;
  readonly title: string;
  readonly nodes: readonly string[];
  /** By time. */
  readonly entries: readonly LogEntry[];
}

/** What is replayed now: the tree and the log panel follow. */
export class Replays implements vscode.Disposable {
  private readonly shown = new Map<string, ShownReplay>();
  private readonly logs = new Map<string, RecordedLog>();
  private readonly changed = new vscode.EventEmitter<ShownReplay | undefined>();
  private readonly opened = new vscode.EventEmitter<RecordedLog>();
  private readonly closed = new vscode.EventEmitter<string>();
  private readonly moved = new vscode.EventEmitter<ReplayCursor>();

  /** The state of one changed; `undefined`: another one came or went. */
  readonly onDidChange = this.changed.event;
  /** A recorded log is to be shown. */
  readonly onDidOpenLog = this.opened.event;
  /** The log with this id is not shown any more. */
  readonly onDidCloseLog = this.closed.event;
  readonly onDidMove = this.moved.event;
  private last: ReplayCursor | undefined;

  /** Where the replay is that moved last; undefined: none has a cursor. */
  get cursor(): ReplayCursor | undefined {
    return this.last;
  }

  get all(): readonly ShownReplay[] {
    return [...this.shown.values()];
  }

  get(id: string): ShownReplay | undefined {
    return this.shown.get(id);
  }

  get recorded(): readonly RecordedLog[] {
    return [...this.logs.values()];
  }

  show(replay: ShownReplay): void {
    const isNew = !this.shown.has(replay.id);
    this.shown.set(replay.id, replay);
    this.changed.fire(isNew ? undefined : replay);
  }

  hide(id: string): void {
    if (this.shown.delete(id)) this.changed.fire(undefined);
  }

  openLog(log: RecordedLog): void {
    if (this.logs.has(log.lab)) return;
    this.logs.set(log.lab, log);
    this.opened.fire(log);
  }

  closeLog(lab: string): void {
    if (this.logs.delete(lab)) this.closed.fire(lab);
  }

  move(cursor: ReplayCursor): void {
    if (cursor.at !== undefined) this.last = cursor;
    else if (this.last?.lab === cursor.lab) this.last = undefined;
    this.moved.fire(cursor);
  }

  dispose(): void {
    this.changed.dispose();
    this.opened.dispose();
    this.closed.dispose();
    this.moved.dispose();
  }
}
