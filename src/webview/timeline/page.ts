import { sceneExtent, type TimeRange } from '../../core/scene/sceneRange';
import type { Scene } from '../../core/scene/scene';
import { logWeights, rowTime, type RowWeight } from '../../core/view/logRow';
import type { FromTimeline, ToTimeline } from '../../protocol/timeline';
import { make, setText } from '../elements';
import { MatrixView } from '../opinions/matrixView';
import { TopologyView } from '../topology/topologyView';
import type { PageState } from './pageState';
import { ReplayBar } from './replayBar';
import { TableView } from './tableView';
import { TimelineView } from './timelineView';
import { Toolbar } from './toolbar';
import { putValues } from '../../core/view/putValues';

/** What the page needs from the webview around it. */
export interface PageHost {
  post(message: FromTimeline): void;
  keep(state: PageState): void;
}

type Begin = Extract<ToTimeline, { readonly type: 'begin' }>;
type Moment = Extract<ToTimeline, { readonly type: 'moment' }>;

/** What was looked at is kept once it rests, after so many milliseconds. */
const keepTime = 150;

/** A lab that has logged nothing for so long, in milliseconds, rests: its past is shown, and not how nothing happens. */
const restTime = 300_000;

/** Everything that takes in messages after the first, `begin`. */
export class Page {
  private readonly view: TimelineView;
  private readonly table: TableView;
  private readonly toolbar: Toolbar;
  private readonly replay: ReplayBar;
  private readonly matrix: MatrixView;
  private readonly topology: TopologyView;
  private readonly moment = make('p', { class: 'moment' });
  private scene: Scene | undefined;
  private cursor: number | undefined;
  private undrawn: number[] = [];
  private weight: RowWeight;
  private found: ReadonlySet<number> | undefined;
  private isTable: boolean;
  /** All marks of the past are there. */
  private isComplete = false;
  private isFilled = false;
  private keeping: number | undefined;

  constructor(
    private readonly begin: Begin,
    private readonly host: PageHost,
    private readonly kept: PageState,
  ) {
    const { texts, isLive, title, description } = begin;
    this.weight = kept.weight;
    this.isTable = kept.isTable;
    this.view = new TimelineView(texts.view, {
      onOpen: key => host.post({ type: 'open', key }),
      onDetails: key => host.post({ type: 'details', key }),
      onCursor: at => this.moveTo(at),
      onRange: () => this.rangeMoved(),
      onUnfollow: () => this.keep(),
      onDrawn: () => this.acknowledge(),
    });
    this.table = new TableView(texts.view, { onOpen: key => host.post({ type: 'open', key }) });
    this.toolbar = new Toolbar(texts.page, {
      onSearch: text => this.search(text),
      onWeight: weight => this.showWeight(weight),
      onFitAll: () => this.view.fitAll(),
      onFailover: index => this.view.fitFailover(index),
      onTable: isTable => this.showTable(isTable),
    });
    this.replay = new ReplayBar(texts.replay, isLive, { onMove: at => this.replayTo(at) });
    this.matrix = new MatrixView(texts.matrix);
    this.topology = new TopologyView(texts.topology, {
      onOpen: node => host.post({ type: 'openNode', node }),
    });
    const { page } = texts;
    document.title = title;
    document.body.append(
      make(
        'header',
        {},
        make('h1', {}, title),
        this.moment,
        ...(description === '' ? [] : [make('p', { class: 'description' }, description)]),
      ),
      this.toolbar.element,
      section('timeline', page.timeline, this.view.element, this.table.element),
      this.replay.element,
      make(
        'div',
        { class: 'below' },
        section('opinions', page.opinions, make('h2', {}, page.opinions), this.matrix.element),
        section('topology', page.topology, make('h2', {}, page.topology), this.topology.element),
      ),
    );
    document.body.dataset['live'] = String(isLive);
    this.toolbar.show(kept.words, kept.weight, kept.isTable);
    this.view.setLive(isLive);
    this.showFilter();
    this.showTable(kept.isTable);
    if (kept.words !== '') this.search(kept.words);
    if (kept.cursor !== undefined) this.moveTo(kept.cursor);
    document.addEventListener('keydown', event => this.onKey(event));
  }

  take(message: ToTimeline): void {
    switch (message.type) {
      case 'begin':
        return;
      case 'scene':
        this.showScene(message.scene);
        return;
      case 'resetMarks':
        this.view.resetMarks();
        return;
      case 'marks':
        this.undrawn.push(message.batch);
        this.view.addMarks(message.marks);
        this.showRange();
        this.fillTable();
        this.isComplete ||= message.isLast;
        this.firstLook();
        return;
      case 'steps':
        this.replay.setSteps(message.times);
        return;
      case 'moment':
        this.showMoment(message);
        return;
      case 'details':
        this.view.showDetails(message.key, message.parts);
        return;
      case 'found':
        this.found = message.keys === null ? undefined : new Set(message.keys);
        this.toolbar.showFound(this.found?.size);
        this.showFilter();
        return;
      case 'foundMore':
        if (!this.found) return;
        this.found = new Set([...this.found, ...message.keys]);
        this.toolbar.showFound(this.found.size);
        this.showFilter();
        return;
      case 'moveTo':
        this.moveTo(message.at ?? undefined);
        return;
      case 'askPicture':
        void this.sendPicture(message.format);
    }
  }

