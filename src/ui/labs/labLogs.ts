import { join } from 'node:path';
import * as vscode from 'vscode';
import { mergeByTime } from '../../core/log/causalOrder';
import type { LabLog, LogTools } from '../../lab/labLog';
import type { LogEntry } from '../../lab/logEntry';
import { readExplainTexts } from '../../node/files/explainTexts';
import { followLogs } from '../../node/followLogs';
import type { LabCatalog } from './labCatalog';

/**
 * The logs of all opened labs. Nothing is read before somebody listens; then what is in the logs already is told first (`isPast`), and
 * every new record within moments.
 */
export class LabLogs implements vscode.Disposable {
  private readonly logs = new Map<string, LabLog>();
  private readonly appended = new vscode.EventEmitter<readonly LogEntry[]>();
  private readonly reworded = new vscode.EventEmitter<readonly LogEntry[]>();
  private readonly closed = new vscode.EventEmitter<string>();
  private listening: vscode.Disposable | undefined;
  private tools: LogTools | undefined;
  private following: Promise<void> = Promise.resolve();
  private isDisposed = false;

  /** `l10nFolder` has the explanations of every language. */
  constructor(
    private readonly catalog: LabCatalog,
    private readonly l10nFolder: string = join(__dirname, '..', 'l10n'),
  ) {}

  /** New entries of one lab, in order. */
  readonly onDidAppend: vscode.Event<readonly LogEntry[]> = (...args) => {
    this.start();
    return this.appended.event(...args);
  };
  /** Entries that were told before and whose explanation reads otherwise now. */
  readonly onDidReword = this.reworded.event;
  /** A lab is not open any more; its folder. */
  readonly onDidClose = this.closed.event;

  /** All entries that are kept, by time. */
  entries(): readonly LogEntry[] {
    return mergeByTime(Array.from(this.logs.values(), log => log.entries));
  }

  /** Those of one lab, by its folder. */
  entriesOf(directory: string): readonly LogEntry[] {
    return this.logs.get(directory)?.entries ?? [];
  }

  private start(): void {
    if (this.listening) return;
    this.listening = this.catalog.onDidChangeList(() => this.follow());
    this.follow();
  }

  /** One after the other: a list that changes while the first lab is being opened must not open it twice. */
  private follow(): void {
    this.following = this.following.then(async () => this.followOpened());
  }

  private async followOpened(): Promise<void> {
    if (this.isDisposed) return;
    const opened = new Map(
      this.catalog.labs.flatMap(entry => (entry.opened ? [[entry.directory, entry.opened]] : [])),
    );
    for (const [directory, log] of this.logs) {
      if (opened.has(directory)) continue;
      log.dispose();
      this.logs.delete(directory);
      this.closed.fire(directory);
    }
    for (const [directory, { session, folder }] of opened) {
      const known = this.logs.get(directory);
      if (known) {
        void known.change(session.lab);
        continue;
      }
      // The tables of all messages are large: they are loaded with the first lab, not with the extension.
      const [{ LabLog }, { Recogniser }] = await Promise.all([
        import('../../lab/labLog'),
        import('../../core/log/logRecord'),
      ]);
      this.tools ??= {
        recogniser: new Recogniser(),
        texts: readExplainTexts(this.l10nFolder, vscode.env.language),
      };
      const log = new LabLog(directory, session.lab, followLogs(folder.paths), this.tools);
      log.onDidAppend(batch => this.appended.fire(batch));
      log.onDidReword(entries => this.reworded.fire(entries));
      this.logs.set(directory, log);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.listening?.dispose();
    for (const log of this.logs.values()) log.dispose();
    this.appended.dispose();
    this.reworded.dispose();
    this.closed.dispose();
  }
}
