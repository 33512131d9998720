import { basename } from 'node:path';
import * as vscode from 'vscode';
import { eventLine } from '../../core/view/eventLine';
import type { LogEntry } from '../../lab/logEntry';
import type { LabLogs } from '../labs/labLogs';
import { showsAllEvents } from '../settings';

/** The output channel "Redis HA Events": one explained line for every event of the labs that run. */
export class EventsChannel implements vscode.Disposable {
  readonly channel = vscode.window.createOutputChannel('Redis HA Events', { log: true });
  private readonly labs = new Set<string>();
  private readonly listening: vscode.Disposable;

  constructor(logs: LabLogs) {
    this.listening = vscode.Disposable.from(
      logs.onDidAppend(entries => this.write(entries)),
      logs.onDidClose(lab => this.labs.delete(lab)),
    );
  }

  private write(entries: readonly LogEntry[]): void {
    const all = showsAllEvents();
    for (const entry of entries) {
      this.labs.add(entry.lab);
      // What was in the logs before is in the log panel; here is what happens.
      if (entry.isPast || !(all || isNews(entry))) continue;
      const node = this.labs.size > 1 ? `${basename(entry.lab)}/${entry.node}` : entry.node;
      const { weight, record, explanation } = entry;
      const { severity, text } = eventLine({ node, record, weight, explanation });
      if (severity === 'warning') this.channel.warn(text);
      else this.channel.info(text);
    }
  }

  dispose(): void {
    this.listening.dispose();
    this.channel.dispose();
  }
}

function isNews({ weight }: LogEntry): boolean {
  return weight === 'noteworthy' || weight === 'problem';
}
