import type { Recognition } from '../log/logRecord';
import type { LineRole } from '../log/logLine';

/** A recognised line that takes part in the story: where it stands, when it was, what it says. */
export interface StoryLine {
  /** Counts from 1. */
  readonly line: number;
  /** Milliseconds on the file's own clock, taken as if it were UTC; the order of lines without a time is that of the file. */
  readonly at: number;
  /** The time as written, in ISO form. */
  readonly time: string | undefined;
  readonly role: LineRole | undefined;
  readonly said: Recognition;
}

/** The lines of one file that take part, in the order of the file. */
export interface StoryFile {
  /** As the person named it. */
  readonly file: string;
  readonly lines: readonly StoryLine[];
}

/** Where a statement can be checked. */
export interface Evidence {
  readonly file: string;
  readonly line: number;
}
