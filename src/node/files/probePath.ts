import { accessSync, constants, statSync, type Stats } from 'node:fs';
import type { ProbePath } from '../../core/lint/missingPaths';

/** What is at a path of this machine. Synchronous: a conf names a handful of them. */
export const probePath: ProbePath = (path, use) => {
  let info: Stats;
  try {
    info = statSync(path);
  } catch (error) {
    // A folder that may not be looked into is no proof that something is missing.
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'there' : 'missing';
  }
  const isFolder = info.isDirectory();
  if (use === 'write') {
    // What belongs to somebody else is for a server that runs as that user.
    const isOwn = process.getuid === undefined || info.uid === process.getuid();
    const mode = isFolder ? constants.W_OK | constants.X_OK : constants.W_OK;
    return isOwn && !isAllowed(path, mode) ? 'not-writable' : 'there';
  }
  return isFolder || isAllowed(path, constants.X_OK) ? 'there' : 'not-executable';
};

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
