import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { sceneMarks } from '../../core/scene/sceneMarks';
import { opinionMatrix } from '../../core/view/opinionMatrix';
import { labDescription } from '../../core/view/labRows';
import { topologyOf } from '../../core/view/topology';
import type { LogEntry } from '../../lab/logEntry';
import type { FromTimeline, ToTimeline } from '../../protocol/timeline';
import { openLogLine } from '../logPanel/openLogLine';
import { detailsOf } from '../logPanel/panelRows';
import { foundEntries } from './foundEntries';
import type { Replays } from './replays';
import type { SceneSource } from './sceneSource';
import { timelineTexts } from './timelineTexts';
import { Throttle } from './throttle';

/** Marks go in messages of this size, so that the window stays responsive in between. */
const marksAMessage = 10_000;
/** The tree and the views beside the timeline follow at this pace, in milliseconds. */
const momentPace = 100;

/** The page keeps so many marks. */
const mostMarks = 200_000;
/** The page answers within this time, in milliseconds, or it is not there. */
const answerTime = 10_000;
/** It is asked again this often, in milliseconds. */
const askPace = 1_000;

/** What a session needs of those around it. */
export interface SessionContext {
  readonly replays: Replays;
  readonly fail: (error: unknown) => void;
}

/** The editor of a timeline, as far as its session needs it. */
export type SessionPanel = Pick<
  vscode.WebviewPanel,
  'webview' | 'visible' | 'reveal' | 'onDidChangeViewState'
>;

/**
 * One timeline and its page. The page is made anew whenever it comes into sight; it gets everything again then, and knows by itself
 * where the person was.
 */
export class TimelineSession implements vscode.Disposable {
  private readonly listening: readonly vscode.Disposable[];
  private readonly moments = new Throttle(momentPace, () => this.sendMoment());
  private readonly drawn = new vscode.EventEmitter<number>();
  private readonly byKey = new Map<number, LogEntry>();
  private cursor: number | undefined;
  private isReady = false;
  private isDisposed = false;
  private batch = 0;
  /** The page gets everything there is; what comes meanwhile is part of it. */
  private isFilling = false;
  private isMakingScene = false;
  private wantsScene = false;
  private words = '';
  private searches = 0;
  /** The last moment that the tree and the log panel were told. */
  private told: number | undefined;
  private onPicture: ((picture: Extract<FromTimeline, { readonly type: 'picture' }>) => void) | undefined;

  constructor(
    readonly source: SceneSource,
    private readonly panel: SessionPanel,
    private readonly context: SessionContext,
  ) {
    this.listening = [
      source,
      panel.onDidChangeViewState(() => {
        // A page that was hidden is mostly made anew, and asks for everything; one that was not gets what it missed.
        if (!panel.visible) return;
        void this.sendScene();
        this.moments.ask();
      }),
      source.onDidAppend(entries => {
        if (this.isFilling) return;
        this.sendMarks(entries, true);
        void this.searchMore(entries);
      }),
      source.onDidChangeScene(() => void this.sendScene()),
      source.onDidChangeState(() => {
        if (this.cursor === undefined) this.moments.ask();
      }),
    ];
    if (!source.isLive) {
      context.replays.openLog({
        lab: source.id,
        title: source.title,
        nodes: source.state(undefined).lab.nodes.map(({ name }) => name),
        entries: source.entries(),
      });
      this.follow();
    }
  }

  /** The name of its tab. */
  get title(): string {
    return l10n.t('Timeline: {0}', this.source.title);
  }

  /** The page has drawn the marks of a batch; batches count up. */
  readonly onDidDraw = this.drawn.event;

  /** The last batch of marks that was sent. */
  get lastBatch(): number {
    return this.batch;
  }

  /** The moment of the cursor in milliseconds since 1970; undefined: now, or the end of what is over. */
  get at(): number | undefined {
    return this.cursor;
  }

  /** Moves the cursor of the page. */
  moveTo(at: number | undefined): void {
    this.send({ type: 'moveTo', at: at ?? null });
  }

  /** Writes the picture as it is shown: PNG where the name ends so, else SVG. */
  async savePicture(target: vscode.Uri): Promise<void> {
    this.panel.reveal();
    const format = target.path.toLowerCase().endsWith('.png') ? 'png' : 'svg';
    const content = await this.picture(format);
    const bytes = Buffer.from(content, format === 'png' ? 'base64' : 'utf8');
    await vscode.workspace.fs.writeFile(target, bytes);
    await vscode.commands.executeCommand('vscode.open', target);
  }

  private get isLookedAt(): boolean {
    return this.isReady && this.panel.visible && !this.isDisposed;
  }

