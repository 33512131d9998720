import type { ConfLine, ConfText, LineEdit } from '../confText';

/**
 * Puts a conf in order without touching a word: blanks before and behind a line go, several blank lines become one, and those at
 * the beginning and the end go. A line whose quotes do not end stays as it is, and so does white space that Redis does not take
 * for any.
 */
export function formatConf({ lines }: ConfText): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  // Blank lines above the first line go, too.
  let isAfterBlank = true;
  const lastFilled = lines.findLast(line => !isBlank(line))?.line ?? 0;
  for (const line of lines) {
    if (isBlank(line)) {
      if (isAfterBlank || line.line > lastFilled) edits.push({ line: line.line, text: null });
      else if (line.text !== '') edits.push({ line: line.line, text: '' });
      isAfterBlank = true;
      continue;
    }
    isAfterBlank = false;
    if (line.kind === 'unbalanced') continue;
    const text = line.text.replace(/^[ \t\r]+/, '').replace(/[ \t\r]+$/, '');
    if (text !== line.text) edits.push({ line: line.line, text });
  }
  return edits;
}

function isBlank({ text }: ConfLine): boolean {
  return /^[ \t\r\v\f]*$/.test(text);
}
