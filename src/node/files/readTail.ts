import { open } from 'node:fs/promises';

/** The last part of a file as text, at most `bytes` long; empty when there is no such file. */
export async function readTail(file: string, bytes = 16_384): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const length = Math.min(size, bytes);
      const { buffer } = await handle.read({ buffer: Buffer.alloc(length), position: size - length });
      return buffer.toString('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
