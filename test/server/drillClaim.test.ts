import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { DrillClaim } from '../../src/node/drill/drillClaim';
import { LabPaths } from '../../src/node/files/labPaths';
import { identityOf, ownIdentity } from '../../src/node/process/identity';
import { useTemporaryFolder } from '../support/temporaryFolder';

describe('a lab that is taken for a drill', () => {
  const folder = useTemporaryFolder();
  let paths: LabPaths;
  const running: ChildProcess[] = [];

  beforeEach(() => {
    paths = new LabPaths(folder.dir);
  });
  afterEach('others end', async () => {
    for (const child of running.splice(0)) await end(child);
  });

  async function start(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    running.push(child);
    return child;
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  it('is taken once, and free again when it is given back', async () => {
    const claim = await DrillClaim.take(paths, 'lab');
    await assert.rejects(DrillClaim.take(paths, 'lab'), /^HumanError: A drill is running in "lab" already\./);
    await claim.giveBack();
    assert.equal(existsSync(paths.drill), false);
    await (await DrillClaim.take(paths, 'lab')).giveBack();
  });

  it('is taken by one of many who want it at the same time', async () => {
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => DrillClaim.take(paths, 'lab')));
    const got = all.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
    assert.equal(got.length, 1);
    await got[0]?.giveBack();
  });

  it('belongs to a program as long as that runs, and then to who cleans up after it', async () => {
    const [owner, keeper] = [await start(), await start()];
    const state = { owner: await identityOf(owner.pid!), keeper: await identityOf(keeper.pid!) };
    mkdirSync(paths.runFolder, { recursive: true });
    writeFileSync(paths.drill, JSON.stringify(state));
    const take = (): Promise<DrillClaim> => DrillClaim.take(paths, 'lab');
    await assert.rejects(
      take(),
      new RegExp(`A drill of another program \\(pid ${owner.pid}\\) is running in "lab"`),
    );
    await end(owner);
    await assert.rejects(take(), /The last drill in "lab" is still being cleaned up\./);
    await end(keeper);
    await (await take()).giveBack();
  });

  it('belongs to nobody where the file tells of nobody', async () => {
    mkdirSync(paths.runFolder, { recursive: true });
    const own = await ownIdentity();
    for (const text of [
      '',
      'null',
      '7',
      '{}',
      '{"owner":{"pid":1}}',
      JSON.stringify({ owner: { ...own, startTime: 'x' } }),
    ]) {
      writeFileSync(paths.drill, text);
      await (await DrillClaim.take(paths, 'lab')).giveBack();
    }
  });
});
