import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { identityOf, lifeOf } from '../../src/node/process/identity';
import { isListening } from '../../src/node/process/portOwner';
import { processInfo } from '../../src/node/process/processInfo';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { useLab } from './support/lab';
import { isAlive, isFrozen } from './support/processes';

describe('a record of a process whose pid is another process by now', () => {
  const lab = useLab({ replicas: 0, sentinels: 0 });
  let stranger: ChildProcess;
  let pid = 0;

  before('a stranger runs', async () => {
    stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(stranger, 'spawn');
    pid = stranger.pid!;
  });

  after('the stranger ends', async () => {
    const gone = once(stranger, 'exit');
    stranger.kill('SIGKILL');
    await gone;
  });

  const forge = async (what: {
    readonly startTime?: string;
    readonly executable?: string;
  }): Promise<void> => {
    const info = await processInfo(pid);
    assert.ok(info);
    const record = {
      node: `redis-${lab.port}`,
      port: lab.port,
      pid,
      startTime: info.startTime,
      executable: info.executable,
      startedAt: Date.now(),
      ...what,
    };
    mkdirSync(lab.file('run'), { recursive: true });
    writeFileSync(lab.file('run', `redis-${lab.port}.json`), JSON.stringify(record));
  };

  for (const [what, difference] of [
    ['start time', { startTime: 'another' }],
    ['executable', { executable: '/usr/bin/redis-server' }],
  ] as const) {
    it(`is not believed when the ${what} differs`, async () => {
      for (const command of ['freeze', 'kill', 'resume']) {
        await forge(difference);
        assert.equal((await lab.node(lab.port)).state, 'crashed');
        assert.match(
          await lab.error(command, String(lab.port)),
          /does not run, or was not started by this lab/,
        );
        assert.deepEqual(
          { alive: isAlive(pid), frozen: isFrozen(pid) },
          { alive: true, frozen: false },
          command,
        );
      }
      for (const [command, ...words] of [['stop', String(lab.port)] as const, ['down'] as const]) {
        await forge(difference);
        await lab.output(command, ...words);
        assert.equal(isAlive(pid), true, command);
        assert.equal((await lab.node(lab.port)).state, 'stopped');
      }
    });

    it(`does not keep the node from being started when the ${what} differs`, async () => {
      await forge(difference);
      await lab.output('up');
      const node = await lab.node(lab.port);
      assert.equal(node.state, 'running');
      assert.notEqual(node.pid, pid);
      await lab.output('down');
      assert.equal(isAlive(pid), true);
    });
  }

  for (const [what, text] of [
    ['nothing', ''],
    ['no JSON', '{ "pid": 1'],
    ['something else', '[1, 2]'],
    ['a pid that is none', '{ "node": "redis", "pid": -1, "startTime": "1", "executable": "/bin/true" }'],
    ['the first process', '{ "node": "redis", "pid": 1, "startTime": "1", "executable": "/bin/true" }'],
    ['null', 'null'],
  ] as const) {
    it(`is as good as none when there is ${what} in it`, async () => {
      mkdirSync(lab.file('run'), { recursive: true });
      writeFileSync(lab.file('run', `redis-${lab.port}.json`), text);
      writeFileSync(lab.file('run', `redis-${lab.port}.exit.json`), text);
      assert.equal((await lab.node(lab.port)).state, 'stopped');
      await lab.error('kill', String(lab.port));
      await lab.output('down');
    });
  }

  it('does not stand in the way of a start', async () => {
    await lab.output('up');
    assert.equal((await lab.node(lab.port)).state, 'running');
    await lab.output('down');
    assert.deepEqual(readdirSync(lab.file('run')), []);
  });
});

describe('the record of a running node', () => {
  const lab = useLab({ replicas: 0, sentinels: 0 });

  it('has its pid, port, start time and executable', async () => {
    await lab.output('up');
    const node = await lab.node(lab.port);
    const record = JSON.parse(readFileSync(lab.file('run', `redis-${lab.port}.json`), 'utf8')) as Record<
      string,
      unknown
    >;
    const info = await processInfo(node.pid!);
    assert.equal(record['pid'], node.pid);
    assert.equal(record['port'], lab.port);
    assert.deepEqual(
      { startTime: record['startTime'], executable: record['executable'] },
      { startTime: info?.startTime, executable: info?.executable },
    );
  });

  it('tells of a crash that nobody saw', async () => {
    const { pid } = await lab.node(lab.port);
    process.kill(pid!, 'SIGKILL');
    await until('it is gone', () => !isAlive(pid!));
    const node = await lab.node(lab.port);
    assert.deepEqual(
      { state: node.state, pid: node.pid, role: node.role },
      { state: 'crashed', pid: null, role: null },
    );
    assert.match((await lab.status()).notReady.join(), /has crashed/);
    await lab.output('up');
    assert.equal((await lab.node(lab.port)).state, 'running');
  });

  it('is removed when the node was ended by SHUTDOWN and then stopped', async () => {
    const { pid } = await lab.node(lab.port);
    await lab.ask(lab.port, 'SHUTDOWN', 'NOSAVE').catch(() => undefined);
    await until('it is gone', () => !isAlive(pid!));
    await lab.output('down');
    assert.equal((await lab.node(lab.port)).state, 'stopped');
    assert.deepEqual(readdirSync(lab.file('run')), []);
  });
});

describe('a process with much memory that is killed', () => {
  it('is gone only when it has let go of its port', async () => {
    const [port = 0] = await freePorts(1);
    const script = `const kept = Buffer.alloc(400e6, 1); require('net').createServer(() => kept).listen(${port}, '127.0.0.1', () => console.log('listens'))`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const identity = await identityOf(child.pid!);
    assert.ok(identity);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await until('it is gone', async () => (await lifeOf(identity)) === 'gone', { every: 1 });
    assert.equal(await isListening(port), false);
    await ended;
  });
});
