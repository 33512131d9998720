import { bytesOf } from '../log/bytesOf';
import type { MessageSpec } from '../log/messages/messageSpec';
import { compileWording } from '../log/wording';
import { stampWithoutYear, stampWithYear } from './usualPrefix';

/**
 * Tells quickly whether a line can take part in the story: a million lines pass here as bytes, and most of them leave again before
 * they become text. It may say yes too often, never no for a line that counts; the recogniser decides.
 */
export class LineFilter {
  /** Fixed beginnings of the messages that count, by their first three bytes. */
  private readonly heads = new Map<number, Uint8Array[]>();
  /** What stands behind the first word of messages that begin with a value: `<id or address> voted for …`. */
  private readonly behindFirstWord: Uint8Array[] = [];

  constructor(specs: readonly MessageSpec[]) {
    const wordings = specs.flatMap(spec => spec.wordings.map(compileWording));
    for (const after of new Set(
      wordings.flatMap(({ head, slots }) => (head === '' ? (slots[0]?.after ?? []) : [])),
    ))
      this.behindFirstWord.push(bytesOf(after));
    for (const head of new Set(wordings.map(wording => wording.head))) {
      if (head === '') continue;
      const bytes = bytesOf(head);
      const key = keyAt(bytes, 0);
      const known = this.heads.get(key);
      if (known) known.push(bytes);
      else this.heads.set(key, [bytes]);
    }
  }

  /** Whether the message that begins at `at` may be one that counts. */
  mayCount(bytes: Uint8Array, at: number, end: number): boolean {
    const first = bytes[at];
    if (first === plus || first === minus) return true;
    const heads = this.heads.get(keyAt(bytes, at));
    if (heads !== undefined) for (const head of heads) if (standsAt(bytes, at, end, head)) return true;
    return this.beginsWithValue(bytes, at, end);
  }

  private beginsWithValue(bytes: Uint8Array, at: number, end: number): boolean {
    const limit = Math.min(end, at + longestFirstWord);
    let space = at;
    while (space < limit && bytes[space] !== blank) space++;
    const key = keyAt(bytes, space);
    for (const after of this.behindFirstWord)
      if (key === keyAt(after, 0) && standsAt(bytes, space, end, after)) return true;
    return false;
  }
}

/** The line has no prefix: a logo, a crash report, a config-error block. */
export const noPrefix = -1;
/** The line has a prefix that must be read properly. */
const otherPrefix = -2;

/**
 * Where the message begins in the usual layouts (`pid:R`, with and without a year), else {@link noPrefix} or {@link otherPrefix}. The
 * stamp of time before it is read by usualPrefix.ts.
 */
export function messageStart(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  if (first === openBracket || first === openBrace || first === letterP) return otherPrefix;
  if (first === undefined || first < zero || first > nine) return noPrefix;
  let at = start + 1;
  while (at < end && isDigit(bytes[at])) at++;
  if (bytes[at] !== colon) return noPrefix;
  const stamp = at + 3;
  if (bytes[at + 2] !== blank) return otherPrefix;
  // `23 Nov 2026 06:47:41.584 # ` or the same without a year
  if (bytes[stamp + 14] === colon && bytes[stamp + 24] === blank && bytes[stamp + 26] === blank)
    return stamp + stampWithYear;
  if (bytes[stamp + 9] === colon && bytes[stamp + 19] === blank && bytes[stamp + 21] === blank)
    return stamp + stampWithoutYear;
  return otherPrefix;
}

/** A line of the logo that may tell the port: up to 3.0, and on Windows, the log says it nowhere else. */
export function isLogoWithPort(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === blank && bytes[start + 1] === bar && end - start < longestLogoLine;
}

const bar = 124;
const longestLogoLine = 100;
const plus = 43;
const minus = 45;
const zero = 48;
const nine = 57;
const colon = 58;
const blank = 32;
const openBracket = 91;
const letterP = 112;
const openBrace = 123;

// Readers of bytes have functions of their own where a million lines pass: shared ones made explain a fifth slower.
function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}

function keyAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

function standsAt(bytes: Uint8Array, at: number, end: number, text: Uint8Array): boolean {
  if (at + text.length > end) return false;
  for (let index = 3; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
  return true;
}

/** A Sentinel's id has 40 characters; an address with a host name may have more. */
const longestFirstWord = 64;
