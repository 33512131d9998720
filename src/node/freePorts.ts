import { isPortFree } from './process/portOwner';

/** Where the search for free ports goes on when the usual ones are taken, added to them. */
const offsets = [0, 100, 200, 300, 1_000, 2_000, 10_000, 20_000, 30_000];

/** A run of free ports, and the first port of the wanted run that was taken, where one was. */
export interface PortBlock {
  readonly first: number;
  readonly taken: number | undefined;
}

/**
 * Looks for `count` free ports in a row, at `wanted` first. `reserved` are those of other labs, running or not; `companion` gives
 * another port that must be free with each. Undefined: none found.
 */
export async function findFreeBlock(
  wanted: number,
  count: number,
  reserved: ReadonlySet<number>,
  companion?: (port: number) => number,
): Promise<PortBlock | undefined> {
  let taken: number | undefined;
  for (const offset of offsets) {
    const ports = Array.from({ length: count }, (_, index) => wanted + offset + index);
    if ((ports.at(-1) ?? wanted) > 65_535) continue;
    const busy =
      (await firstBusy(ports, reserved)) ?? (companion && (await firstBusy(ports.map(companion), reserved)));
    if (busy === undefined) return { first: wanted + offset, taken };
    taken ??= busy;
  }
  return undefined;
}

async function firstBusy(
  ports: readonly number[],
  reserved: ReadonlySet<number>,
): Promise<number | undefined> {
  for (const port of ports) if (reserved.has(port) || !(await isPortFree(port))) return port;
  return undefined;
}
