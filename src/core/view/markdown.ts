import type { Evidence } from '../story/storyLine';

/** Text in a cell or sentence of Markdown: what would be read as markup is escaped. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, character => `\\${character}`).replace(/[\r\n]+/g, ' ');
}

/** A table; numbers of columns to the right are aligned with `right`. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, index) => (right.includes(index) ? '---:' : '---'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}

/** A link to a line of a log, as VS Code opens it. */
export function lineLink({ file, line }: Evidence, label = `${baseName(file)}:${line}`): string {
  return `[${markdownText(label)}](<${file.replace(/[<>\\\r\n]/g, encodeURIComponent)}#L${line}>)`;
}

export function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
