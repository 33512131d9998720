import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Failover } from '../../core/story/failover';
import { failoverSentence } from '../../core/view/failoverSentence';
import type { LogEntry } from '../../lab/logEntry';
import type { LabCatalog } from '../labs/labCatalog';
import type { LabLogs } from '../labs/labLogs';

/** After the last Sentinel took over the result the others may still be about to, in milliseconds. */
const quietTime = 2_500;

/** A failover that ended, in words for people. */
export interface FailoverNews {
  /** The lab's folder. */
  readonly lab: string;
  readonly failover: Failover;
  readonly sentence: string;
}

/** What the news lead to. */
export interface NewsWays {
  /** Shows the story of a lab's logs. */
  readonly openReport: (files: readonly vscode.Uri[]) => Thenable<unknown>;
  /** Shows the timeline of a lab, by its folder. */
  readonly openTimeline: (lab: string) => Thenable<unknown>;
  readonly fail: (error: unknown) => void;
}

/** Tells the person when a failover has ended, once, with a way to its report. */
export class FailoverNewsTeller implements vscode.Disposable {
  private readonly told = new Set<string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly telling = new vscode.EventEmitter<FailoverNews>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly catalog: LabCatalog,
    logs: LabLogs,
    private readonly ways: NewsWays,
  ) {
    this.listening = logs.onDidAppend(entries => {
      for (const entry of entries) if (!entry.isPast && endsFailover(entry)) this.wait(entry.lab);
    });
  }

  readonly onDidTell = this.telling.event;

  private wait(lab: string): void {
    clearTimeout(this.timers.get(lab));
    this.timers.set(
      lab,
      setTimeout(() => {
        this.timers.delete(lab);
        this.tell(lab).catch(this.ways.fail);
      }, quietTime),
    );
  }

  private async tell(lab: string): Promise<void> {
    const entry = this.catalog.labs.find(({ directory }) => directory === lab);
    if (!entry?.opened) return;
    const files = entry.opened.folder.logs;
    const { readReport } = await import('../../node/files/readReport');
    const report = await readReport(files);
    const failover = report.failovers.findLast(({ outcome }) => outcome !== 'unfinished');
    if (!failover) return;
    const key = `${lab} ${failover.masterName} ${failover.epoch} ${failover.outcome} ${failover.endedAt}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const sentence = failoverSentence(failover, report);
    this.telling.fire({ lab, failover, sentence });
    const open = l10n.t('Open Report');
    const show =
      failover.outcome === 'succeeded'
        ? vscode.window.showInformationMessage
        : vscode.window.showWarningMessage;
    const look = l10n.t('Open Timeline');
    const chosen = await show(sentence, open, look);
    if (chosen === open) await this.ways.openReport(files.map(file => vscode.Uri.file(file)));
    else if (chosen === look) await this.ways.openTimeline(lab);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.listening.dispose();
    this.telling.dispose();
  }
}

function endsFailover({ record: { said } }: LogEntry): boolean {
  return said?.event === '+switch-master' || said?.phase === 'abort';
}
