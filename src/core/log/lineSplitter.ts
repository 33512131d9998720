/** A line longer than this, in characters, is cut: nobody reads on, and memory stays bounded. */
export const longestLine = 1_048_576;

/**
 * Cuts text that comes in pieces into whole lines, without their ends (LF or CRLF). Wherever the pieces are cut, the lines are the
 * same; a last line without an end comes with `end()`.
 */
export class LineSplitter {
  private rest = '';

  /** The lines that are complete with this piece. */
  push(piece: string): string[] {
    const lines = (this.rest === '' ? piece : this.rest + piece).split('\n');
    const rest = lines.pop() ?? '';
    this.rest = rest.length > longestLine ? rest.slice(0, longestLine) : rest;
    for (let index = 0; index < lines.length; index++) lines[index] = trimmed(lines[index] ?? '');
    return lines;
  }

  end(): string[] {
    const { rest } = this;
    this.rest = '';
    return rest === '' ? [] : [trimmed(rest)];
  }
}

function trimmed(line: string): string {
  const end = line.charCodeAt(line.length - 1) === 13 ? line.length - 1 : line.length;
  return end === line.length && end <= longestLine ? line : line.slice(0, Math.min(end, longestLine));
}
