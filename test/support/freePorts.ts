import { createServer } from 'node:net';

/** Blocks of this process start at different places, so that test processes at the same time rarely meet. */
let next = 20_000 + (process.pid % 60) * 200;

/**
 * Neighbouring ports on which nothing listens, from 20000 up to where systems take ports for outgoing connections. `companion` gives
 * another port that must be free with each.
 */
export async function freePorts(count: number, companion?: (port: number) => number): Promise<number[]> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    if (next + count > 32_000) next = 20_000;
    const block = Array.from({ length: count }, (_, index) => next + index);
    next += count;
    const all = companion ? [...block, ...block.map(companion)] : block;
    const free = await Promise.all(all.map(isFree));
    if (free.every(Boolean)) return block;
  }
  throw new Error(`No ${count} neighbouring free ports between 20000 and 32000.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
