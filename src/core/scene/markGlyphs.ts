import { lowerBound, upperBound, type LaneMarks } from './markColumns';
import { passes, type SceneFilter } from './sceneFilter';

/** Marks of a lane that are seen as one. */
export interface MarkGlyph {
  /** The place of the most important one, which is seen. */
  readonly index: number;
  readonly count: number;
  /** They are among these; a filter may leave out some between. */
  readonly first: number;
  readonly end: number;
}

/**
 * Puts marks together that are closer than `gap` milliseconds. First by cells that stand still in time, so that nothing changes while
 * the picture is moved; then neighbours that are still too close. Takes time in proportion to the marks in the range.
 */
export function markGlyphs(
  marks: LaneMarks,
  range: { readonly from: number; readonly to: number },
  gap: number,
  filter: SceneFilter,
): readonly MarkGlyph[] {
  const { at, rank, count } = marks;
  const isFiltered = filter.weightAtLeast > 0 || filter.found !== undefined;
  // One cell more on both sides: what stands at an edge depends on its neighbours.
  const start = lowerBound(at, (Math.floor(range.from / gap) - 1) * gap, count);
  const stop = upperBound(at, (Math.floor(range.to / gap) + 2) * gap, count);
  const glyphs: MarkGlyph[] = [];
  let last: { index: number; count: number; first: number; end: number } | undefined;
  let row = start;
  while (row < stop) {
    const cellEnd = (Math.floor((at[row] ?? 0) / gap) + 1) * gap;
    const first = row;
    let index = -1;
    let highest = -1;
    let members = 0;
    for (; row < stop && ((at[row] ?? 0) < cellEnd || row === first); row++) {
      if (isFiltered && !passes(marks, row, filter)) continue;
      members++;
      const own = rank[row] ?? 0;
      if (own > highest) {
        highest = own;
        index = row;
      }
    }
    if (members === 0) continue;
    if (last && (at[index] ?? 0) - (at[last.index] ?? 0) < gap) {
      last.count += members;
      last.end = row;
      if (highest > (rank[last.index] ?? 0)) last.index = index;
    } else {
      if (last) glyphs.push(last);
      last = { index, count: members, first, end: row };
    }
  }
  if (last) glyphs.push(last);
  return glyphs.filter(({ first, end }) => (at[end - 1] ?? 0) >= range.from && (at[first] ?? 0) <= range.to);
}
