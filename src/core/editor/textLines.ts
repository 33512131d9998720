/** The lines of a text that is open: read one by one, because a copy of 50 MB is none too many. */
export interface TextLines {
  /** Without the empty one behind the last line end. */
  readonly count: number;
  /** `number` counts from 1, as in all of the log's model. */
  at(number: number): string;
}

/** Some lines of a log; both numbers count from 1 and belong to it. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}
