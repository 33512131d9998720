import { bytesOf } from '../log/bytesOf';
import type { LineRole, LineTime } from '../log/logLine';

/** Length of `23 Nov 2026 06:47:41.584 # `, and of the same without a year. */
export const stampWithYear = 27;
export const stampWithoutYear = 22;

/**
 * Reads the time of a line in one of the usual layouts from its bytes, as readLogLine does from text; undefined where a byte is not what
 * it should be. `start` is where the stamp begins, `length` one of the two above.
 */
export function readStamp(bytes: Uint8Array, start: number, length: number): LineTime | undefined {
  const month = months.get(letters(bytes, start + 3));
  if (month === undefined) return undefined;
  const hasYear = length === stampWithYear;
  const clock = start + (hasYear ? 12 : 7);
  const day = twoDigits(bytes, start);
  const year = hasYear ? twoDigits(bytes, start + 7) * 100 + twoDigits(bytes, start + 9) : 0;
  const seconds =
    twoDigits(bytes, clock) * 3_600 + twoDigits(bytes, clock + 3) * 60 + twoDigits(bytes, clock + 6);
  const ofDay = seconds * 1_000 + digit(bytes, clock + 9) * 100 + twoDigits(bytes, clock + 10);
  if (Number.isNaN(day + year + ofDay)) return undefined;
  return { year: hasYear ? year : undefined, month, day, ofDay, offset: undefined };
}

/** The role that a letter of the prefix stands for; undefined for letters of no role. */
export function roleOf(letter: number): LineRole | undefined {
  return roles.get(letter);
}

const roles: ReadonlyMap<number, LineRole> = new Map([
  [0x58, 'sentinel'],
  [0x4d, 'master'],
  [0x53, 'replica'],
  [0x43, 'child'],
]);

/** As logs write them; the first is January. */
export const monthNames: readonly string[] = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const months: ReadonlyMap<number, number> = new Map(
  monthNames.map((name, index) => [letters(bytesOf(name), 0), index + 1]),
);

function letters(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

function digit(bytes: Uint8Array, at: number): number {
  const value = (bytes[at] ?? 0) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return digit(bytes, at) * 10 + digit(bytes, at + 1);
}