  private showScene(scene: Scene): void {
    this.scene = scene;
    this.view.setScene(scene);
    this.toolbar.showFailovers(scene.failovers.map(({ text }) => text));
    this.showRange();
    this.fillTable();
    this.firstLook();
  }

  /** At first a lab that runs is followed, and else all is in sight; of logs that tell of one failover, that. After a reload, what was in sight before. */
  private firstLook(): void {
    if (this.isFilled || !this.isComplete || !this.scene || this.bounds.to === 0) return;
    this.isFilled = true;
    const { range } = this.kept;
    if (range) this.view.range = range;
    else if (this.begin.isLive)
      this.view.setFollow(this.cursor === undefined && this.bounds.to - this.newest < restTime);
    else if (this.scene.failovers.length === 1) this.view.fitFailover(0);
    else this.view.fitAll();
    this.keep();
  }

  private showRange(): void {
    const { from, to } = this.bounds;
    this.replay.setRange(from, to);
  }

  private get newest(): number {
    return sceneExtent(this.view.scene, this.view.marks)?.to ?? 0;
  }

  /** What there is to move through; of a lab that runs, up to now. */
  private get bounds(): TimeRange {
    const now = this.begin.isLive ? Date.now() : undefined;
    return sceneExtent(this.view.scene, this.view.marks, now) ?? { from: 0, to: 0 };
  }

  private showMoment({ at, lab, description, matrix, topology }: Moment): void {
    const { texts, isLive } = this.begin;
    const { page } = texts;
    const text =
      at === null
        ? putValues(isLive ? page.now : page.atEnd, description)
        : putValues(page.moment, rowTime(at, this.bounds.to), description);
    setText(this.moment, text);
    this.matrix.show(matrix);
    this.topology.show(topology, lab);
  }

  /** Who goes back to now wants to see what comes. */
  private replayTo(at: number | undefined): void {
    if (at === undefined && this.begin.isLive) this.view.setFollow(true);
    this.moveTo(at);
  }

  private moveTo(at: number | undefined): void {
    this.cursor = at;
    // The past stands still while it is looked at.
    if (at !== undefined) this.view.setFollow(false);
    this.view.setCursor(at);
    this.replay.setCursor(at);
    this.host.post({ type: 'cursor', at: at ?? null });
    this.keep();
  }

  private rangeMoved(): void {
    this.toolbar.forgetFailover();
    this.keep();
  }

  private search(text: string): void {
    this.host.post({ type: 'search', text });
    this.keep();
  }

  private showWeight(weight: RowWeight): void {
    this.weight = weight;
    this.showFilter();
    this.keep();
  }

  private showFilter(): void {
    this.view.setFilter({
      hidden: new Set(),
      weightAtLeast: logWeights.indexOf(this.weight),
      found: this.found,
    });
    this.fillTable();
  }

  private showTable(isTable: boolean): void {
    this.isTable = isTable;
    this.view.element.hidden = isTable;
    this.table.element.hidden = !isTable;
    this.fillTable();
    this.keep();
  }

  private fillTable(): void {
    if (this.isTable) this.table.show(this.view.scene, this.view.marks, this.view.shownFilter);
  }

  private keep(): void {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      this.host.keep({
        source: this.begin.source,
        // Until it was looked at for the first time, what was kept before stays.
        range: this.isFilled ? this.shownRange : this.kept.range,
        cursor: this.cursor,
        weight: this.weight,
        words: this.toolbar.words.value,
        isTable: this.isTable,
      });
    }, keepTime);
  }

  private get shownRange(): TimeRange | undefined {
    return this.view.isFollowing ? undefined : this.view.range;
  }

  /** Marks that are drawn now were sent a moment ago: their batch is told back, once. */
  private acknowledge(): void {
    const batch = this.undrawn.at(-1);
    this.undrawn = [];
    if (batch !== undefined) this.host.post({ type: 'drawn', batch });
  }

  private async sendPicture(format: 'svg' | 'png'): Promise<void> {
    const { title } = this.begin;
    const description = this.moment.textContent ?? '';
    const content =
      format === 'svg' ? this.view.svg({ title, description }) : await base64(await this.view.png());
    this.host.post({ type: 'picture', format, content });
  }

  private onKey(event: KeyboardEvent): void {
    // Who has the focus has taken it.
    if (event.defaultPrevented) return;
    const { key, ctrlKey, metaKey, target } = event;
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'f') {
      this.toolbar.words.focus();
      this.toolbar.words.select();
      event.preventDefault();
    } else if (key === 'Escape' && target === this.toolbar.words) {
      this.view.focus();
    } else if (key === ' ' && !isTyping && !(target instanceof HTMLButtonElement)) {
      this.replay.toggle();
      event.preventDefault();
    }
  }
}

function section(name: string, label: string, ...children: readonly Node[]): HTMLElement {
  return make('section', { class: name, 'aria-label': label }, ...children);
}

/** Bytes as text that a message can carry. */
async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
