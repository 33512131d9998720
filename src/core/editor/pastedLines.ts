/** More text than this is a file's, not a clipboard's. */
export const largestPaste = 4 * 1024 * 1024;

/**
 * The lines of pasted text as a log has them: line ends of any kind, without what a terminal or a chat puts around them (colours, a
 * quote's bar, the blanks in front of all lines). A logo keeps its blanks.
 */
export function pastedLines(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(terminalColour, '')
    .split(/\r\n|\n|\r/)
    .map(line => line.replace(quoteMark, ''));
  const filled = lines.filter(line => line.trim() !== '');
  const indent = Math.min(...filled.map(line => line.length - line.trimStart().length));
  const isLogo = filled[0]?.trimStart().startsWith('_._') ?? false;
  const moved = isLogo || indent === Infinity || indent === 0 ? lines : lines.map(line => line.slice(indent));
  return moved.slice(0, moved.findLastIndex(line => line.trim() !== '') + 1);
}

// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const terminalColour = /\u001B\[[\d;]*m/g;
const quoteMark = /^> ?(?=[\d[p{])/;
