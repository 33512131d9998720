import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import type { Server } from 'node:net';
import { close, ForeignRedis, listenOn } from './support/foreign';
import { useLab } from './support/lab';
import { ask } from './support/redis';

describe('a port of a lab that another program holds', () => {
  const lab = useLab({ replicas: 1, sentinels: 1 });
  let listener: Server | undefined;

  afterEach('the listener ends', async () => {
    if (listener) await close(listener);
    listener = undefined;
  });

  for (const [which, index] of [
    ['master', 0],
    ['replica', 1],
    ['Sentinel', 2],
  ] as const) {
    it(`is named with its owner when it is that of the ${which}, and nothing is started`, async () => {
      const port = lab.ports[index]!;
      listener = await listenOn(port);
      const text = await lab.error('up');
      assert.match(
        text,
        new RegExp(
          `^Port ${port} is in use by \\S+ \\(pid ${process.pid}\\), so \\S+-${port} was not started\\.`,
        ),
      );
      assert.deepEqual(lab.pids(), []);
      assert.deepEqual(readRun(), []);
    });
  }

  it('is named by `start` of that node, too', async () => {
    listener = await listenOn(lab.port);
    assert.match(
      await lab.error('start', String(lab.port)),
      new RegExp(`Port ${lab.port} is in use by \\S+ \\(pid ${process.pid}\\)`),
    );
  });

  it('is known when the program listens on every address', async () => {
    listener = await listenOn(lab.port, '0.0.0.0');
    assert.match(await lab.error('up'), new RegExp(`\\(pid ${process.pid}\\)`));
    assert.deepEqual(lab.pids(), []);
  });

  for (const manner of ['hangs up', 'silent'] as const) {
    it(`shows in the status, and \`down\` is fine, when the program ${manner === 'silent' ? 'is silent' : manner}`, async () => {
      listener = await listenOn(lab.port, '127.0.0.1', manner);
      const node = (await lab.node(lab.port)) as unknown as Record<string, unknown>;
      assert.equal(node['state'], 'stopped');
      assert.deepEqual((node['portOwner'] as Record<string, unknown>)['pid'], process.pid);
      await lab.output('down');
      assert.equal(listener.listening, true);
    });
  }

  it('can be used as soon as it is free', async () => {
    await lab.output('up');
    assert.equal((await lab.status()).ready, true);
    await lab.output('down');
  });

  const readRun = (): readonly string[] => {
    try {
      return readdirSync(lab.file('run'));
    } catch {
      return [];
    }
  };
});

for (const [what, more, password] of [
  ['a Redis', [], undefined],
  ['a Redis with a password', ['--requirepass', 'foreign'], 'foreign'],
] as const) {
  describe(`${what} that this lab did not start, on the port of its master`, () => {
    let foreign: ForeignRedis;
    after('it ends', () => foreign.end());
    const lab = useLab({ replicas: 1, sentinels: 0 });

    before('it runs', async () => {
      const dir = lab.file('data', `redis-${lab.port}`);
      mkdirSync(dir, { recursive: true });
      foreign = await ForeignRedis.start(lab.port, dir, ...more);
    });

    it('is shown as unmanaged', async () => {
      const status = await lab.status();
      assert.equal(lab.nodeIn(status, lab.port).state, 'unmanaged');
      assert.equal(status.ready, false);
      assert.ok(
        status.notReady.some(text =>
          text.includes(`port ${lab.port} is served by a Redis that this lab did not start`),
        ),
      );
    });

    it('makes `up` refuse', async () => {
      const text = await lab.error('up');
      assert.match(text, new RegExp(`\\b${lab.port}\\b`));
      assert.match(text, new RegExp(`pid ${foreign.pid}\\b|did not start`));
      assert.deepEqual(lab.pids(), [foreign.pid]);
    });

    it('makes `start` of that node refuse', async () => {
      assert.match(await lab.error('start', String(lab.port)), new RegExp(`\\b${lab.port}\\b`));
      assert.deepEqual(lab.pids(), [foreign.pid]);
    });

    for (const command of ['stop', 'kill', 'freeze', 'resume']) {
      it(`is not touched by \`${command}\``, async () => {
        assert.match(
          await lab.error(command, String(lab.port)),
          new RegExp(`^redis-${lab.port} does not run, or was not started by this lab`),
        );
        assert.equal(foreign.isAlive, true);
      });
    }

    it('is left alone by `down`, which says so', async () => {
      const result = await lab.run('down');
      assert.equal(result.code, 0, result.stderr);
      assert.match(
        result.stderr,
        new RegExp(`^Left alone: port ${lab.port} is served by a Redis that this lab did not start`, 'm'),
      );
      assert.equal(await ask(lab.port, password, 'PING'), 'PONG');
    });
  });
}

describe('two labs on the same ports', () => {
  const one = useLab({ replicas: 1, sentinels: 0 });
  const other = useLab({ replicas: 1, sentinels: 0, isLater: true });

  before('one of them runs', async () => {
    other.ports = one.ports;
    await other.create();
    await one.output('up');
  });

  it('know which nodes are theirs', async () => {
    assert.deepEqual(
      (await one.status()).nodes.map(node => node.state),
      ['running', 'running'],
    );
    assert.deepEqual(
      (await other.status()).nodes.map(node => node.state),
      ['unmanaged', 'unmanaged'],
    );
    assert.match(await other.error('up'), new RegExp(`\\b${one.port}\\b`));
    await other.output('down');
    assert.equal(one.pids().length, 2);
    assert.equal((await one.status()).ready, true);
  });
});
