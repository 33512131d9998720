/** A flag: its pole goes down from it to the lanes, its text lies beside the pole. Lengths are px. */
export interface Flag {
  /** Of its pole. */
  readonly x: number;
  /** What it can say, the best first. */
  readonly choices: readonly FlagChoice[];
}

export interface FlagChoice {
  readonly text: string;
  readonly width: number;
  /** The text lies to the left of the pole. */
  readonly isLeft?: boolean;
}

export interface PlacedFlag extends FlagChoice {
  /** Counts from the lowest. */
  readonly row: number;
}

/**
 * Puts flags, in order of `x`, into as low rows as they can be in without lying on another or on its pole: where they are close
 * together, stairs go down to the right. A text lies to the left only where no other pole is below it. A flag without room is undefined.
 */
export function placeFlags(flags: readonly Flag[], rows: number): readonly (PlacedFlag | undefined)[] {
  /** How far a row is free, counted from the left. */
  const free = Array.from({ length: rows }, () => Infinity);
  const placed: (PlacedFlag | undefined)[] = [];
  for (let index = flags.length - 1; index >= 0; index--) {
    const { x = 0, choices = [] } = flags[index] ?? {};
    const before = flags[index - 1]?.x ?? -Infinity;
    const rowFor = ({ width, isLeft = false }: FlagChoice): number =>
      isLeft && x - width < before ? -1 : free.findIndex(end => (isLeft ? x : x + width) <= end);
    const found = choices.map(choice => ({ ...choice, row: rowFor(choice) })).find(({ row }) => row >= 0);
    if (found) {
      for (let row = 0; row <= found.row; row++) free[row] = x;
      if (found.isLeft === true) free[found.row] = x - found.width;
    }
    placed.push(found);
  }
  return placed.toReversed();
}
