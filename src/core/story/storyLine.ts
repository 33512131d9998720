import type { Recognition } from '../log/logRecord';
import type { LineRole, LineTime } from '../log/logLine';

/** A recognised line that takes part in the story: where it stands, when it was, what it says. Only good while it is read. */
export interface StoryLine {
  /** Counts from 1. */
  readonly line: number;
  /** Milliseconds on the file's own clock, taken as if it were UTC; the order of lines without a time is that of the file. */
  readonly at: number;
  /** As written; turned into text only where somebody will read it. */
  readonly time: LineTime | undefined;
  readonly role: LineRole | undefined;
  readonly said: Recognition;
}

/** Where a statement can be checked. */
export interface Evidence {
  readonly file: string;
  readonly line: number;
}
