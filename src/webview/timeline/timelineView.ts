import './timelineView.css';
import { frameOf } from '../../core/scene/frame';
import { layoutScene } from '../../core/scene/layoutScene';
import { MarkColumns, type MarkPlace } from '../../core/scene/markColumns';
import { nearestMark, nextMark } from '../../core/scene/nextMark';
import type { Scene, SceneMarks } from '../../core/scene/scene';
import { everything, type SceneFilter } from '../../core/scene/sceneFilter';
import { indexScene } from '../../core/scene/sceneIndex';
import {
  clamp,
  fit,
  fitFailover,
  pan,
  reveal,
  sceneExtent,
  zoom,
  type TimeRange,
} from '../../core/scene/sceneRange';
import { sceneSvg, type PictureWords } from '../../core/scene/sceneSvg';
import type { SceneView } from '../../core/scene/sceneView';
import { put } from '../../core/scene/sceneWords';
import { targetAt, type Palette, type ScenePicture, type Target } from '../../core/scene/shape';
import { rowTime } from '../../core/view/logRow';
import type { DetailPart } from '../../protocol/logPanel';
import type { TimelineViewTexts } from '../../protocol/timelineViewTexts';
import { make } from '../elements';
import { fontOf, paintPicture } from './canvasPainter';
import { Pointer } from './pointer';
import { targetWords, type TargetWords } from './targetWords';
import { themePalette, watchTheme } from './themePalette';
import { Tooltip } from './tooltip';

/** What a person does with the timeline, and what becomes of it. */
export interface TimelineEvents {
  /** The log is to be opened at the line of this key. */
  onOpen(key: number): void;
  /** Texts about this line are wanted: `showDetails` takes them. */
  onDetails(key: number): void;
  onCursor(at: number): void;
  onRange(range: TimeRange): void;
  /** The person looked elsewhere, so that new events are not followed any more. */
  onUnfollow(): void;
  /** Everything that was given so far is to be seen. */
  onDrawn(): void;
}

const emptyScene: Scene = {
  lanes: [],
  roles: [],
  downs: [],
  syncs: [],
  bars: [],
  failovers: [],
  phases: [],
  votes: [],
};

/** So much time is seen while events are followed and nobody has chosen a range, in milliseconds. */
const followedTime = 60_000;
/** What lasts grows this often while it is looked at, in milliseconds. */
const beat = 250;
/** Texts about what is under the pointer are asked for after it has rested so long, in milliseconds. */
const restTime = 80;

interface Chosen {
  readonly lane: string;
  readonly at: number;
  readonly key: number;
}

/** The timeline: a canvas that is drawn at most once for each picture of the screen, and only where something has changed. */
export class TimelineView {
  readonly element: HTMLElement;
  private readonly canvas = make('canvas', { 'aria-hidden': 'true' });
  private readonly space = make('div', { class: 'timeline-space' }, this.canvas);
  private readonly scroller: HTMLElement;
  private readonly said = make('div', { class: 'said', role: 'status' });
  private readonly tip = new Tooltip();
  private readonly pointer: Pointer;
  readonly marks = new MarkColumns();
  private index = indexScene(emptyScene);
  private filter = everything;
  private chosenRange: TimeRange | undefined;
  private cursor: number | undefined;
  private follows = false;
  private isLive = false;
  private chosen: Chosen | undefined;
  private lane: string | undefined;
  /** Whose texts are waited for. */
  private asked: number | undefined;
  private picture: ScenePicture | undefined;
  private palette: Palette | undefined;
  private family = '';
  private fontSize = 13;
  private width = 0;
  private readonly widths = new Map<string, number>();
  private frame: number | undefined;
  private beating: number | undefined;
  private resting: number | undefined;
  private hovered: Target | undefined;

