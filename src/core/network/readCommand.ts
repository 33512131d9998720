import { splitArguments } from '../conf/splitArguments';

/** One command with the place behind it. */
export interface ReadCommand {
  readonly words: readonly string[];
  readonly end: number;
}

/** What a greeting can be at most; whoever says more is a client. */
const mostWords = 64;
const longestWord = 16_384;

const cr = 13;
const lf = 10;
const asterisk = 42;
const dollar = 36;

/**
 * Reads the command that begins at `start`: a RESP array or a line of words, which is how replicas up to 6.0 speak. Undefined: the
 * rest of it has not come yet. `null`: this is no command that anybody says first.
 */
export function readCommand(bytes: Uint8Array, start: number): ReadCommand | undefined | null {
  if (start >= bytes.length) return undefined;
  return bytes[start] === asterisk ? readArray(bytes, start) : readLine(bytes, start);
}

function readArray(bytes: Uint8Array, start: number): ReadCommand | undefined | null {
  const head = numberAt(bytes, start + 1);
  if (!head) return head;
  if (head.value < 0 || head.value > mostWords) return null;
  const words: string[] = [];
  let at = head.end;
  while (words.length < head.value) {
    if (at >= bytes.length) return undefined;
    if (bytes[at] !== dollar) return null;
    const size = numberAt(bytes, at + 1);
    if (!size) return size;
    if (size.value < 0 || size.value > longestWord) return null;
    const end = size.end + size.value;
    if (end + 2 > bytes.length) return undefined;
    words.push(textOf(bytes.subarray(size.end, end)));
    at = end + 2;
  }
  return { words, end: at };
}

function readLine(bytes: Uint8Array, start: number): ReadCommand | undefined | null {
  const end = bytes.indexOf(lf, start);
  if (end < 0) return bytes.length - start > longestWord ? null : undefined;
  const words = splitArguments(textOf(bytes.subarray(start, bytes[end - 1] === cr ? end - 1 : end)));
  return typeof words === 'string' ? null : { words: words.map(({ value }) => value), end: end + 1 };
}

/** A number and the line end behind it. */
function numberAt(bytes: Uint8Array, start: number): { value: number; end: number } | undefined | null {
  const end = bytes.indexOf(lf, start);
  if (end < 0) return bytes.length - start > 20 ? null : undefined;
  const text = textOf(bytes.subarray(start, end)).replace(/\r$/, '');
  return /^-?\d{1,9}$/.test(text) ? { value: Number(text), end: end + 1 } : null;
}

/** One character a byte: passwords and names may be anything. */
function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** A command as a RESP array; each character is one byte. */
export function writeCommand(words: readonly string[]): Uint8Array {
  const text = `*${words.length}\r\n${words.map(word => `$${word.length}\r\n${word}\r\n`).join('')}`;
  return Uint8Array.from(text, character => character.charCodeAt(0));
}
