/**
 * Writes a value so that {@link splitArguments} reads the same value again. Plain words stay as they are; anything with blanks,
 * quotes, backslashes or control characters is put in double quotes, as CONFIG REWRITE does (sds.c, `sdscatrepr`).
 * Letters outside ASCII stay readable: Redis takes a path as bytes and does not need them escaped.
 */
export function quoteArgument(value: string): string {
  if (/^[^\s"'\\#\x00-\x1f\x7f]+$/.test(value)) return value;
  const escaped = value.replace(
    /["\\\x00-\x1f\x7f]/g,
    char => namedEscapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}

const namedEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\x07': '\\a',
};

/**
 * A path as a conf value: forward slashes, which every Windows port takes, and quotes, so that a backslash can never be read as an
 * escape and blanks are safe.
 */
export function quotePath(path: string, windows: boolean): string {
  const slashed = windows ? path.replaceAll('\\', '/') : path;
  const quoted = quoteArgument(slashed);
  return quoted.startsWith('"') ? quoted : `"${quoted}"`;
}
