import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for the tests of one `describe`, made before them and removed after them. Read `dir` inside a test only. */
export function useTemporaryFolder(): { readonly dir: string } {
  const folder = { dir: '' };
  before(() => {
    // macOS: the temporary folder is behind a symbolic link
    folder.dir = realpathSync(mkdtempSync(path.join(tmpdir(), 'redis-ha-lab-test-')));
  });
  after(() => {
    rmSync(folder.dir, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}
