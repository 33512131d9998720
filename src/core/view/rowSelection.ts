/** The selected rows of a list, by index: from the anchor to the active row, which has the focus. -1: there is none. */
export interface RowSelection {
  readonly anchor: number;
  readonly active: number;
}

export const noSelection: RowSelection = { anchor: -1, active: -1 };

/** The keys that move in a list, as browsers call them. */
const steps: Readonly<Record<string, (active: number, page: number, last: number) => number>> = {
  ArrowDown: active => active + 1,
  ArrowUp: active => active - 1,
  PageDown: (active, page) => active + page,
  PageUp: (active, page) => active - page,
  Home: () => 0,
  End: (_active, _page, last) => last,
};

/** The selection after a key, with Shift held or not; undefined for keys that do not move. `page` in rows. */
export function moveSelection(
  { anchor, active }: RowSelection,
  key: string,
  { count, page, extend }: { readonly count: number; readonly page: number; readonly extend: boolean },
): RowSelection | undefined {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (!step || count === 0) return undefined;
  // Without a selection, moving begins at the newest row.
  const from = active < 0 ? (key === 'ArrowDown' || key === 'PageDown' ? count - 2 : count) : active;
  const to = Math.max(0, Math.min(count - 1, step(from, Math.max(1, page), count - 1)));
  return { anchor: extend && anchor >= 0 ? anchor : to, active: to };
}

/** The first selected row, and the one behind the last. */
export function selectedRange({ anchor, active }: RowSelection): {
  readonly first: number;
  readonly end: number;
} {
  if (active < 0) return { first: 0, end: 0 };
  return { first: Math.min(anchor, active), end: Math.max(anchor, active) + 1 };
}
