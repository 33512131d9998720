import './timelineView.css';
import { frameOf } from '../../core/scene/frame';
import { layoutScene } from '../../core/scene/layoutScene';
import { MarkColumns, type MarkPlace } from '../../core/scene/markColumns';
import { nearestMark, nextMark } from '../../core/scene/nextMark';
import { emptyScene, type Scene, type SceneMarks } from '../../core/scene/scene';
import { everything, type SceneFilter } from '../../core/scene/sceneFilter';
import { indexScene } from '../../core/scene/sceneIndex';
import { fitFailover, reveal, sceneExtent, type TimeRange } from '../../core/scene/sceneRange';
import { sceneSvg, type PictureWords } from '../../core/scene/sceneSvg';
import type { SceneView } from '../../core/scene/sceneView';

import { targetAt, type ScenePicture, type Target } from '../../core/scene/shape';
import { rowTime } from '../../core/view/logRow';
import type { DetailPart } from '../../protocol/logPanel';
import type { TimelineViewTexts } from '../../protocol/timelineViewTexts';
import { make } from '../elements';
import { Pointer } from './pointer';
import { Stage } from './stage';
import { targetWords, type TargetWords } from './targetWords';
import { Tooltip } from './tooltip';
import { Viewport } from './viewport';
import { putValues } from '../../core/view/putValues';

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

/** Texts about what is under the pointer are asked for after it has rested so long, in milliseconds. */
const restTime = 80;

/** The mark that a person has chosen: found again when others come before it. */
interface Chosen {
  readonly lane: string;
  readonly at: number;
  readonly key: number;
}

/** The timeline: drawn at most once for each picture of the screen, and only where something has changed. */
export class TimelineView {
  readonly element: HTMLElement;
  readonly marks = new MarkColumns();
  private readonly stage: Stage;
  private readonly viewport = new Viewport(() =>
    sceneExtent(this.scene, this.marks, this.viewport.isLive ? Date.now() : undefined),
  );
  private readonly said = make('div', { class: 'said', role: 'status' });
  private readonly tip = new Tooltip();
  private readonly pointer: Pointer;
  private index = indexScene(emptyScene);
  private filter = everything;
  private cursor: number | undefined;
  private chosen: Chosen | undefined;
  private lane: string | undefined;
  /** Whose texts are waited for. */
  private asked: number | undefined;
  private picture: ScenePicture | undefined;
  private frame: number | undefined;
  private beating: number | undefined;
  private resting: number | undefined;
  private hovered: Target | undefined;

  constructor(
    private readonly texts: TimelineViewTexts,
    private readonly events: TimelineEvents,
  ) {
    this.stage = new Stage(texts, () => this.draw());
    this.pointer = new Pointer(this.stage.canvas, {
      onZoom: (factor, x) => this.zoomAt(factor, x),
      onPan: (dx, dy) => this.panBy(dx, dy),
      onBrush: (from, to) => this.look({ from: this.viewport.timeAt(from), to: this.viewport.timeAt(to) }),
      onClick: (x, y) => this.click(x, y),
      onDoubleClick: (x, y) => this.doubleClick(x, y),
      onHover: (x, y) => this.hover(x, y),
      onLeave: () => this.leave(),
      isBrushPlace: (x, y) => x > this.viewport.left && y < (this.picture?.head ?? 0),
    });
    this.element = make(
      'div',
      { class: 'timeline' },
      make('div', { class: 'timeline-stage' }, this.stage.element, this.pointer.brush, this.tip.element),
      make('p', { class: 'timeline-legend', 'aria-hidden': 'true' }, texts.legend),
      make('p', { id: 'timeline-help', class: 'said' }, texts.help),
      this.said,
    );
    const { element } = this.stage;
    element.addEventListener('keydown', event => this.onKey(event));
    element.addEventListener('focus', () => this.draw());
    element.addEventListener('blur', () => {
      this.leave();
      this.draw();
    });
  }

