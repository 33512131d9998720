import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { logViewId } from '../../contributions';
import { HumanError } from '../../core/humanError';
import { logMarkdown } from '../../core/view/logMarkdown';
import { mergeByTime } from '../../core/log/causalOrder';
import { rowLine } from '../../core/view/logRow';
import type { LogEntry } from '../../lab/logEntry';
import { readFromPanel, type FromPanel, type PanelNode, type ToPanel } from '../../protocol/logPanel';
import type { ErrorReporter } from '../errors';
import type { LabCatalog } from '../labs/labCatalog';
import type { LabLogs } from '../labs/labLogs';
import type { Replays } from '../timeline/replays';
import { pageHtml } from '../pageHtml';
import { openLogLine } from './openLogLine';
import { detailsOf, exportedLine, PanelRows, textOf } from './panelRows';
import { panelTexts } from './panelTexts';

/** The panel keeps so many rows. */
const mostRows = 100_000;
/** Rows of the past go in messages of this size, so that the window stays responsive in between. */
const rowsAMessage = 5_000;
/** The panel answers a question within this time, in milliseconds, or not at all. */
const answerTime = 5_000;

/**
 * The log panel: hands the entries of all labs on to the page and does what the page asks for. The page is made anew whenever it comes
 * into sight; it gets everything again then, and knows by itself what the person had chosen.
 */
