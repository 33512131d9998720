import { FileClock } from '../core/log/lineTime';
import type { LineTime } from '../core/log/logLine';
import { localMoment } from '../core/log/wallClock';

const day = 86_400_000;
/** Clocks are set back by small steps, and by an hour where summer ends; a larger step is another day's beginning, in milliseconds. */
const largestStepBack = 7_200_000;

/**
 * Reads the times of one log on the machine that writes it: milliseconds since 1970, never going back from line to line, so that the
 * order of the file stays. What a line does not tell comes from the lines before it and from this machine: year and zone.
 */
export class LogTime {
  private clock: FileClock | undefined;
  private last: number;
  private hasLocal = false;

  /** `now` is when reading begins, in milliseconds since 1970. */
  constructor(private readonly now: number) {
    this.last = 0;
  }

  at(time: LineTime | undefined): number {
    // What a signal handler writes is in UTC and in whole seconds, in a log that is in neither.
    if (!time || (this.hasLocal && time.offset !== undefined)) return this.last;
    this.hasLocal = time.offset === undefined;
    this.clock ??= new FileClock(this.firstYear(time));
    const onClock = this.clock.at(time);
    const at = time.offset === undefined ? localMoment(onClock) : onClock;
    if (at < this.last && this.last - at <= largestStepBack) return this.last;
    this.last = at;
    return at;
  }

  /** A log without years tells of the past: its first line is of this year or, in winter, of the last. */
  private firstYear(time: LineTime): number {
    const year = new Date(this.now).getFullYear();
    return new FileClock(year).at(time) > this.now + day ? year - 1 : year;
  }
}