  constructor(
    private readonly texts: TimelineViewTexts,
    private readonly events: TimelineEvents,
  ) {
    const help = make('p', { id: 'timeline-help', class: 'said' }, texts.help);
    this.scroller = make(
      'div',
      {
        class: 'timeline-scroller',
        tabindex: '0',
        role: 'application',
        'aria-label': texts.name,
        'aria-roledescription': texts.kind,
        'aria-describedby': 'timeline-help',
      },
      this.space,
    );
    this.pointer = new Pointer(this.canvas, {
      onZoom: (factor, x) => this.zoomAt(factor, x),
      onPan: (dx, dy) => this.panBy(dx, dy),
      onBrush: (from, to) => this.look({ from: this.timeAt(from), to: this.timeAt(to) }),
      onClick: (x, y) => this.click(x, y),
      onDoubleClick: (x, y) => this.doubleClick(x, y),
      onHover: (x, y) => this.hover(x, y),
      onLeave: () => this.leave(),
      isBrushPlace: (x, y) => x > (this.picture?.left ?? 0) && y < (this.picture?.head ?? 0),
    });
    this.element = make(
      'div',
      { class: 'timeline' },
      make('div', { class: 'timeline-stage' }, this.scroller, this.pointer.brush, this.tip.element),
      make('p', { class: 'timeline-legend', 'aria-hidden': 'true' }, texts.legend),
      help,
      this.said,
    );
    this.scroller.addEventListener('keydown', event => this.onKey(event));
    this.scroller.addEventListener('scroll', () => this.draw());
    this.scroller.addEventListener('focus', () => this.draw());
    this.scroller.addEventListener('blur', () => {
      this.leave();
      this.draw();
    });
    new ResizeObserver(() => this.measureStage()).observe(this.scroller);
    watchTheme(() => {
      this.palette = undefined;
      this.measureStage();
    });
  }

  // ---- what is shown ----

  get scene(): Scene {
    return this.index.scene;
  }

  get shownFilter(): SceneFilter {
    return this.filter;
  }

  setScene(scene: Scene): void {
    this.index = indexScene(scene);
    this.draw();
  }

  addMarks(marks: SceneMarks): void {
    this.marks.add(marks);
    this.draw();
  }

  resetMarks(): void {
    this.marks.clear();
    this.draw();
  }

  setFilter(filter: SceneFilter): void {
    this.filter = filter;
    this.draw();
  }

  /** Shows the moment that is looked at; undefined: none. It is brought into sight. */
  setCursor(at: number | undefined): void {
    this.cursor = at;
    if (at !== undefined) this.chosenRange = reveal(this.range, at);
    this.draw();
  }

  /** Bars that last go to the machine's clock; else to the end of everything. */
  setLive(isLive: boolean): void {
    this.isLive = isLive;
    this.draw();
  }

  /** The right edge stays at now. */
  setFollow(follows: boolean): void {
    this.follows = follows;
    this.draw();
  }

  get isFollowing(): boolean {
    return this.follows;
  }

  fitAll(): void {
    const extent = this.extent;
    this.look(fit(extent ?? this.fallback));
  }

  /** Puts a failover into sight, counted from 0. */
  fitFailover(index: number): void {
    const failover = this.index.scene.failovers[index];
    if (failover) this.look(fitFailover(failover));
  }

  get range(): TimeRange {
    return this.chosenRange ?? fit(this.extent ?? this.fallback);
  }

  set range(range: TimeRange) {
    this.chosenRange = range;
    this.draw();
  }

  /** Texts about a line that `onDetails` asked for. */
  showDetails(key: number, parts: readonly DetailPart[]): void {
    if (key !== this.asked || !this.tip.isShown) return;
    this.tip.showDetails(parts);
    const [first] = parts;
    if (first && this.chosen?.key === key) this.say(first.text);
  }

  /** All lanes of the range that is seen, as a picture that stands for itself. */
  svg(words: PictureWords): string {
    return sceneSvg(this.wholePicture(), this.colors, words);
  }