export class LogPanel implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly rows = new PanelRows(mostRows);
  private readonly drawn = new vscode.EventEmitter<number>();
  private readonly cleared = new Map<string, number>();
  private view: vscode.WebviewView | undefined;
  private session: readonly vscode.Disposable[] = [];
  private isReady = false;
  /** Counts the pages there have been. */
  private generation = 0;
  private sending: Promise<unknown> = Promise.resolve();
  private batch = 0;
  private onShown: ((rows: readonly number[]) => void) | undefined;
  private readonly closing: vscode.Disposable;

  constructor(
    private readonly catalog: LabCatalog,
    private readonly logs: LabLogs,
    private readonly replays: Replays,
    private readonly dist: vscode.Uri,
    private readonly errors: ErrorReporter,
  ) {
    // A lab that is opened again counts its entries from 1.
    const forget = (lab: string): boolean => this.cleared.delete(lab);
    this.closing = vscode.Disposable.from(logs.onDidClose(forget), replays.onDidCloseLog(forget));
  }

  /** The page has drawn the rows of a batch; batches count up. */
  readonly onDidDraw = this.drawn.event;

  /** The last batch of rows that was sent. */
  get lastBatch(): number {
    return this.batch;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.endSession();
    this.view = view;
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [this.dist] };
    webview.onDidReceiveMessage(message => void this.errors.guard(() => this.take(readFromPanel(message))));
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.endSession();
    });
    view.onDidDispose(() => {
      this.endSession();
      this.view = undefined;
    });
    webview.html = pageHtml(webview, this.dist, 'logPanel', randomBytes(16).toString('hex'));
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${logViewId}.focus`);
  }

  /** Takes all rows out of the panel; the log files keep them. */
  clear(): void {
    for (const { lab, key } of this.past()) this.cleared.set(lab, Math.max(key, this.cleared.get(lab) ?? 0));
    this.rows.forget();
    this.send({ type: 'clear' });
  }

  /** Saves the rows that are shown. */
  async export(): Promise<void> {
    await this.show();
    const entries = (await this.askShown()).flatMap(id => this.rows.entry(id) ?? []);
    if (entries.length === 0)
      throw new HumanError(l10n.t('There is nothing to export: the log panel shows no line.'));
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const target = await vscode.window.showSaveDialog({
      filters: { Markdown: ['md'], NDJSON: ['ndjson'] },
      title: l10n.t('Export {0} lines', entries.length),
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, 'redis-ha-log.md') } : {}),
    });
    if (target) await this.save(target, entries);
  }

  /** Writes entries as Markdown, or one JSON object a line where the name ends in .ndjson. */
  async save(target: vscode.Uri, entries: readonly LogEntry[]): Promise<void> {
    const text = target.path.endsWith('.ndjson')
      ? entries.map(entry => `${JSON.stringify(exportedLine(entry))}\n`).join('')
      : logMarkdown(entries.map(entry => this.rows.rowOf(entry)));
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(target);
  }

  private async askShown(): Promise<readonly number[]> {
    const asked = new Promise<readonly number[]>(resolve => {
      this.onShown = resolve;
      setTimeout(() => resolve([]), answerTime);
    });
    // A panel that has just come into sight is still being filled.
    for (let tries = 0; !this.isReady && tries < 50; tries++)
      await new Promise(done => setTimeout(done, 100));
    this.send({ type: 'askShown' });
    return asked;
  }

  private async take(message: FromPanel | undefined): Promise<void> {
    switch (message?.type) {
      case 'ready':
        return this.beginSession();
      case 'drawn':
        return this.drawn.fire(message.batch);
      case 'open': {
        const entry = this.rows.entry(message.row);
        if (entry) await openLogLine(entry);
        return;
      }
      case 'details': {
        const entry = this.rows.entry(message.row);
        if (entry) this.send({ type: 'details', row: message.row, parts: detailsOf(entry) });
        return;
      }
      case 'copy': {
        const lines = message.rows.flatMap(id => {
          const entry = this.rows.entry(id);
          return entry ? [rowLine(this.rows.rowOf(entry))] : [];
        });
        await vscode.env.clipboard.writeText(lines.map(line => `${line}\n`).join(''));
        return;
      }
      case 'shown':
        return this.onShown?.(message.rows);
      case undefined:
        return;
    }
  }

  private beginSession(): void {
    this.endSession();
    this.isReady = true;
    this.rows.forget();
    this.send({ type: 'begin', texts: panelTexts(), limit: mostRows });
    this.session = [
      this.logs.onDidAppend(entries => this.sendRows(entries, true)),
      this.logs.onDidReword(entries =>
        this.send({ type: 'reword', texts: entries.map(entry => [this.rows.idOf(entry), textOf(entry)]) }),
      ),
      this.logs.onDidClose(lab => this.send({ type: 'removeLab', lab })),
      this.catalog.onDidChangeList(() => this.sendNodes()),
      this.replays.onDidOpenLog(({ entries }) => {
        this.sendNodes();
        this.sendPast(entries);
      }),
      this.replays.onDidCloseLog(lab => {
        this.send({ type: 'removeLab', lab });
        this.sendNodes();
      }),
      this.replays.onDidMove(({ lab, at }) => this.send({ type: 'cursor', lab, at: at ?? null })),
    ];
    this.sendNodes();
    this.sendPast(this.past());
    const { cursor } = this.replays;
    if (cursor) this.send({ type: 'cursor', lab: cursor.lab, at: cursor.at ?? null });
  }

  private sendPast(entries: readonly LogEntry[]): void {
    const past = entries.slice(-mostRows);
    for (let from = 0; from < past.length; from += rowsAMessage)
      this.sendRows(past.slice(from, from + rowsAMessage), from + rowsAMessage >= past.length);
    if (past.length === 0) this.sendRows([], true);
  }

  private endSession(): void {
    for (const listener of this.session) listener.dispose();
    this.session = [];
    this.isReady = false;
    this.generation++;
  }

  private sendNodes(): void {
    const nodes: PanelNode[] = this.catalog.labs.flatMap(({ directory, opened }) =>
      (opened?.session.lab.nodes ?? []).map(({ name }) => ({
        lab: directory,
        labName: opened?.session.lab.name ?? '',
        node: name,
      })),
    );
    const replayed: PanelNode[] = this.replays.recorded.flatMap(({ lab, title, nodes: names }) =>
      names.map(node => ({ lab, labName: title, node })),
    );
    this.send({ type: 'nodes', nodes: [...nodes, ...replayed] });
  }

  /** The entries of all labs, and of what is replayed, by time. */
  private past(): readonly LogEntry[] {
    const { recorded } = this.replays;
    return recorded.length === 0
      ? this.logs.entries()
      : mergeByTime([this.logs.entries(), ...recorded.map(({ entries }) => entries)]);
  }

  private sendRows(entries: readonly LogEntry[], isLast: boolean): void {
    const rows = entries
      .filter(({ lab, key }) => key > (this.cleared.get(lab) ?? 0))
      .map(entry => this.rows.rowOf(entry));
    this.rows.trim();
    this.send({ type: 'rows', rows, batch: ++this.batch, isLast });
  }

  /** Messages go out one after the other; those for a page that is gone are dropped. */
  private send(message: ToPanel): void {
    const { view, generation } = this;
    if (!view || !this.isReady) return;
    this.sending = this.sending.then(async () => {
      if (this.isReady && generation === this.generation) await view.webview.postMessage(message);
    });
  }

  dispose(): void {
    this.closing.dispose();
    this.endSession();
    this.drawn.dispose();
  }
}
