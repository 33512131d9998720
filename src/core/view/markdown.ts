import type { Evidence } from '../story/storyLine';

/** Text in a cell or sentence of Markdown: what would be read as markup is escaped. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, character => `\\${character}`).replace(/[\r\n]+/g, ' ');
}

/** A sentence of ours: words in backticks are code, all else is text. */
export function markdownProse(text: string): string {
  // A bar would end a cell of a table even inside code.
  return text.replace(/`([^`|\r\n]+)`|[^`]+|`/g, (part, code: string | undefined) =>
    code === undefined ? markdownText(part) : part,
  );
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

/** How a report names lines of its logs: what is shown, and where the link leads; undefined: the text is in no file. */
export interface LineLinks {
  readonly nameOf: (file: string) => string;
  readonly linkTo: (file: string, line: number) => string | undefined;
}

/** Links as a page has them that lies where the command was given. */
export const plainLinks: LineLinks = {
  nameOf: baseName,
  // Standard input has no lines to go to.
  linkTo: (file, line) =>
    file === '-' ? undefined : `${file.replace(/[<>\\\r\n]/g, encodeURIComponent)}#L${line}`,
};

export function lineLink({ file, line }: Evidence, { nameOf, linkTo }: LineLinks): string {
  const label = markdownText(`${nameOf(file)}:${line}`);
  const target = linkTo(file, line);
  return target === undefined ? label : `[${label}](<${target}>)`;
}

function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
