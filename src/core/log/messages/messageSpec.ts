/**
 * One log message of redis-server, Sentinel or Valkey with every wording it ever had.
 *
 * A wording is the text as it stands in the log with its values as `{name}` (any text), `{name:int}`, `{name:float}` or `{name:word}`
 * (no blank); `{{` and `}}` are braces of the text itself. Of a message of several lines it is the first line with text.
 */
export interface MessageSpec {
  readonly id: string;
  /** The source file, with the function where it is known. */
  readonly source: string;
  /** The versions that have it: `2.8.24-` is from there on, `2.8.24-5.0.14` up to there. */
  readonly versions: string;
  readonly wordings: readonly string[];
  /**
   * How much a person should care. `detail`: only when looking for something; `routine`: part of the normal course (the default);
   * `noteworthy`: a turning point worth a line of its own; `problem`: something is wrong.
   */
  readonly weight?: 'detail' | 'noteworthy' | 'problem';
}
