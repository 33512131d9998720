import { accessSync, constants, statSync } from 'node:fs';
import type { ProbePath } from '../../core/lint/missingPaths';

/** What is at a path of this machine. Synchronous: a conf names a handful of them. */
export const probePath: ProbePath = path => {
  try {
    if (statSync(path).isDirectory()) return 'there';
  } catch (error) {
    // A folder that may not be looked into is no proof that something is missing.
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'there' : 'missing';
  }
  try {
    accessSync(path, constants.X_OK);
    return 'there';
  } catch {
    return 'not-executable';
  }
};
