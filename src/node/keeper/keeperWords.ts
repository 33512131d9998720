import type { ProcessIdentity } from '../../core/model/runRecord';

/** The last word of an owner that has cleaned up itself. */
export const doneWord = 'done';

/** What an owner says to its keeper, one line each: the last word, or a process that must not outlive it. */
export function endWord(process: ProcessIdentity): string {
  return JSON.stringify({ end: process });
}

/** The process that a line names; undefined for any other line. */
export function readEndWord(line: string): ProcessIdentity | undefined {
  try {
    const { end } = JSON.parse(line) as { readonly end?: Partial<ProcessIdentity> };
    const { pid, startTime, executable } = end ?? {};
    return typeof pid === 'number' &&
      pid > 1 &&
      typeof startTime === 'string' &&
      typeof executable === 'string'
      ? { pid, startTime, executable }
      : undefined;
  } catch {
    return undefined;
  }
}
