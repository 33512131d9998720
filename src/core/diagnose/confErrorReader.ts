import type { LogRecord } from '../log/recordReader';
import type { Evidence } from '../story/storyLine';

/** A line of a conf that a server or Sentinel did not accept, as it complained about it. */
export interface ConfError extends Evidence {
  /** The line of the conf; undefined where the version does not tell. */
  readonly confLine: number | undefined;
  /** The words of the conf line, or the directive alone (Windows); undefined where the version does not tell. */
  readonly text: string | undefined;
  /** The reason in the server's own words. */
  readonly reason: string;
}

/** At most so many: a server that is started again and again complains each time. */
const mostErrors = 50;

/**
 * Reads the block that a server prints before it gives up on its conf: a headline, the number of the line, the line, the reason
 * (config.c, `loadServerConfigFromString`). On Windows each of the four is a log line of its own.
 */
export class ConfErrorReader {
  readonly errors: ConfError[] = [];
  private confLine: number | undefined;
  private text: string | undefined;
  private place: Evidence | undefined;
  private fatal: Evidence | undefined;

  constructor(private readonly file: string) {}

  read(record: LogRecord): void {
    const { message } = record.head;
    this.readText(message.trim(), record.line);
    for (const [index, more] of record.more.entries()) this.readText(more.trim(), record.line + 1 + index);
  }

  private readText(text: string, line: number): void {
    if (text === '') return;
    const at = /^Reading the configuration file, at line (\d+)/.exec(text);
    if (at) {
      this.confLine = Number(at[1]);
      this.place = { file: this.file, line };
      return;
    }
    if (text.startsWith('*** FATAL CONFIG FILE ERROR')) {
      this.fatal = { file: this.file, line };
      return;
    }
    if (text.startsWith(">>> '")) {
      this.text = text.slice(5).replace(/'$/, '');
      this.place ??= { file: this.file, line };
      return;
    }
    const windows =
      /^(?:Invalid argument during startup: )?(?:(unknown conf file parameter) : (.*)|(Could not find sentin[ae]l subcommand) (.*))$/.exec(
        text,
      );
    if (windows) {
      const option = windows[4];
      this.add(
        { file: this.file, line },
        {
          text: windows[2] ?? `sentinel ${option ?? ''}`.trim(),
          reason: windows[1] ?? windows[3] ?? '',
        },
      );
    } else if (this.place && this.text !== undefined) {
      this.add(this.place, { text: this.text, reason: text, confLine: this.confLine });
    } else if (this.fatal && !this.place) {
      // What is only found out once all lines are read has no line of its own.
      this.add(this.fatal, { text: undefined, reason: text });
    }
    this.fatal = undefined;
    this.place = undefined;
    this.text = undefined;
    this.confLine = undefined;
  }

  private add(
    place: Evidence,
    error: {
      readonly text: string | undefined;
      readonly reason: string;
      readonly confLine?: number | undefined;
    },
  ): void {
    if (this.errors.length < mostErrors)
      this.errors.push({ ...place, confLine: error.confLine, text: error.text, reason: error.reason });
  }
}
