import type { MarkColumns } from './markColumns';
import type { Scene, TimeBar } from './scene';

/** What is in sight, in milliseconds since 1970; `to` is later than `from`. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Nothing shorter is looked at: logs count milliseconds. */
const shortest = 10;
/** What is short is shown with at least this much around, in milliseconds. */
const shortestFit = 1_000;
/** Where little has happened so far, at least this much can be looked at, in milliseconds. */
const leastWhole = 120_000;

/** From the first to the last thing in a scene; undefined where nothing is. Bars that last go to `now`. */
export function sceneExtent(scene: Scene, marks: MarkColumns, now?: number): TimeRange | undefined {
  let { from, to } = marks.extent ?? { from: Infinity, to: -Infinity };
  const take = (begin: number, end: number): void => {
    from = Math.min(from, begin);
    to = Math.max(to, end);
  };
  const bars: readonly (readonly TimeBar[])[] = [scene.roles, scene.downs, scene.syncs, scene.bars];
  for (const list of bars) for (const bar of list) take(bar.from, bar.to ?? bar.from);
  for (const { from, to } of scene.failovers) take(from, to);
  for (const { from, to } of scene.phases) take(from, to);
  for (const { at } of scene.votes) take(at, at);
  if (from > to) return undefined;
  return { from, to: now === undefined ? to : Math.max(to, now) };
}

/** With some room on both sides. */
export function fit({ from, to }: TimeRange, margin = 0.03): TimeRange {
  const length = Math.max(to - from, shortestFit);
  const middle = (from + to) / 2;
  return { from: middle - length * (0.5 + margin), to: middle + length * (0.5 + margin) };
}

/** A failover with what went before and what came after. */
export function fitFailover({ from, to }: TimeRange): TimeRange {
  return fit({ from, to }, 0.12);
}

/** By a factor (2: twice as much is seen) around a moment, which stays where it is. */
export function zoom({ from, to }: TimeRange, factor: number, around: number): TimeRange {
  const used = Math.max(factor, shortest / (to - from));
  return { from: around - (around - from) * used, to: around + (to - around) * used };
}

export function pan({ from, to }: TimeRange, milliseconds: number): TimeRange {
  return { from: from + milliseconds, to: to + milliseconds };
}

/** Keeps a range at what there is: not much longer than all of it, and half of it at most where nothing is. */
export function clamp(range: TimeRange, extent: TimeRange): TimeRange {
  const all = fit(extent, 0.25);
  const length = Math.min(Math.max(range.to - range.from, shortest), Math.max(all.to - all.from, leastWhole));
  const middle = (range.from + range.to) / 2;
  const from = length === range.to - range.from ? range.from : middle - length / 2;
  const least = extent.from - length / 2;
  const most = extent.to - length / 2;
  const begin = Math.min(Math.max(from, least), most);
  return { from: begin, to: begin + length };
}

/** The same length, moved as little as it takes to have a moment in sight with some room around it. */
export function reveal({ from, to }: TimeRange, at: number): TimeRange {
  const room = (to - from) * 0.1;
  if (at < from) return pan({ from, to }, at - from - room);
  return at > to ? pan({ from, to }, at - to + room) : { from, to };
}
