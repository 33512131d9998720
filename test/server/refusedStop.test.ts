import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { useLab } from './support/lab';
import { isAlive } from './support/processes';

describe('a server that cannot save its data', () => {
  const lab = useLab({ replicas: 1, sentinels: 0 });
  const rdb = (): string => lab.file('data', `redis-${lab.port}`, 'dump.rdb');
  let pid = 0;

  before('it has something to save, and a folder in the way', async () => {
    await lab.output('up');
    pid = (await lab.node(lab.port)).pid ?? 0;
    await lab.output('stop', 'replica');
    rmSync(rdb(), { force: true });
    mkdirSync(rdb());
    await lab.ask(lab.port, 'SET', 'key', 'value');
  });

  it('refuses to stop; the message says why and what to do', async () => {
    const text = await lab.error('stop', 'master');
    assert.match(
      text,
      new RegExp(
        `^redis-${lab.port} refused to stop because it cannot save its data; its log has the reason\\.`,
      ),
    );
    assert.equal(isAlive(pid), true);
    assert.equal((await lab.node(lab.port)).state, 'running');
    assert.equal(await lab.ask(lab.port, 'GET', 'key'), 'value');
  });

  it('stops when it can save again, although its log still tells of the refusal', async () => {
    rmSync(rdb(), { recursive: true });
    await lab.output('stop', 'master');
    assert.equal(isAlive(pid), false);
    await lab.output('start', String(lab.port));
    pid = (await lab.node(lab.port)).pid ?? 0;
    assert.equal(await lab.ask(lab.port, 'GET', 'key'), 'value');
  });

  it('makes `down` fail, which stops all that can stop', async () => {
    await lab.output('up');
    rmSync(rdb(), { force: true });
    mkdirSync(rdb());
    await lab.ask(lab.port, 'SET', 'key', 'not saved');
    assert.match(await lab.error('down'), /refused to stop/);
    assert.deepEqual(lab.pids(), [pid]);
    assert.deepEqual(
      (await lab.status()).nodes.map(node => node.state),
      ['running', 'stopped'],
    );
  });

  it('is killed all the same', async () => {
    await lab.output('kill', 'master');
    assert.equal(isAlive(pid), false);
    assert.equal((await lab.node(lab.port)).state, 'crashed');
    rmSync(rdb(), { recursive: true });
    await lab.output('up');
    assert.equal(await lab.ask(lab.port, 'GET', 'key'), null, 'what was not saved is lost');
  });
});
