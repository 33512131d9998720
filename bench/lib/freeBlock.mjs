import { isFree } from '../../scripts/lib/freePorts.mjs';

/** Free ports in a row, from 20000 up. @param {number} count */
export async function freeBlock(count) {
  for (let first = 20_000 + Math.floor(Math.random() * 5_000); first < 32_000; first += count) {
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return ports;
  }
  throw new Error(`no ${count} free ports in a row between 20000 and 32000`);
}
