import type { OperationOptions } from '../lab/labOperator';
import type { ServerFinder } from '../node/serverFinder';

/** What every command gets: where to print, how it may be ended, and where Redis is. */
export interface CliContext {
  /** For the result: text for people, or JSON and nothing else. */
  readonly print: (text: string) => void;
  /** The same for much text, or bytes of it: waits until it is written, so that bytes may be used again. */
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** For messages to the person (standard error). */
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
  readonly finder: ServerFinder;
}

/** How an operation tells the person where it is: on standard error. */
export function operationOptions({ signal, tell }: CliContext): OperationOptions {
  return { signal, report: ({ text }) => tell(text), warn: tell };
}

/** The words of a command line after the command: its options and the rest. */
export interface CliArguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** One command of the program. `run` gives the exit code. */
export interface CliCommand {
  readonly name: string;
  /** The words after the name, as the help shows them. */
  readonly usage: string;
  readonly summary: () => string;
  readonly options: Readonly<
    Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }>
  >;
  readonly run: (args: CliArguments, context: CliContext) => Promise<number>;
}
