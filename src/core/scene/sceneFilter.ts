import type { LaneMarks, MarkColumns } from './markColumns';

/** What of a scene is shown. */
export interface SceneFilter {
  /** Ids of lanes that are not. */
  readonly hidden: ReadonlySet<string>;
  /** Index into `logWeights`. */
  readonly weightAtLeast: number;
  /** Keys of the lines that a search found; undefined without a search. */
  readonly found: ReadonlySet<number> | undefined;
}

export const everything: SceneFilter = { hidden: new Set(), weightAtLeast: 0, found: undefined };

/** Whether a mark is shown, as its lane is. */
export function passes(marks: LaneMarks, index: number, { weightAtLeast, found }: SceneFilter): boolean {
  return (
    (marks.weight[index] ?? 0) >= weightAtLeast && (found === undefined || found.has(marks.key[index] ?? -1))
  );
}

/** The keys of the marks that one glyph stands for, in order of time. */
export function keysOf(
  marks: MarkColumns,
  { lane, first, end }: { readonly lane: string; readonly first: number; readonly end: number },
  filter: SceneFilter,
): readonly number[] {
  const own = marks.of(lane);
  const keys: number[] = [];
  if (own)
    for (let index = first; index < Math.min(end, own.count); index++)
      if (passes(own, index, filter)) keys.push(own.key[index] ?? 0);
  return keys;
}
