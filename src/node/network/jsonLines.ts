import type { Socket } from 'node:net';

/** Calls `onLine` with each line that comes; who sends a longer one than `longest` bytes is hung up on. */
export function readJsonLines(socket: Socket, longest: () => number, onLine: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length > longest()) socket.destroy();
  });
}