  /** The same as pixels, two for each px. */
  async png(): Promise<Blob> {
    const picture = this.wholePicture();
    const canvas = make('canvas');
    canvas.width = Math.round(picture.width * 2);
    canvas.height = Math.round(picture.height * 2);
    const context = canvas.getContext('2d');
    context?.scale(2, 2);
    if (context) paintPicture(context, picture, this.colors, this.family);
    return new Promise((resolve, reject) => {
      canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))));
    });
  }

  focus(): void {
    this.scroller.focus();
  }

  // ---- drawing ----

  private draw(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.drawNow();
      this.events.onDrawn();
      this.keepBeat();
    });
  }

  private drawNow(): void {
    if (this.width === 0) this.readStage();
    if (this.width <= 0) return;
    this.follow();
    const frame = frameOf(this.index, this.marks, this.view(0, 0), this.texts);
    const height = `${frame.fullHeight}px`;
    if (this.space.style.height !== height) this.space.style.height = height;
    const seen = Math.min(this.scroller.clientHeight, frame.fullHeight);
    this.picture = layoutScene(this.index, this.marks, this.view(seen, this.scroller.scrollTop), this.texts);
    this.paint(this.picture);
  }

  private paint(picture: ScenePicture): void {
    const { canvas } = this;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(picture.width * ratio);
    const height = Math.round(picture.height * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${picture.width}px`;
      canvas.style.height = `${picture.height}px`;
    }
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintPicture(context, picture, this.colors, this.family);
  }

  private view(height: number | undefined, top: number): SceneView {
    const { chosen } = this;
    return {
      ...this.range,
      width: this.width,
      height,
      top,
      fontSize: this.fontSize,
      measure: this.measure,
      now: this.now,
      cursor: this.cursor,
      filter: this.filter,
      selected: chosen && this.marks.find(chosen.lane, chosen.at, chosen.key),
      lane: document.activeElement === this.scroller ? this.lane : undefined,
    };
  }

  private wholePicture(): ScenePicture {
    if (this.width === 0) this.readStage();
    const view = { ...this.view(undefined, 0), lane: undefined, width: Math.max(this.width, 640) };
    return layoutScene(this.index, this.marks, view, this.texts);
  }

  private readonly measure = (text: string, isBold: boolean): number => {
    const name = isBold ? `*${text}` : text;
    const known = this.widths.get(name);
    if (known !== undefined) return known;
    const context = this.canvas.getContext('2d', { alpha: false });
    if (!context) return text.length * this.fontSize * 0.6;
    context.font = fontOf(this.fontSize, isBold, this.family);
    const { width } = context.measureText(text);
    // Times of the axis come and go.
    if (this.widths.size > 2_000) this.widths.clear();
    this.widths.set(name, width);
    return width;
  };

  private get colors(): Palette {
    return (this.palette ??= themePalette(this.element));
  }

  private measureStage(): void {
    this.readStage();
    this.draw();
  }

  private readStage(): void {
    const { fontSize, fontFamily } = getComputedStyle(this.element);
    const size = parseFloat(fontSize) || 13;
    if (size !== this.fontSize || fontFamily !== this.family) this.widths.clear();
    this.fontSize = size;
    this.family = fontFamily;
    this.width = this.scroller.clientWidth;
  }

  private get now(): number {
    return this.isLive ? Date.now() : (this.extent?.to ?? 0);
  }

  private get extent(): TimeRange | undefined {
    return sceneExtent(this.index.scene, this.marks, this.isLive ? Date.now() : undefined);
  }

  private get fallback(): TimeRange {
    const now = Date.now();
    return { from: now - followedTime, to: now };
  }

  /** Moves on with the clock, by whole pixels. */
  private follow(): void {
    if (!this.follows || this.pointer.isDragging) return;
    const { from, to } = this.chosenRange ?? this.fallback;
    const length = to - from;
    const end = Date.now() + length * 0.03;
    this.chosenRange = { from: end - length, to: end };
  }

  private keepBeat(): void {
    const isMoving = this.isLive && (this.follows || this.range.to > Date.now());
    if (!isMoving || this.beating !== undefined) return;
    const { from, to } = this.range;
    const pause = Math.min(Math.max((to - from) / this.width, beat), 5_000);
    this.beating = setTimeout(() => {
      this.beating = undefined;
      this.draw();
    }, pause);
  }

  // ---- moving ----

  /** Looks at a range because a person wants to. */
  private look(range: TimeRange, keepsFollowing = false): void {
    if (this.follows && !keepsFollowing) {
      this.follows = false;
      this.events.onUnfollow();
    }
    this.chosenRange = clamp(range, this.extent ?? this.fallback);
    this.leave();
    this.draw();
    this.events.onRange(this.chosenRange);
  }

  private zoomAt(factor: number, x: number): void {
    const around = this.follows ? this.range.to : this.timeAt(x);
    this.look(zoom(this.range, factor, around), this.follows);
  }

  private panBy(dx: number, dy: number): void {
    if (dy !== 0) this.scroller.scrollTop -= dy;
    if (dx !== 0) this.look(pan(this.range, -dx * this.millisecondsPerPx));
  }

  private get millisecondsPerPx(): number {
    const { from, to } = this.range;
    return (to - from) / this.plotWidth;
  }

  private get plotWidth(): number {
    return Math.max(1, this.width - (this.picture?.left ?? 0) - Math.round(this.fontSize * 0.6));
  }

  private timeAt(x: number): number {
    return this.range.from + (x - (this.picture?.left ?? 0)) * this.millisecondsPerPx;
  }

  // ---- the pointer ----

  private click(x: number, y: number): void {
    const target = this.picture && targetAt(this.picture, x, y);
    if (target?.of.type === 'mark') {
      const { lane, key } = target.of;
      const place = this.placeOf(target.of);
      if (place) this.choose(lane, place, key);
    } else if (this.picture && x >= this.picture.left) {
      const { from, to } = this.range;
      const at = Math.min(Math.max(this.timeAt(x), from), to);
      this.chosen = undefined;
      this.moveCursor(at);
    }
  }

  private placeOf({ lane, key, first, end }: Extract<Target['of'], { type: 'mark' }>): MarkPlace | undefined {
    const list = this.marks.of(lane);
    for (let index = first; index < Math.min(end, list?.count ?? 0); index++)
      if (list?.key[index] === key) return { lane, index };
    return undefined;
  }

  private doubleClick(x: number, y: number): void {
    const target = this.picture && targetAt(this.picture, x, y);
    if (target?.of.type === 'mark') this.events.onOpen(target.of.key);
    else this.fitAround(this.timeAt(x));
  }

  /** The failover of a moment; everything, where none is or where it fills the picture already. */
  private fitAround(at: number): void {
    const near = this.millisecondsPerPx * this.fontSize;
    const { failovers } = this.index.scene;
    const index = failovers.findIndex(({ from, to }) => at >= from - near && at <= to + near);
    const failover = failovers[index];
    const wanted = failover && clamp(fitFailover(failover), this.extent ?? this.fallback);
    const { from, to } = this.range;
    if (!wanted || (Math.abs(wanted.from - from) < near && Math.abs(wanted.to - to) < near)) this.fitAll();
    else this.look(wanted);
  }

  private hover(x: number, y: number): void {
    const target = this.picture && targetAt(this.picture, x, y);
    this.canvas.style.cursor =
      target?.of.type === 'mark' ? 'pointer' : y < (this.picture?.head ?? 0) ? 'col-resize' : '';
    if (target && this.hovered && isSame(target, this.hovered)) return;
    this.leave();
    this.hovered = target;
    if (!target) return;
    const words = this.wordsOf(target);
    if (!words) return;
    // Bars are long: beside the pointer; marks are small: beside the mark.
    const isMark = target.of.type === 'mark';
    const place = isMark
      ? { x: target.x + target.width / 2, y: target.y, height: target.height }
      : { x, y, height: 8 };
    this.tip.show(words, place, this.room);
    if (target.of.type !== 'mark') return;
    const { key } = target.of;
    this.resting = setTimeout(() => this.ask(key), restTime);
  }

  private leave(): void {
    clearTimeout(this.resting);
    this.hovered = undefined;
    this.tip.hide();
  }

  private ask(key: number): void {
    this.asked = key;
    this.events.onDetails(key);
  }

  private wordsOf({ of }: Target): TargetWords | undefined {
    const { marks, filter, texts, now } = this;
    return targetWords(of, { scene: this.index.scene, marks, filter, texts, now });
  }

  private get room(): { readonly width: number; readonly height: number } {
    return { width: this.width, height: this.picture?.height ?? 0 };
  }

  // ---- the keyboard ----

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.pressed(event)) event.preventDefault();
  }

  private pressed({ key, shiftKey }: KeyboardEvent): boolean {
    const middle = (this.range.from + this.range.to) / 2;
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const step = key === 'ArrowRight' ? 1 : -1;
        if (shiftKey) this.panBy(-step * this.plotWidth * 0.2, 0);
        else this.step(step);
        return true;
      }
      case 'ArrowUp':
      case 'ArrowDown':
        this.stepLane(key === 'ArrowDown' ? 1 : -1);
        return true;
      case 'PageUp':
      case 'PageDown':
        this.panBy(this.plotWidth * (key === 'PageUp' ? 0.8 : -0.8), 0);
        this.sayRange();
        return true;
      case 'Home':
      case 'End':
        this.chooseNext(key === 'Home' ? -Infinity : Infinity, key === 'Home' ? 1 : -1);
        return true;
      case '+':
      case '=':
      case '-': {
        const around = this.chosen?.at ?? this.cursor ?? middle;
        const { from, to } = this.range;
        const isSeen = around >= from && around <= to;
        this.look(zoom(this.range, key === '-' ? 1.5 : 1 / 1.5, isSeen ? around : middle), false);
        this.sayRange();
        return true;
      }
      case '0':
        this.fitAll();
        this.sayRange();
        return true;
      case 'f':
      case 'F':
        this.fitNearest(this.chosen?.at ?? this.cursor ?? middle);
        return true;
      case 'Enter':
        if (this.chosen) this.events.onOpen(this.chosen.key);
        return true;
      case ' ':
        if (this.chosen) this.moveCursor(this.chosen.at);
        return true;
      case 'Escape':
        // What is open goes first; nothing open: the key is meant for somebody else.
        if (!this.tip.isShown && !this.chosen && !this.pointer.isDragging) return false;
        this.pointer.end();
        this.leave();
        this.chosen = undefined;
        this.draw();
        return true;
      default:
        return false;
    }
  }

  private step(step: 1 | -1): void {
    const { chosen } = this;
    const place = chosen && this.marks.find(chosen.lane, chosen.at, chosen.key);
    const { from, to } = this.range;
    // The first in sight, when none is chosen.
    this.chooseNext(place ?? this.cursor ?? (step === 1 ? from : to), step);
  }

  private chooseNext(from: MarkPlace | number, step: 1 | -1): void {
    const lanes = this.index.scene.lanes.map(({ id }) => id);
    const place = nextMark(this.marks, lanes, this.filter, from, step);
    if (place) this.choosePlace(place);
    else this.say(this.texts.noFurther);
  }

  private stepLane(step: 1 | -1): void {
    const lanes = this.index.scene.lanes.filter(({ id }) => !this.filter.hidden.has(id));
    const current = lanes.findIndex(({ id }) => id === this.lane);
    const lane = lanes[Math.min(Math.max(current < 0 ? 0 : current + step, 0), lanes.length - 1)];
    if (!lane) return;
    this.lane = lane.id;
    const { from, to } = this.range;
    const place = nearestMark(
      this.marks,
      lane.id,
      this.chosen?.at ?? this.cursor ?? (from + to) / 2,
      this.filter,
    );
    if (place) this.choosePlace(place);
    else {
      this.chosen = undefined;
      this.leave();
      this.say(put(this.texts.noneInLane, lane.label));
      this.scrollToLane();
      this.draw();
    }
  }

  private choosePlace({ lane, index }: MarkPlace): void {
    const key = this.marks.of(lane)?.key[index];
    if (key !== undefined) this.choose(lane, { lane, index }, key);
  }

  /** Selects a mark, brings it into sight and shows what it says. */
  private choose(lane: string, { index }: MarkPlace, key: number): void {
    const list = this.marks.of(lane);
    const at = list?.at[index];
    if (!list || at === undefined) return;
    this.chosen = { lane, at, key };
    this.lane = lane;
    const { from, to } = this.range;
    if (at < from || at > to) this.look(reveal(this.range, at));
    this.scrollToLane();
    // What is shown beside it needs its place, so it is drawn at once.
    this.drawNow();
    const words = this.wordsOf({
      of: { type: 'mark', lane, key, count: 1, first: index, end: index + 1 },
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    });
    const box = this.picture?.targets.find(
      ({ of }) => of.type === 'mark' && of.lane === lane && of.first <= index && index < of.end,
    );
    if (!words || !box) return;
    this.leave();
    this.tip.show(words, { x: box.x + box.width / 2, y: box.y, height: box.height }, this.room);
    this.say([words.heading, ...words.lines].join('. '));
    this.ask(key);
    this.draw();
  }

  private scrollToLane(): void {
    const frame = frameOf(this.index, this.marks, this.view(0, 0), this.texts);
    const box = this.lane === undefined ? undefined : frame.laneOf.get(this.lane);
    if (!box) return;
    const { scrollTop, clientHeight } = this.scroller;
    const top = box.top - frame.head;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (box.top + box.height > scrollTop + clientHeight)
      this.scroller.scrollTop = box.top + box.height - clientHeight;
  }

  private fitNearest(at: number): void {
    const { failovers } = this.index.scene;
    const distance = ({ from, to }: TimeRange): number => Math.max(from - at, at - to, 0);
    const nearest = failovers.reduce<number>((best, failover, index) => {
      const current = failovers[best];
      return !current || distance(failover) < distance(current) ? index : best;
    }, -1);
    const failover = failovers[nearest];
    if (!failover) return;
    this.fitFailover(nearest);
    this.say(failover.text);
  }

  private moveCursor(at: number): void {
    this.cursor = at;
    this.leave();
    this.draw();
    this.say(put(this.texts.cursorAt, rowTime(at, at)));
    this.events.onCursor(at);
  }

  private sayRange(): void {
    const { from, to } = this.range;
    this.say(put(this.texts.range, rowTime(from, from), rowTime(to, to)));
  }

  private say(text: string): void {
    this.said.textContent = text;
  }
}

function isSame(a: Target, b: Target): boolean {
  if (a.of.type === 'mark' && b.of.type === 'mark') return a.of.key === b.of.key && a.of.count === b.of.count;
  return a.of.type !== 'mark' && b.of.type !== 'mark' && a.of.type === b.of.type && a.of.index === b.of.index;
}
