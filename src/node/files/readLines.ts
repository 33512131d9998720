import { ByteLines, type TakeByteLine } from '../../core/log/byteLines';
import { readBytes } from './readBytes';

/**
 * Reads a log of any size, in pieces, and gives its lines in order; `-` is standard input. UTF-8 with or without a BOM and UTF-16
 * with one are read; what is neither comes through with replacement characters.
 */
export async function readLines(
  file: string,
  onLines: (lines: readonly string[]) => void | Promise<void>,
): Promise<void> {
  const splitter = new ByteLines();
  let lines: string[] = [];
  // Each line on its own: a line that is cut out of a larger text would keep all of that text in memory.
  const take: TakeByteLine = (bytes, start, end) => {
    lines.push(decodeLine(bytes, start, end));
  };
  const give = async (): Promise<void> => {
    const whole = lines;
    lines = [];
    if (whole.length > 0) await onLines(whole);
  };
  await readBytes(file, piece => {
    splitter.push(piece, take);
    return give();
  });
  splitter.end(take);
  await give();
}

/**
 * The same without making text of the lines. `onPiece` comes after the lines of each piece, whose bytes are used again when it is
 * through.
 */
export async function readByteLines(
  file: string,
  take: TakeByteLine,
  onPiece: () => void | Promise<void>,
): Promise<void> {
  const splitter = new ByteLines();
  await readBytes(file, piece => {
    splitter.push(piece, take);
    return onPiece();
  });
  splitter.end(take);
  await onPiece();
}

/** Makes text of `bytes[start, end)`. */
export function decodeLine(bytes: Uint8Array, start: number, end: number): string {
  const { buffer, byteOffset } = bytes;
  return Buffer.from(buffer, byteOffset + start, end - start).toString('utf8');
}
