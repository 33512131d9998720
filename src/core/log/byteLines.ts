/** A line longer than this, in bytes, is cut: nobody reads on, and memory stays bounded. */
export const longestLine = 1_048_576;

/** Takes the line `bytes[start, end)`, without its line end. The bytes are only good during the call: they are used again. */
export type TakeByteLine = (bytes: Uint8Array, start: number, end: number) => void;

/**
 * Cuts bytes that come in pieces into lines without making text of them: a log of a million lines is mostly lines that nobody asks
 * for. Wherever the pieces are cut, the lines are the same. LF and CRLF end a line; a line longer than {@link longestLine} bytes is
 * cut.
 */
export class ByteLines {
  /** The beginning of a line whose end is in a later piece. */
  private rest: Uint8Array = new Uint8Array(0);

  push(piece: Uint8Array, take: TakeByteLine): void {
    let start = 0;
    let end = piece.indexOf(newline);
    if (this.rest.length > 0) {
      const head = end < 0 ? piece : piece.subarray(0, end);
      this.rest = joined(this.rest, head.subarray(0, longestLine - this.rest.length));
      if (end < 0) return;
      this.end(take);
      start = end + 1;
      end = piece.indexOf(newline, start);
    }
    while (end >= 0) {
      take(piece, start, trimmedEnd(piece, start, end));
      start = end + 1;
      end = piece.indexOf(newline, start);
    }
    // A copy: the piece's bytes belong to whoever reads. Not slice(), which gives a Buffer's own bytes.
    if (start < piece.length) this.rest = Uint8Array.from(piece.subarray(start, start + longestLine));
  }

  /** The last line, where it has no end. */
  end(take: TakeByteLine): void {
    const { rest } = this;
    this.rest = new Uint8Array(0);
    if (rest.length > 0) take(rest, 0, trimmedEnd(rest, 0, rest.length));
  }
}

const newline = 10;
const carriageReturn = 13;

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  const withoutReturn = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
  return Math.min(withoutReturn, start + longestLine);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
