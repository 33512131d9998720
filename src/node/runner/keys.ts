import type { ReadStream } from 'node:tty';

const controlC = '\x03';

/** Reads single keys from the terminal; `ctrl+c` for Ctrl+C, which raw mode gives as a character. */
export function onKeys(input: ReadStream | NodeJS.ReadStream, onKey: (key: string) => void): void {
  if (input.isTTY) input.setRawMode(true);
  input.setEncoding('utf8');
  input.on('data', (text: string | Buffer) => {
    for (const key of String(text)) onKey(key === controlC ? 'ctrl+c' : key);
  });
  input.resume();
}
