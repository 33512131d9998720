import { createServer } from 'node:net';

/**
 * From 20000 up to where systems take ports for outgoing connections; where test processes run side by side, each has a slice of its
 * own (scripts/lib/sideBySide.mjs).
 */
const [first = 20_000, last = 31_999] = (process.env['REDIS_HA_LAB_TEST_PORTS'] ?? '')
  .split('-')
  .filter(Boolean)
  .map(Number);

/** Blocks of this process start at different places, so that test runs at the same time rarely meet. */
let next = first + (process.pid % 60) * Math.floor((last + 1 - first) / 60);

/** Neighbouring ports on which nothing listens. `companion` gives another port that must be free with each. */
export async function freePorts(count: number, companion?: (port: number) => number): Promise<number[]> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    if (next + count > last + 1) next = first;
    const block = Array.from({ length: count }, (_, index) => next + index);
    next += count;
    const all = companion ? [...block, ...block.map(companion)] : block;
    const free = await Promise.all(all.map(isFree));
    if (free.every(Boolean)) return block;
  }
  throw new Error(`No ${count} neighbouring free ports between ${first} and ${last}.`);
}

/** The first of so many ports, as {@link freePorts} gives them. */
export async function firstFreePort(count: number, companion?: (port: number) => number): Promise<number> {
  const [port = 0] = await freePorts(count, companion);
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
