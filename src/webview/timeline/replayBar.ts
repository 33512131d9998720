import { rowTime } from '../../core/view/logRow';
import type { ReplayTexts } from '../../protocol/timelineTexts';
import { make, setText } from '../elements';
import { icon } from '../icons';
import { putValues } from '../../core/view/putValues';

export interface ReplayEvents {
  /** The person, or the clock, moved the cursor; undefined: to now, or to the end. */
  onMove(at: number | undefined): void;
}

/** How many times faster than it happened. */
const speeds = [1, 4, 16, 64] as const;

/** The parts of the slider, which counts in whole numbers. */
const sliderSteps = 10_000;

/** The bar that moves through time: steps from event to event, plays, and goes back to now. */
export class ReplayBar {
  readonly element: HTMLElement;
  private readonly back = button('stepBack');
  private readonly play = button('play');
  private readonly forward = button('stepForward');
  private readonly speed = make('select', {});
  private readonly slider: HTMLInputElement;
  private readonly time = make('output', { class: 'time' });
  private readonly now = make('button', { type: 'button' });
  private range = { from: 0, to: 0 };
  private steps: readonly number[] = [];
  private at: number | undefined;
  private playing: { readonly frame: number; readonly last: number } | undefined;

  constructor(
    private readonly texts: ReplayTexts,
    private readonly isLive: boolean,
    private readonly events: ReplayEvents,
  ) {
    this.slider = make('input', {
      type: 'range',
      min: '0',
      max: String(sliderSteps),
      value: String(sliderSteps),
      'aria-label': texts.slider,
    });
    for (const speed of speeds)
      this.speed.append(make('option', { value: String(speed) }, putValues(texts.times, speed)));
    this.speed.value = '4';
    this.speed.setAttribute('aria-label', texts.speed);
    name(this.back, texts.stepBack);
    name(this.forward, texts.stepForward);
    name(this.play, texts.play);
    this.now.append(isLive ? texts.live : texts.end);
    this.element = make(
      'div',
      { class: 'replay', role: 'toolbar', 'aria-label': texts.bar },
      this.back,
      this.play,
      this.forward,
      this.speed,
      this.slider,
      this.time,
      this.now,
    );
    this.back.addEventListener('click', () => this.step(-1));
    this.forward.addEventListener('click', () => this.step(1));
    this.play.addEventListener('click', () => this.toggle());
    this.now.addEventListener('click', () => this.move(undefined));
    this.slider.addEventListener('input', () => {
      const { from, to } = this.range;
      this.pause();
      this.move(from + (Number(this.slider.value) / sliderSteps) * (to - from));
    });
    this.show();
  }

  get isPlaying(): boolean {
    return this.playing !== undefined;
  }

  /** What there is to move through, in milliseconds since 1970. */
  setRange(from: number, to: number): void {
    this.range = { from, to };
    this.show();
  }

  /** Moments worth a step, in order. */
  setSteps(steps: readonly number[]): void {
    this.steps = steps;
    this.show();
  }

  /** The cursor was moved elsewhere. */
  setCursor(at: number | undefined): void {
    if (at === undefined) this.pause();
    this.at = at;
    this.show();
  }

  /** To the next event, or the one before. */
  step(direction: 1 | -1): void {
    this.pause();
    const at = this.at ?? this.range.to;
    const next = direction > 0 ? this.steps.find(time => time > at) : this.steps.findLast(time => time < at);
    if (next !== undefined) this.move(next);
    else if (direction > 0) this.move(undefined);
  }

  toggle(): void {
    if (this.playing) {
      this.pause();
      return;
    }
    // At the end there is nothing to play: from the beginning, then.
    if (this.at === undefined || this.at >= this.range.to) this.at = this.range.from;
    this.tick(performance.now(), performance.now());
    this.show();
  }

  pause(): void {
    if (!this.playing) return;
    cancelAnimationFrame(this.playing.frame);
    this.playing = undefined;
    this.show();
  }

  private tick(last: number, time: number): void {
    const at = (this.at ?? this.range.from) + (time - last) * Number(this.speed.value);
    if (at >= this.range.to) {
      this.playing = undefined;
      this.move(undefined);
      return;
    }
    this.playing = { frame: requestAnimationFrame(next => this.tick(time, next)), last: time };
    this.move(at);
  }

  private move(at: number | undefined): void {
    if (at === undefined) this.pause();
    this.at = at;
    this.show();
    this.events.onMove(at);
  }

  private show(): void {
    const { from, to } = this.range;
    const at = this.at ?? to;
    const part = to > from ? (at - from) / (to - from) : 1;
    this.slider.value = String(Math.round(part * sliderSteps));
    const word = this.at === undefined ? (this.isLive ? this.texts.live : this.texts.end) : rowTime(at, to);
    this.slider.setAttribute('aria-valuetext', word);
    setText(this.time, to > 0 ? rowTime(at, to) : '');
    this.now.setAttribute('aria-pressed', String(this.at === undefined));
    const label = this.playing ? this.texts.pause : this.texts.play;
    if (this.play.title !== label) {
      this.play.replaceChildren(icon(this.playing ? 'pause' : 'play'));
      name(this.play, label);
    }
    const isEmpty = to <= from;
    this.slider.disabled = isEmpty;
    this.play.disabled = isEmpty;
    this.back.disabled = !this.steps.some(time => time < at);
    this.forward.disabled = this.at === undefined;
  }
}

function button(shape: Parameters<typeof icon>[0]): HTMLButtonElement {
  return make('button', { type: 'button', class: 'icon' }, icon(shape));
}

function name(element: HTMLElement, text: string): void {
  element.title = text;
  element.setAttribute('aria-label', text);
}
