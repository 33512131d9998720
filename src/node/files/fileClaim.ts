import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A claim is held for the moment that a small piece of work takes, in milliseconds; an older one was left behind. */
const longestClaim = 10_000;
const lookInterval = 20;

/** Does the work while nobody else, in this program or another, holds the claim of this file. The folder must be there. */
export async function withClaim<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!(await tryClaim(file))) {
    if (await isClaimed(file)) await sleep(lookInterval);
    else await rm(file, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
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

/** Whether somebody holds the claim: one whose owner was killed in the middle of its work is nobody's. */
export async function isClaimed(file: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    const pid = Number(await readFile(file, 'latin1'));
    return Date.now() - mtimeMs < longestClaim && (pid === 0 || isAlive(pid));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
