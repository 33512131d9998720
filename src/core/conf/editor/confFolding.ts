import type { ConfText } from '../confText';
import { confSections, sectionTitle } from './confOutline';

/** Lines that fold together; they count from 1 and include both ends. */
export interface FoldedLines {
  readonly kind: 'section' | 'comment';
  readonly first: number;
  readonly last: number;
}

/** What can be folded: the sections, and every run of several comment lines within them. */
export function confFolding(conf: ConfText): readonly FoldedLines[] {
  const sections = confSections(conf)
    .filter(({ first, last }) => last > first)
    .map(({ first, last }) => ({ kind: 'section' as const, first, last }));
  const comments: FoldedLines[] = [];
  let first: number | undefined;
  const end = (last: number): void => {
    if (first !== undefined && last > first) comments.push({ kind: 'comment', first, last });
    first = undefined;
  };
  for (const line of conf.lines) {
    const isComment = line.kind === 'comment' && sectionTitle(line) === undefined;
    if (!isComment) end(line.line - 1);
    else first ??= line.line;
  }
  end(conf.lines.length);
  return [...sections, ...comments].toSorted((a, b) => a.first - b.first || b.last - a.last);
}
