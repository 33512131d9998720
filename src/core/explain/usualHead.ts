import { bytesOf } from '../log/bytesOf';
import { messageStart } from '../story/lineFilter';
import { monthNames, stampWithoutYear, stampWithYear } from '../story/usualPrefix';

/** The longest that {@link writeUsualHead} writes. */
export const longestHead = 200;

/**
 * Where the message of a line begins whose prefix can be copied into JSON as it is: one of the two usual layouts, with nothing unusual
 * in it (what readLogLine would read in the same way); -1 for all other lines, which take the long way.
 */
export function usualMessageStart(bytes: Uint8Array, start: number, end: number): number {
  const message = messageStart(bytes, start, end);
  if (message < 0 || message >= end) return -1;
  const hasYear = bytes[message - stampWithYear - 1] === blank;
  const stamp = message - (hasYear ? stampWithYear : stampWithoutYear);
  const clock = message - 15;
  const letter = bytes[stamp - 2] ?? 0;
  const pidLength = stamp - 3 - start;
  const isUsual =
    letter >= 65 &&
    letter <= 90 &&
    pidLength <= 10 &&
    (bytes[start] !== zero || pidLength === 1) &&
    isTwoDigits(bytes, stamp) &&
    bytes[stamp + 2] === blank &&
    months.has(threeLetters(bytes, stamp + 3)) &&
    bytes[stamp + 6] === blank &&
    (!hasYear || (isTwoDigits(bytes, stamp + 7) && isTwoDigits(bytes, stamp + 9))) &&
    bytes[clock - 1] === blank &&
    isClock(bytes, clock) &&
    levels.has(bytes[message - 2] ?? 0);
  return isUsual ? message : -1;
}

/**
 * Writes `"line":…,` to `"level":…,` of such a line at `to`, as ExplainedJson does, and returns where it ends. Digits are copied, not
 * read.
 */
export function writeUsualHead(
  target: Uint8Array,
  to: number,
  line: {
    readonly number: number;
    readonly bytes: Uint8Array;
    readonly start: number;
    readonly message: number;
  },
): number {
  const { bytes, start, message } = line;
  const hasYear = bytes[message - stampWithYear - 1] === blank;
  const stamp = message - (hasYear ? stampWithYear : stampWithoutYear);
  let at = writeNumber(target, to, line.number);
  at = copy(target, at, hasYear ? yearIntro : noYearIntro);
  if (hasYear) {
    at = copyPart(target, at, bytes, stamp + 7, 4);
    target[at++] = dash;
  }
  at = copy(target, at, months.get(threeLetters(bytes, stamp + 3)) ?? nothing);
  at = copyPart(target, at, bytes, stamp, 2);
  target[at++] = letterT;
  at = copyPart(target, at, bytes, message - 15, 12);
  at = copy(target, at, pidIntro);
  at = copyPart(target, at, bytes, start, stamp - 3 - start);
  at = copy(target, at, roles.get(bytes[stamp - 2] ?? 0) ?? noRole);
  return copy(target, at, levels.get(bytes[message - 2] ?? 0) ?? nothing);
}

const blank = 32;
const dash = 45;
const point = 46;
const zero = 48;
const colon = 58;
const letterT = 84;

const nothing = new Uint8Array(0);
const yearIntro = bytesOf(',"lines":1,"dialect":"role-year","time":"');
const noYearIntro = bytesOf(',"lines":1,"dialect":"role","time":"--');
const pidIntro = bytesOf('","pid":');
const noRole = bytesOf(',"role":null');

const roles: ReadonlyMap<number, Uint8Array> = new Map(
  [...Object.entries({ X: 'sentinel', M: 'master', S: 'replica', C: 'child' })].map(([letter, name]) => [
    letter.charCodeAt(0),
    bytesOf(`,"role":"${name}"`),
  ]),
);

const levels: ReadonlyMap<number, Uint8Array> = new Map(
  [...Object.entries({ '.': 'debug', '-': 'verbose', '*': 'notice', '#': 'warning' })].map(([sign, name]) => [
    sign.charCodeAt(0),
    bytesOf(`,"level":"${name}",`),
  ]),
);

const months: ReadonlyMap<number, Uint8Array> = new Map(
  monthNames.map((name, index) => [
    threeLetters(bytesOf(name), 0),
    bytesOf(`${String(index + 1).padStart(2, '0')}-`),
  ]),
);

function threeLetters(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= 57;
}

function isTwoDigits(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) && isDigit(bytes[at + 1]);
}

/** `06:47:41.584`, of a day that has 24 hours. */
function isClock(bytes: Uint8Array, at: number): boolean {
  const hours = ((bytes[at] ?? 0) - zero) * 10 + (bytes[at + 1] ?? 0) - zero;
  return (
    isTwoDigits(bytes, at) &&
    hours < 24 &&
    bytes[at + 2] === colon &&
    isTwoDigits(bytes, at + 3) &&
    (bytes[at + 3] ?? 0) < sixty &&
    bytes[at + 5] === colon &&
    isTwoDigits(bytes, at + 6) &&
    (bytes[at + 6] ?? 0) < sixty &&
    bytes[at + 8] === point &&
    isDigit(bytes[at + 9]) &&
    isTwoDigits(bytes, at + 10)
  );
}

/** The first digit of 60. */
const sixty = 54;

function writeNumber(target: Uint8Array, to: number, value: number): number {
  let power = 1;
  while (power * 10 <= value) power *= 10;
  let at = to;
  for (let left = value; power >= 1; power /= 10) {
    const next = Math.floor(left / power);
    target[at++] = zero + next;
    left -= next * power;
  }
  return at;
}

function copy(target: Uint8Array, to: number, bytes: Uint8Array): number {
  return copyPart(target, to, bytes, 0, bytes.length);
}

/** A few bytes: a loop is quicker than a view and set(). */
function copyPart(target: Uint8Array, to: number, bytes: Uint8Array, from: number, count: number): number {
  for (let index = 0; index < count; index++) target[to + index] = bytes[from + index] ?? 0;
  return to + count;
}
