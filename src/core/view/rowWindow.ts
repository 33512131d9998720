/** Which rows of a long list are drawn. */
export interface RowWindow {
  /** Index of the first row that is drawn. */
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

/** Rows drawn beyond what is in sight, so that a small step shows no gap. */
const beyond = 4;

/** The rows in sight and some more, for rows of one height. All measures in the same unit. */
export function rowWindow(count: number, rowHeight: number, scrollTop: number, height: number): RowWindow {
  const inSight = Math.ceil(height / rowHeight) + 1;
  const top = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
  const end = Math.min(count, top + inSight + 2 * beyond);
  return { first: Math.max(0, Math.min(top, end - inSight - 2 * beyond)), end };
}

/** Where to scroll so that a row is wholly in sight; unchanged when it is. */
export function scrollToRow(
  index: number,
  rowHeight: number,
  { scrollTop, height }: { readonly scrollTop: number; readonly height: number },
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop;
}
