/** One word of a conf line: its value with quotes and escapes undone, and where it stands in the line (UTF-16 columns from 0). */
export interface Argument {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Why a line cannot be split: Redis stops with `Unbalanced quotes in configuration line`. */
export type SplitFailure = 'unbalanced-quotes';

/** C's isspace(): JavaScript's own `\s` would also split at a blank of another script, such as U+3000. */
const blank = /[ \t\n\v\f\r]/;
const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/**
 * Splits a conf line into words exactly as Redis does (sds.c, `sdssplitargs`): double quotes know `\n \r \t \b \a \xHH` and a
 * backslash before any other character, single quotes know only `\'`, and a closing quote must be followed by a blank or the end.
 * `mixed`: the word may go on behind a closing quote, as in `"ab"cd`, which Valkey reads since 9.0.
 */
export function splitArguments(line: string, mixed = false): readonly Argument[] | SplitFailure {
  const words: Argument[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && blank.test(line.charAt(at))) at++;
    if (at >= line.length) return words;
    const word = readWord(line, at, mixed);
    if (typeof word === 'string') return word;
    words.push(word);
    at = word.end;
  }
}

function readWord(line: string, start: number, mixed: boolean): Argument | SplitFailure {
  let value = '';
  let at = start;
  while (at < line.length && !blank.test(line.charAt(at))) {
    const char = line.charAt(at);
    if (char !== '"' && char !== "'") {
      value += char;
      at++;
      continue;
    }
    const quoted = char === '"' ? readDoubleQuoted(line, at + 1) : readSingleQuoted(line, at + 1);
    if (!quoted) return 'unbalanced-quotes';
    if (!mixed && quoted.end < line.length && !blank.test(line.charAt(quoted.end)))
      return 'unbalanced-quotes';
    value += quoted.value;
    at = quoted.end;
  }
  return { value, start, end: at };
}

function readDoubleQuoted(line: string, start: number): { value: string; end: number } | undefined {
  const hexBytes = /(?:\\x[0-9a-fA-F]{2})+/y;
  let value = '';
  for (let at = start; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === '"') return { value, end: at + 1 };
    if (char !== '\\' || at + 1 >= line.length) {
      value += char;
      continue;
    }
    hexBytes.lastIndex = at;
    const hex = hexBytes.exec(line)?.[0];
    if (hex) {
      value += bytesToText(hex);
      at += hex.length - 1;
    } else {
      const escaped = line.charAt(++at);
      value += simpleEscapes[escaped] ?? escaped;
    }
  }
  return undefined;
}

/** Escapes stand for bytes: CONFIG REWRITE writes each byte of a letter outside ASCII as one. Bytes that are no UTF-8 stay single characters. */
function bytesToText(escapes: string): string {
  const bytes = Uint8Array.from(escapes.split('\\x').slice(1), digits => Number.parseInt(digits, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return String.fromCharCode(...bytes);
  }
}

function readSingleQuoted(line: string, start: number): { value: string; end: number } | undefined {
  let value = '';
  for (let at = start; at < line.length; at++) {
    if (line.startsWith("\\'", at)) {
      value += "'";
      at++;
    } else if (line.charAt(at) === "'") {
      return { value, end: at + 1 };
    } else {
      value += line.charAt(at);
    }
  }
  return undefined;
}
