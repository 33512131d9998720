import { readLogLine } from './logLine';

/** So many lines are looked at: a log may begin in the middle of a crash report. */
export const linesToLookAt = 200;

/**
 * Whether text is a log of Redis, Sentinel or Valkey: one of its first lines has their prefix, or it begins as a server does that
 * did not get as far as its log (logo, config error).
 */
export function looksLikeLog(lines: Iterable<string>): boolean {
  let count = 0;
  for (const line of lines) {
    if (count++ === linesToLookAt) return false;
    // A JSON object of another program may have a pid and a message too.
    const { dialect, time, role } = readLogLine(line);
    if (dialect === 'json' ? time !== undefined && role !== undefined : dialect !== 'raw') return true;
    if (firstWords.test(line)) return true;
  }
  return false;
}

const firstWords =
  /^(?:\*\*\* FATAL CONFIG FILE ERROR|=== (?:REDIS|VALKEY) BUG REPORT START| {16}_\._ *$|oO0OoO0OoO0Oo )/;
