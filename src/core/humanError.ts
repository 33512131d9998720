/** What a person can do about a {@link HumanError}; a face may offer it as a button. */
export type Remedy =
  | 'installRedis'
  | 'chooseServer'
  | 'openLog'
  | 'openConf'
  | 'openLabFile'
  | 'killNode'
  | 'enterPassword'
  | 'beginExercise';

/** Where an error was found: an absolute path, with a line counted from 1 where there is one. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
}

/**
 * An error made for people: its message says in one or two sentences what happened, where, and what to do.
 * Anything else that is thrown is a fault of the program and goes to the log with its stack.
 */
export class HumanError extends Error {
  override readonly name = 'HumanError';

  constructor(
    message: string,
    readonly details: {
      readonly place?: ErrorPlace;
      readonly remedy?: Remedy;
      readonly node?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }

  /** The message with its place in front, as compilers write it: `lab.json:12: …`. */
  get located(): string {
    const { place } = this.details;
    if (!place) return this.message;
    return `${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${this.message}`;
  }
}
