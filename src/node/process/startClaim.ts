import { stat } from 'node:fs/promises';
import { isClaimed, withClaim } from '../files/fileClaim';
import type { LabPaths } from '../files/labPaths';

/** Does the work while nobody else, in this program or another, starts the same node. */
export async function withStartClaim<T>(paths: LabPaths, node: string, work: () => Promise<T>): Promise<T> {
  return withClaim(paths.startClaim(node), work);
}

/** Whether somebody starts this node right now. */
export async function isBeingStarted(paths: LabPaths, node: string): Promise<boolean> {
  return isClaimed(paths.startClaim(node));
}

/** Whether somebody who started this node was killed in the middle of it. */
export async function isClaimLeft(paths: LabPaths, node: string): Promise<boolean> {
  const file = paths.startClaim(node);
  return (await isThere(file)) && !(await isClaimed(file));
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
