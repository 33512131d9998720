import assert from 'node:assert/strict';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { processesIn } from './processes';

/**
 * A temporary folder for labs. When the tests of the `describe` are over, nothing may run in it any more; what does is
 * ended, so that the next tests are not disturbed, and is a failure. `stop` is what the tests themselves do before that.
 */
export function useLabFolder(stop?: () => Promise<unknown>): { readonly dir: string } {
  after('nothing is left running', async () => {
    await stop?.();
    const left = processesIn(folder.dir);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    assert.deepEqual(left, [], 'processes that were left running');
  });
  // Its hook runs second: the folder must still be there when its processes are looked for.
  const folder = useTemporaryFolder();
  return folder;
}
