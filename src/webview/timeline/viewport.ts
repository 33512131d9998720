import { clamp, fit, pan, zoom, type TimeRange } from '../../core/scene/sceneRange';

/** So much time is seen while nothing has happened, in milliseconds. */
const quietTime = 60_000;
/** What lasts grows this often at most, in milliseconds. */
const beat = 250;

/** Which time is seen, and where in px. */
export class Viewport {
  /** Where time begins and ends in the picture, in px. */
  left = 0;
  right = 1;
  /** The right edge stays at now. */
  follows = false;
  /** What lasts goes on with the machine's clock. */
  isLive = false;
  private chosen: TimeRange | undefined;

  /** `extent`: from the first to the last thing there is, if there is any. */
  constructor(private readonly extent: () => TimeRange | undefined) {}

  get range(): TimeRange {
    return this.chosen ?? this.all;
  }

  set range(range: TimeRange) {
    this.chosen = range;
  }

  get all(): TimeRange {
    return fit(this.extentOrNow);
  }

  private get extentOrNow(): TimeRange {
    const now = Date.now();
    return this.extent() ?? { from: now - quietTime, to: now };
  }

  /** Where bars end that last. */
  get now(): number {
    return this.isLive ? Date.now() : (this.extent()?.to ?? 0);
  }

  /** What can be seen of a range. */
  clamped(range: TimeRange): TimeRange {
    return clamp(range, this.extentOrNow);
  }

  get millisecondsPerPx(): number {
    const { from, to } = this.range;
    return (to - from) / Math.max(1, this.right - this.left);
  }

  timeAt(x: number): number {
    return this.range.from + (x - this.left) * this.millisecondsPerPx;
  }

  zoomed(factor: number, around: number): TimeRange {
    return this.clamped(zoom(this.range, factor, around));
  }

  panned(px: number): TimeRange {
    return this.clamped(pan(this.range, px * this.millisecondsPerPx));
  }

  /** Moves on with the clock. */
  follow(): void {
    if (!this.follows) return;
    const now = Date.now();
    const { from, to } = this.chosen ?? { from: now - quietTime, to: now };
    const end = now + (to - from) * 0.03;
    this.chosen = { from: end - (to - from), to: end };
  }

  /** After how many milliseconds the picture is another one though nothing has happened; undefined: it stays. */
  get untilNext(): number | undefined {
    const isMoving = this.isLive && (this.follows || this.range.to > Date.now());
    return isMoving ? Math.min(Math.max(this.millisecondsPerPx, beat), 5_000) : undefined;
  }
}
