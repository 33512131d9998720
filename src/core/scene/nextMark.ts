import { lowerBound, upperBound, type LaneMarks, type MarkColumns, type MarkPlace } from './markColumns';
import { passes, type SceneFilter } from './sceneFilter';

/**
 * The mark after (1) or before (-1) a moment, or a mark, over lanes from top to bottom: of marks of one moment, that of the upper lane
 * is first.
 */
export function nextMark(
  marks: MarkColumns,
  lanes: readonly string[],
  filter: SceneFilter,
  from: MarkPlace | number,
  step: 1 | -1,
): MarkPlace | undefined {
  const own = typeof from === 'number' ? undefined : lanes.indexOf(from.lane);
  const at = typeof from === 'number' ? from : (marks.of(from.lane)?.at[from.index] ?? 0);
  let best: { readonly place: MarkPlace; readonly at: number } | undefined;
  lanes.forEach((lane, order) => {
    const list = marks.of(lane);
    if (!list || filter.hidden.has(lane)) return;
    // Where the marks begin that come after; those of the same moment in lanes below are among them.
    const behind = own !== undefined && order > own ? lowerBound : upperBound;
    const before = own !== undefined && order < own ? upperBound : lowerBound;
    let start = step === 1 ? behind(list.at, at, list.count) : before(list.at, at, list.count) - 1;
    if (typeof from !== 'number' && order === own) start = from.index + step;
    const index = passing(list, start, step, filter);
    const moment = list.at[index];
    if (index < 0 || index >= list.count || moment === undefined) return;
    if (!best || (step === 1 ? moment < best.at : moment >= best.at))
      best = { place: { lane, index }, at: moment };
  });
  return best?.place;
}

function passing(marks: LaneMarks, start: number, step: 1 | -1, filter: SceneFilter): number {
  let index = start;
  while (index >= 0 && index < marks.count && !passes(marks, index, filter)) index += step;
  return index;
}

/** The mark of a lane that is closest to a moment. */
export function nearestMark(
  marks: MarkColumns,
  lane: string,
  at: number,
  filter: SceneFilter,
): MarkPlace | undefined {
  const list = marks.of(lane);
  if (!list) return undefined;
  const start = lowerBound(list.at, at, list.count);
  const after = passing(list, start, 1, filter);
  const before = passing(list, start - 1, -1, filter);
  const distance = (index: number): number => Math.abs((list.at[index] ?? Infinity) - at);
  const hasAfter = after < list.count;
  if (before < 0 && !hasAfter) return undefined;
  return { lane, index: before < 0 || (hasAfter && distance(after) <= distance(before)) ? after : before };
}
