import type { ConfLine } from './confText';

/** The name of a line's directive in lower case; of Sentinel's own with its sub-command, `sentinel monitor`. */
export function directiveName({ words }: ConfLine): string {
  const name = words[0]?.value.toLowerCase() ?? '';
  const option = words[1]?.value.toLowerCase();
  return name === 'sentinel' && option !== undefined ? `sentinel ${option}` : name;
}

/** How many words the name takes: a value is counted from behind it. */
export function nameLength({ words }: ConfLine): number {
  return words.length > 1 && words[0]?.value.toLowerCase() === 'sentinel' ? 2 : 1;
}

/** The values of a directive: its words without the name. */
export function valuesOf(line: ConfLine): readonly string[] {
  return line.words.slice(nameLength(line)).map(word => word.value);
}
