// Finding programs without starting a shell.
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The first of these programs that exists: a bare name is looked for on the PATH, a path is taken as it is.
 * @param {readonly (string | undefined)[]} candidates
 * @returns {string | undefined}
 */
export function findProgram(candidates) {
  for (const candidate of candidates) {
    if (!candidate) continue;
    const places = path.isAbsolute(candidate)
      ? [candidate]
      : (process.env.PATH ?? '').split(path.delimiter).map(dir => path.join(dir, candidate));
    for (const place of places) {
      const file = executable(place);
      if (file) return file;
    }
  }
  return undefined;
}

/** @param {string} file */
function executable(file) {
  const endings = process.platform === 'win32' && path.extname(file) === '' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const ending of endings) {
    try {
      accessSync(file + ending, constants.X_OK);
      if (statSync(file + ending).isFile()) return file + ending;
    } catch {
      // not here
    }
  }
  return undefined;
}
