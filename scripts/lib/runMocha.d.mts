export interface MochaOptions {
  /** Bundled test files. */
  readonly files: readonly string[];
  /** Only tests whose full title matches this regular expression, upper and lower case alike. */
  readonly grep?: string | undefined;
  /** Milliseconds for one test. */
  readonly timeout: number;
  /** Where the results are written as JSON. */
  readonly resultsFile?: string | undefined;
  /** Put before each line that mocha prints. */
  readonly linePrefix?: string | undefined;
  /** Whether a terminal shows what mocha prints. */
  readonly color?: boolean | undefined;
}

export interface MochaResults {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; error: string }[];
}

export function runMocha(options: MochaOptions): Promise<MochaResults>;
