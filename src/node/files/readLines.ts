import { StringDecoder } from 'node:string_decoder';
import { LineSplitter } from '../../core/log/lineSplitter';
import { readBytes } from './readBytes';

/**
 * Reads a log of any size, in pieces, and gives its lines in order; `-` is standard input. UTF-8 with or without a BOM and UTF-16
 * with one are read; what is neither comes through with replacement characters.
 */
export async function readLines(
  file: string,
  onLines: (lines: readonly string[]) => void | Promise<void>,
): Promise<void> {
  const splitter = new LineSplitter();
  const decoder = new StringDecoder('utf8');
  await readBytes(file, async piece => {
    const lines = splitter.push(decoder.write(piece));
    if (lines.length > 0) await onLines(lines);
  });
  const last = [...splitter.push(decoder.end()), ...splitter.end()];
  if (last.length > 0) await onLines(last);
}
