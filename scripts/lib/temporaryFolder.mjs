import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atExit } from './exitCleanup.mjs';

/**
 * A folder that is gone when this process ends.
 * @param {string} purpose part of its name
 * @param {string} [source] a folder to copy into it
 */
export function temporaryFolder(purpose, source) {
  // macOS: the temporary folder is behind a symbolic link, and VS Code shows the real path
  const dir = realpathSync(mkdtempSync(path.join(tmpdir(), `redis-ha-lab-${purpose}-`)));
  if (source) cpSync(source, dir, { recursive: true });
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  const forget = atExit(remove);
  return {
    dir,
    remove() {
      forget();
      remove();
    },
    /** Leaves the folder there: a program that outlives us works in it. */
    keep: forget,
  };
}