  // ---- what is shown ----

  get scene(): Scene {
    return this.index.scene;
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

  get shownFilter(): SceneFilter {
    return this.filter;
  }

  setFilter(filter: SceneFilter): void {
    this.filter = filter;
    this.draw();
  }

  /** Shows the moment that is looked at; undefined: none. It is brought into sight. */
  setCursor(at: number | undefined): void {
    this.cursor = at;
    if (at !== undefined) this.viewport.range = reveal(this.range, at);
    this.draw();
  }

  /** Bars that last go to the machine's clock; else to the end of everything. */
  setLive(isLive: boolean): void {
    this.viewport.isLive = isLive;
    this.draw();
  }

  /** The right edge stays at now. */
  setFollow(follows: boolean): void {
    this.viewport.follows = follows;
    this.draw();
  }

  get isFollowing(): boolean {
    return this.viewport.follows;
  }

  fitAll(): void {
    this.look(this.viewport.all);
  }

  /** Puts a failover into sight, counted from 0. */
  fitFailover(index: number): void {
    const failover = this.scene.failovers[index];
    if (failover) this.look(fitFailover(failover));
  }

  get range(): TimeRange {
    return this.viewport.range;
  }

  set range(range: TimeRange) {
    this.viewport.range = range;
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
    return sceneSvg(this.wholePicture(), this.stage.colors, words);
  }

  async png(): Promise<Blob> {
    return this.stage.png(this.wholePicture());
  }

  focus(): void {
    this.stage.element.focus();
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
    const { stage, viewport } = this;
    if (stage.width === 0) stage.look();
    if (stage.width === 0) return;
    if (!this.pointer.isDragging) viewport.follow();
    const { fullHeight } = frameOf(this.index, this.marks, this.view(0, 0), this.texts);
    const seen = stage.makeRoom(fullHeight);
    this.picture = layoutScene(this.index, this.marks, this.view(seen, stage.element.scrollTop), this.texts);
    viewport.left = this.picture.left;
    viewport.right = this.picture.right;
    stage.paint(this.picture);
  }

  private view(height: number | undefined, top: number): SceneView {
    const { chosen, stage } = this;
    return {
      ...this.range,
      width: stage.width,
      height,
      top,
      fontSize: stage.fontSize,
      measure: stage.measure,
      now: this.viewport.now,
      cursor: this.cursor,
      filter: this.filter,
      selected: chosen && this.marks.find(chosen.lane, chosen.at, chosen.key),
      lane: document.activeElement === stage.element ? this.lane : undefined,
    };
  }

  private wholePicture(): ScenePicture {
    const view = this.view(undefined, 0);
    return layoutScene(
      this.index,
      this.marks,
      { ...view, lane: undefined, width: Math.max(view.width, 640) },
      this.texts,
    );
  }

  /** What lasts grows, though nothing happens. */
  private keepBeat(): void {
    const pause = this.viewport.untilNext;
    if (pause === undefined || this.beating !== undefined) return;
    this.beating = setTimeout(() => {
      this.beating = undefined;
      this.draw();
    }, pause);
  }

  // ---- moving ----

  /** Looks at a range because a person wants to. */
  private look(range: TimeRange, keepsFollowing = false): void {
    const { viewport } = this;
    if (viewport.follows && !keepsFollowing) {
      viewport.follows = false;
      this.events.onUnfollow();
    }
    viewport.range = viewport.clamped(range);
    this.leave();
    this.draw();
    this.events.onRange(viewport.range);
  }

  private zoomAt(factor: number, x: number): void {
    const { viewport } = this;
    this.look(
      viewport.zoomed(factor, viewport.follows ? viewport.range.to : viewport.timeAt(x)),
      viewport.follows,
    );
  }

  private panBy(dx: number, dy: number): void {
    if (dy !== 0) this.stage.element.scrollTop -= dy;
    if (dx !== 0) this.look(this.viewport.panned(-dx));
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
      const at = Math.min(Math.max(this.viewport.timeAt(x), from), to);
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
    else this.fitAround(this.viewport.timeAt(x));
  }

  /** The failover of a moment; everything, where none is or where it fills the picture already. */
  private fitAround(at: number): void {
    const near = this.viewport.millisecondsPerPx * this.stage.fontSize;
    const { failovers } = this.scene;
    const index = failovers.findIndex(({ from, to }) => at >= from - near && at <= to + near);
    const failover = failovers[index];
    const wanted = failover && this.viewport.clamped(fitFailover(failover));
    const { from, to } = this.range;
    if (!wanted || (Math.abs(wanted.from - from) < near && Math.abs(wanted.to - to) < near)) this.fitAll();
    else this.look(wanted);
  }

  private hover(x: number, y: number): void {
    const target = this.picture && targetAt(this.picture, x, y);
    this.stage.canvas.style.cursor =
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
    this.tip.show(words, place, this.stage);
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
    const { scene, marks, filter, texts } = this;
    return targetWords(of, { scene, marks, filter, texts, now: this.viewport.now });
  }

  // ---- the keyboard ----

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.pressed(event)) event.preventDefault();
  }

  private pressed({ key, shiftKey }: KeyboardEvent): boolean {
    const middle = (this.range.from + this.range.to) / 2;
    const width = this.viewport.right - this.viewport.left;
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const step = key === 'ArrowRight' ? 1 : -1;
        if (shiftKey) this.panBy(-step * width * 0.2, 0);
        else this.step(step);
        return true;
      }
      case 'ArrowUp':
      case 'ArrowDown':
        this.stepLane(key === 'ArrowDown' ? 1 : -1);
        return true;
      case 'PageUp':
      case 'PageDown':
        this.panBy(width * (key === 'PageUp' ? 0.8 : -0.8), 0);
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
        this.look(this.viewport.zoomed(key === '-' ? 1.5 : 1 / 1.5, isSeen ? around : middle));
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
    const lanes = this.scene.lanes.map(({ id }) => id);
    const place = nextMark(this.marks, lanes, this.filter, from, step);
    if (place) this.choosePlace(place);
    else this.say(this.texts.noFurther);
  }

  private stepLane(step: 1 | -1): void {
    const lanes = this.scene.lanes.filter(({ id }) => !this.filter.hidden.has(id));
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
      // Lanes of faults have bars only.
      const told = this.scene.bars.filter(bar => bar.lane === lane.id).map(({ text }) => text);
      this.say(
        told.length > 0 ? [lane.label, ...told].join('. ') : putValues(this.texts.noneInLane, lane.label),
      );
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
    this.tip.show(words, { x: box.x + box.width / 2, y: box.y, height: box.height }, this.stage);
    this.say([words.heading, ...words.lines].join('. '));
    this.ask(key);
    this.draw();
  }

  private scrollToLane(): void {
    const frame = frameOf(this.index, this.marks, this.view(0, 0), this.texts);
    const box = this.lane === undefined ? undefined : frame.laneOf.get(this.lane);
    if (!box) return;
    this.stage.reveal(box.top, box.top + box.height, frame.head);
  }

  private fitNearest(at: number): void {
    const { failovers } = this.scene;
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
    this.say(putValues(this.texts.cursorAt, rowTime(at, at)));
    this.events.onCursor(at);
  }

  private sayRange(): void {
    const { from, to } = this.range;
    this.say(putValues(this.texts.range, rowTime(from, from), rowTime(to, to)));
  }

  private say(text: string): void {
    this.said.textContent = text;
  }
}

function isSame(a: Target, b: Target): boolean {
  if (a.of.type === 'mark' && b.of.type === 'mark') return a.of.key === b.of.key && a.of.count === b.of.count;
  return a.of.type !== 'mark' && b.of.type !== 'mark' && a.of.type === b.of.type && a.of.index === b.of.index;
}
