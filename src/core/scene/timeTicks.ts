import { fullTime } from '../view/logRow';
import type { TimeRange } from './sceneRange';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps that people count in, in milliseconds. */
const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  28 * day,
  91 * day,
  364 * day,
];

export interface Tick {
  readonly at: number;
  /** `12:03:38`, no finer than the step; the day where one begins. */
  readonly label: string;
}

/** The places of the wall clock's round times, `room(label)` milliseconds apart at least. */
export function timeTicks({ from, to }: TimeRange, room: (label: string) => number): readonly Tick[] {
  const step = steps.find(step => step >= room(clockLabel(from, step))) ?? 364 * day;
  // The wall clock's round times, whatever its distance to UTC is.
  const shift = new Date(from).getTimezoneOffset() * minute;
  const ticks: Tick[] = [];
  for (let local = Math.ceil((from - shift) / step) * step; local + shift <= to; local += step) {
    const at = atWallClock(local + shift, step);
    if (at >= from && at <= to) ticks.push({ at, label: clockLabel(at, step) });
  }
  return ticks;
}

/** Days begin at midnight, on those of 23 hours, too. */
function atWallClock(at: number, step: number): number {
  if (step < day) return at;
  const time = new Date(at + 12 * hour);
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

function clockLabel(at: number, step: number): string {
  const whole = fullTime(at);
  const clock = whole.slice(11);
  if (step >= day || (step >= minute && clock.startsWith('00:00'))) return whole.slice(5, 10);
  return clock.slice(0, step < second ? 12 : step < minute ? 8 : 5);
}
