import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabPaths } from '../files/labPaths';

/** A claim is held for the moment in which a process is made and noted, in milliseconds; an older one was left behind. */
const longestClaim = 10_000;
const lookInterval = 20;

/** Does the work while nobody else, in this program or another, starts the same node. */
export async function withStartClaim<T>(paths: LabPaths, node: string, work: () => Promise<T>): Promise<T> {
  const file = paths.startClaim(node);
  while (!(await tryClaim(file))) {
    if (await isHeld(file)) await sleep(lookInterval);
    else await rm(file, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Whether somebody starts this node right now. */
export async function isBeingStarted(paths: LabPaths, node: string): Promise<boolean> {
  return isHeld(paths.startClaim(node));
}

/** Whether somebody who started this node was killed in the middle of it. */
export async function isClaimLeft(paths: LabPaths, node: string): Promise<boolean> {
  const file = paths.startClaim(node);
  return (await isThere(file)) && !(await isHeld(file));
}

async function tryClaim(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A claim whose owner was killed in the middle of a start is nobody's. */
async function isHeld(file: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    const pid = Number(await readFile(file, 'latin1'));
    return Date.now() - mtimeMs < longestClaim && (pid === 0 || isAlive(pid));
  } catch {
    return false;
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
