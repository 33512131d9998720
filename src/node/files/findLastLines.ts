import type { FileHandle } from 'node:fs/promises';

const chunkSize = 1 << 18;
/** Lines of a log are short; of a file that is none, no more than this is read. In bytes. */
const mostBytes = 4 << 20;
const lineFeed = 10;

/**
 * Where the last `count` whole lines of a file begin (in bytes), and the number of the first of them. Fewer where they are very long.
 * The lines before are only counted.
 */
export async function findLastLines(
  handle: FileHandle,
  size: number,
  count: number,
): Promise<{ readonly position: number; readonly line: number }> {
  // The beginnings of the last lines that were seen, in a ring: one pass over the file, whatever its size.
  const ring: number[] = [0];
  let line = 1;
  const buffer = Buffer.allocUnsafe(Math.min(chunkSize, Math.max(size, 1)));
  for (let position = 0; position < size;) {
    const length = Math.min(buffer.length, size - position);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    if (bytesRead === 0) break;
    for (let at = buffer.indexOf(lineFeed); at >= 0 && at < bytesRead; at = buffer.indexOf(lineFeed, at + 1))
      ring[line++ % (count + 1)] = position + at + 1;
    position += bytesRead;
  }
  // `line` is the one that is not complete yet.
  let first = Math.max(1, line - count);
  while (first < line && size - (ring[(first - 1) % (count + 1)] ?? 0) > mostBytes) first++;
  return { position: ring[(first - 1) % (count + 1)] ?? 0, line: first };
}
