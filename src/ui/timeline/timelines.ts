import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { timelineEditorId, timelineViewType } from '../../contributions';
import { HumanError } from '../../core/humanError';
import { readFromTimeline, readTimelineSource, type TimelineSource } from '../../protocol/timeline';
import { Cancelled, type ErrorReporter } from '../errors';
import type { LabCatalog } from '../labs/labCatalog';
import type { OpenedLab } from '../labs/labEntry';
import type { LabLogs } from '../labs/labLogs';
import { pageHtml } from '../pageHtml';
import type { RecordingPlaces } from './recordingPlaces';
import type { Replays } from './replays';
import type { SceneSource } from './sceneSource';
import type { SessionContext, TimelineSession } from './timelineSession';
import { parsedJson } from '../../core/parsedJson';

/** What timelines are made from. */
export interface TimelinesContext {
  readonly catalog: LabCatalog;
  readonly logs: LabLogs;
  readonly replays: Replays;
  readonly errors: ErrorReporter;
  /** The folder of the extension's programs and pages. */
  readonly dist: vscode.Uri;
  /** The folder of the texts. */
  readonly l10nFolder: string;
  /** The extension's own storage. */
  readonly storage: vscode.Uri;
}

/** A lab of the last session may take so long to be found, in milliseconds. */
const findTime = 10_000;

/**
 * The timelines that are open: one editor a source. They come back after a reload of the window, and a page links to one by a small file
 * that names its source (`*.redis-timeline`). What draws and computes is loaded with the first of them.
 */
