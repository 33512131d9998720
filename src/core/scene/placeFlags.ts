/** A flag: its pole goes down from it to the lanes, its text lies to the right of the pole. Lengths are px. */
export interface Flag {
  /** Of its pole. */
  readonly x: number;
  /** What it can say, the best first. */
  readonly choices: readonly FlagChoice[];
}

export interface FlagChoice {
  readonly text: string;
  readonly width: number;
}

export interface PlacedFlag extends FlagChoice {
  /** Counts from the lowest. */
  readonly row: number;
}

/**
 * Puts flags, in order of `x`, into as low rows as they can be in without lying on another or on its pole: where they are close
 * together, stairs go down to the right. A flag without room is undefined.
 */
export function placeFlags(flags: readonly Flag[], rows: number): readonly (PlacedFlag | undefined)[] {
  /** Where the first pole is that goes through a row. */
  const poles = Array.from({ length: rows }, () => Infinity);
  const placed: (PlacedFlag | undefined)[] = [];
  for (const { x, choices } of flags.toReversed()) {
    const found = choices
      .map(choice => ({ ...choice, row: poles.findIndex(pole => x + choice.width <= pole) }))
      .find(({ row }) => row >= 0);
    if (found) for (let row = 0; row <= found.row; row++) poles[row] = x;
    placed.push(found);
  }
  return placed.toReversed();
}