  /** SVG text, or PNG bytes in base64. */
  private async picture(format: 'svg' | 'png'): Promise<string> {
    // A page that has just come into sight does not hear the first time.
    const asking = setInterval(() => this.send({ type: 'askPicture', format }), askPace);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        const text = l10n.t('The timeline is not in sight. Show it, and export it again.');
        timer = setTimeout(() => reject(new HumanError(text)), answerTime);
        this.onPicture = picture => resolve(picture.content);
        this.send({ type: 'askPicture', format });
      });
    } finally {
      clearInterval(asking);
      clearTimeout(timer);
    }
  }

  async take(message: FromTimeline | undefined): Promise<void> {
    switch (message?.type) {
      case 'ready':
        return this.begin();
      case 'drawn':
        return this.drawn.fire(message.batch);
      case 'open': {
        const entry = this.byKey.get(message.key);
        if (entry) await openLogLine(entry);
        return;
      }
      case 'details': {
        const entry = this.byKey.get(message.key);
        if (entry) this.send({ type: 'details', key: message.key, parts: detailsOf(entry) });
        return;
      }
      case 'search':
        return this.search(message.text);
      case 'cursor':
        this.cursor = message.at ?? undefined;
        this.moments.ask();
        return;
      case 'openNode':
        return this.openLog(message.node);
      case 'picture':
        return this.onPicture?.(message);
      case undefined:
        return;
    }
  }

  private async begin(): Promise<void> {
    const { source } = this;
    this.isReady = true;
    this.isFilling = true;
    this.send({
      type: 'begin',
      texts: timelineTexts(),
      source: source.source,
      title: source.title,
      description: source.description,
      isLive: source.isLive,
    });
    await this.sendScene();
    const entries = source.entries();
    this.byKey.clear();
    this.send({ type: 'resetMarks' });
    for (let from = 0; from < entries.length; from += marksAMessage)
      this.sendMarks(entries.slice(from, from + marksAMessage), from + marksAMessage >= entries.length);
    if (entries.length === 0) this.sendMarks([], true);
    this.isFilling = false;
    if (this.cursor !== undefined) this.moveTo(this.cursor);
    this.sendMoment();
  }

  /** An answer that was overtaken by another search is not sent. */
  private async search(text: string): Promise<void> {
    this.words = text;
    const count = ++this.searches;
    const found = await foundEntries(this.source.entries(), text);
    if (count === this.searches) this.send({ type: 'found', keys: found?.map(({ key }) => key) ?? null });
  }

  /** What is new is looked at with the same words. */
  private async searchMore(entries: readonly LogEntry[]): Promise<void> {
    const found = await foundEntries(entries, this.words);
    if (found && found.length > 0) this.send({ type: 'foundMore', keys: found.map(({ key }) => key) });
  }

  /** Opens the log of a node where the cursor is. */
  private async openLog(node: string): Promise<void> {
    const { cursor = Infinity, source } = this;
    const entry = source.entries().findLast(({ node: writer, at }) => writer === node && at <= cursor);
    if (!entry) throw new HumanError(l10n.t('{0} had logged nothing by then.', node), { node });
    await openLogLine(entry);
  }

  /** Scenes are made one after the other, and only while somebody looks. */
  private async sendScene(): Promise<void> {
    this.wantsScene = true;
    if (this.isMakingScene) return;
    this.isMakingScene = true;
    try {
      while (this.wantsScene && this.isLookedAt) {
        this.wantsScene = false;
        this.send({ type: 'scene', scene: await this.source.scene() });
        this.send({ type: 'steps', times: this.source.steps() });
      }
    } catch (error) {
      this.context.fail(error);
    } finally {
      this.isMakingScene = false;
    }
  }

  private sendMarks(entries: readonly LogEntry[], isLast: boolean): void {
    if (!this.isReady) return;
    for (const entry of entries) this.byKey.set(entry.key, entry);
    for (const key of this.byKey.keys()) {
      if (this.byKey.size <= mostMarks) break;
      this.byKey.delete(key);
    }
    const unknown = l10n.t('other message');
    const marks = sceneMarks(
      entries.map(({ key, at, node, weight, record }) => ({
        key,
        at,
        node,
        weight,
        // Ids of messages are words with dashes between them.
        name: record.said?.event ?? record.said?.id.replaceAll('-', ' ') ?? unknown,
      })),
    );
    this.send({ type: 'marks', marks, batch: ++this.batch, isLast });
  }

  private sendMoment(): void {
    if (this.isDisposed) return;
    const { source, cursor } = this;
    if (this.isLookedAt) {
      const state = source.state(cursor);
      const at = cursor ?? source.end ?? Date.now();
      this.send({
        type: 'moment',
        at: cursor ?? null,
        lab: source.isLive && cursor === undefined ? source.id : '',
        description: labDescription(state),
        matrix: opinionMatrix(state, at),
        topology: topologyOf(state, at),
      });
    }
    this.follow();
  }

  /** The tree and the log panel show the moment of the cursor. */
  private follow(): void {
    const { source, cursor } = this;
    const { replays } = this.context;
    if (cursor === undefined && source.isLive) {
      replays.hide(replayId(source.id));
    } else {
      const at = cursor ?? source.end ?? Date.now();
      replays.show({ id: replayId(source.id), title: source.title, state: source.state(at), at });
    }
    if (cursor === this.told) return;
    this.told = cursor;
    replays.move({ lab: source.id, at: cursor });
  }

  private send(message: ToTimeline): void {
    if (this.isReady && !this.isDisposed) void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    this.isDisposed = true;
    this.moments.dispose();
    for (const listener of this.listening) listener.dispose();
    const { replays } = this.context;
    replays.hide(replayId(this.source.id));
    if (this.told !== undefined) replays.move({ lab: this.source.id, at: undefined });
    if (!this.source.isLive) replays.closeLog(this.source.id);
    this.drawn.dispose();
  }
}

/** Unlike the id of any lab in the tree, which is a folder. */
function replayId(id: string): string {
  return `replay ${id}`;
}