export class Timelines implements vscode.Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();
  private readonly sessions = new Map<vscode.WebviewPanel, TimelineSession>();
  /** What a lab was opened as when its timeline was. */
  private readonly labs = new Map<vscode.WebviewPanel, OpenedLab | undefined>();
  /** What is being read. */
  private readonly opening = new Map<string, Promise<TimelineSession>>();
  private readonly registered: vscode.Disposable;
  private readonly changed = new vscode.EventEmitter<TimelineSession>();

  constructor(private readonly context: TimelinesContext) {
    this.registered = vscode.Disposable.from(
      context.catalog.onDidChangeList(() => this.leaveClosedLabs()),
      vscode.window.registerWebviewPanelSerializer(timelineViewType, {
        deserializeWebviewPanel: async (panel, state: unknown) => this.revive(panel, state),
      }),
      vscode.window.registerCustomEditorProvider(timelineEditorId, {
        openCustomDocument: uri => ({ uri, dispose: () => {} }),
        resolveCustomEditor: async (document, panel) =>
          this.guarded(panel, async () => this.readLink(document.uri)),
      }),
    );
  }

  /** A timeline is ready to be worked with. */
  readonly onDidOpen = this.changed.event;

  /** What is shown now. */
  get sources(): readonly SceneSource[] {
    return Array.from(this.sessions.values(), ({ source }) => source);
  }

  /** Where recorded failovers are, and where they are unpacked to. */
  get places(): RecordingPlaces {
    const { dist, storage, l10nFolder } = this.context;
    return {
      dist: dist.fsPath,
      texts: l10nFolder,
      unpacked: path.join(storage.fsPath, 'recordings'),
    };
  }

  /** The one that has the focus, else the one that was opened last. */
  get active(): TimelineSession | undefined {
    const shown = [...this.sessions].findLast(([panel]) => panel.active) ?? [...this.sessions].at(-1);
    return shown?.[1];
  }

  /** Shows a timeline; one that is open already comes to the front. */
  async open(source: TimelineSource): Promise<TimelineSession> {
    const known = this.reveal(source) ?? this.opening.get(JSON.stringify(source));
    if (known) return known;
    const panel = vscode.window.createWebviewPanel(
      timelineViewType,
      l10n.t('Timeline'),
      vscode.ViewColumn.Active,
      {},
    );
    try {
      return await this.attach(panel, source);
    } catch (error) {
      panel.dispose();
      throw error;
    }
  }

  /** A lab that was closed is not followed any more; one that was opened anew is another one, whose lines count from 1. */
  private leaveClosedLabs(): void {
    const { catalog, errors } = this.context;
    for (const [panel, session] of [...this.sessions]) {
      const { source } = session.source;
      const opened = source.kind === 'lab' ? catalog.get(source.lab)?.opened : undefined;
      if (source.kind !== 'lab' || opened === this.labs.get(panel)) continue;
      panel.dispose();
      if (opened) void errors.guard(async () => void (await this.open(source)));
    }
  }

  private reveal(source: TimelineSource): TimelineSession | undefined {
    const panel = this.panels.get(JSON.stringify(source));
    panel?.reveal();
    return panel && this.sessions.get(panel);
  }

  private async revive(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = typeof state === 'object' && state !== null && 'source' in state ? state.source : undefined;
    await this.guarded(panel, async () => {
      const source = readTimelineSource(kept);
      if (source?.kind === 'lab') await this.labIsThere(source.lab);
      return source;
    });
  }

  /** An editor that VS Code has opened already shows its error in place of the timeline. */
  private async guarded(
    panel: vscode.WebviewPanel,
    find: () => Promise<TimelineSource | undefined>,
  ): Promise<void> {
    try {
      const source = await find();
      if (!source)
        throw new HumanError(l10n.t('What this timeline showed is not known any more. Open it anew.'));
      // The same by a link of a page, or twice after a reload: one is enough.
      if (this.reveal(source) ?? this.opening.get(JSON.stringify(source))) panel.dispose();
      else await this.attach(panel, source);
    } catch (error) {
      this.context.errors.report(error);
      panel.dispose();
    }
  }

  private async attach(panel: vscode.WebviewPanel, from: TimelineSource): Promise<TimelineSession> {
    const key = JSON.stringify(from);
    const session = this.begin(panel, from);
    this.opening.set(key, session);
    try {
      return await session;
    } finally {
      this.opening.delete(key);
    }
  }

  private async begin(panel: vscode.WebviewPanel, from: TimelineSource): Promise<TimelineSession> {
    const { catalog, dist, errors, replays } = this.context;
    const context: SessionContext = { replays, fail: error => errors.report(error) };
    const { webview } = panel;
    const key = JSON.stringify(from);
    let isGone = false;
    panel.onDidDispose(() => {
      isGone = true;
      if (this.panels.get(key) === panel) this.panels.delete(key);
      this.sessions.get(panel)?.dispose();
      this.sessions.delete(panel);
      this.labs.delete(panel);
    });
    const opened = from.kind === 'lab' ? catalog.get(from.lab)?.opened : undefined;
    this.labs.set(panel, opened);
    // What reads, draws and computes is a file of its own, which nobody needs before.
    const { openSession } = await import('./openSession');
    const session = await openSession(from, panel, context, this.context, this.places);
    // It was closed while its logs were read.
    if (isGone) {
      session.dispose();
      throw new Cancelled();
    }
    this.panels.set(key, panel);
    this.sessions.set(panel, session);
    panel.title = session.title;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.onDidReceiveMessage(message => void errors.guard(() => session.take(readFromTimeline(message))));
    webview.html = pageHtml(webview, dist, 'timeline', randomBytes(16).toString('hex'));
    if (opened) holdPace(opened, panel);
    this.changed.fire(session);
    return session;
  }

  /** Only links of pages that this extension has written count: a file from elsewhere could name any file. */
  private async readLink(uri: vscode.Uri): Promise<TimelineSource | undefined> {
    const inside = path.relative(this.context.storage.fsPath, uri.fsPath);
    if (uri.scheme !== 'file' || inside.startsWith('..') || path.isAbsolute(inside))
      throw new HumanError(
        l10n.t(
          'Timelines are opened from logs, labs and reports. This file was not written by Redis HA Lab.',
        ),
      );
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const source = readTimelineSource(parsedJson(text));
    const folder = path.dirname(uri.fsPath);
    return source?.kind === 'files'
      ? { ...source, files: source.files.map(file => path.resolve(folder, file)) }
      : source;
  }

  private async labIsThere(directory: string): Promise<void> {
    const { catalog } = this.context;
    if (catalog.get(directory)?.opened) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(done, findTime);
      const listening = catalog.onDidChangeList(() => {
        if (catalog.get(directory)?.opened) done();
      });
      function done(): void {
        clearTimeout(timer);
        listening.dispose();
        resolve();
      }
    });
  }

  dispose(): void {
    this.registered.dispose();
    for (const panel of this.panels.values()) panel.dispose();
    this.changed.dispose();
  }
}

/** While somebody looks, the nodes are asked steadily, as for the tree, and for what only the opinions show. */
function holdPace({ session }: OpenedLab, panel: vscode.WebviewPanel): void {
  let hold = session.hold('steady', { hellos: true });
  panel.onDidChangeViewState(() => {
    hold.dispose();
    hold = session.hold(panel.visible ? 'steady' : 'quiet', { hellos: panel.visible });
  });
  panel.onDidDispose(() => hold.dispose());
}
