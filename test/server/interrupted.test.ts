import assert from 'node:assert/strict';
import { readdirSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { until } from '../support/until';
import { useLab, type TestLab } from './support/lab';
import { isAlive, isOurs, processesIn } from './support/processes';

/** No node has two processes, and every process is the one that the lab knows. */
async function assertKnown(lab: TestLab): Promise<void> {
  const { nodes } = await lab.status();
  const known = nodes.flatMap(node => (node.pid === null ? [] : [node.pid]));
  assert.deepEqual(new Set(lab.pids()), new Set(known));
  for (const node of nodes)
    assert.ok(['running', 'stopped'].includes(node.state), `${node.name} is ${node.state}`);
}

describe('two `up` at the same time', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });

  it('both end when the lab is ready, and no node runs twice', async () => {
    const results = await Promise.all([lab.run('up'), lab.run('up'), lab.run('up')]);
    for (const result of results) {
      assert.equal(result.code, 0, result.stderr);
      assert.match(result.stdout, /^lab: ready/);
    }
    await assertKnown(lab);
    assert.equal(lab.pids().length, 6);
    for (const port of lab.ports)
      assert.equal(Number(await lab.info(port, 'process_id')), (await lab.node(port)).pid);
  });

  it('and two `down` leave nothing', async () => {
    const results = await Promise.all([lab.run('down'), lab.run('down')]);
    for (const result of results) assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(lab.pids(), []);
    assert.deepEqual(readdirSync(lab.file('run')), []);
  });
});

describe('many `start` of one node at the same time', () => {
  const lab = useLab({ replicas: 0, sentinels: 0 });

  it('make one process', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => lab.run('start', String(lab.port))));
    for (const result of results) assert.equal(result.code, 0, result.stderr);
    assert.equal(lab.pids().length, 1);
    await assertKnown(lab);
    await lab.output('down');
  });

  it('are not held up by one that was killed in the middle', async () => {
    mkdirSync(lab.file('run'), { recursive: true });
    const claim = lab.file('run', `redis-${lab.port}.starting`);
    writeFileSync(claim, '999999999');
    await lab.output('up');
    await lab.output('down');
    writeFileSync(claim, String(process.pid));
    const old = new Date(Date.now() - 60_000);
    utimesSync(claim, old, old);
    await lab.output('up');
    await assertKnown(lab);
    await lab.output('down');
    assert.deepEqual(readdirSync(lab.file('run')), []);
  });
});

describe('`up` that is interrupted', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });

  const made = (): number => processesIn(lab.dir).filter(({ command }) => !isOurs(command)).length;

  afterEach('down', async () => {
    await lab.output('down');
    assert.deepEqual(lab.pids(), []);
    const left = readdirSync(lab.file('run')).filter(name => name.endsWith('.json'));
    assert.deepEqual(left, []);
  });

  for (const [signal, count] of [
    ['SIGINT', 1],
    ['SIGTERM', 4],
  ] as const) {
    it(`by ${signal}, when ${count} nodes were made: exit code 1, and what runs is known`, async () => {
      const up = lab.start('up');
      await until('some nodes run', () => made() >= count, { every: 5 });
      up.child.kill(signal);
      const { code, stdout, stderr } = await up.ended;
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
      assert.match(stderr, /^redis-ha-lab: Interrupted\.\n$/m);
      await assertKnown(lab);
    });
  }

  for (const count of [1, 2, 4]) {
    it(`by SIGKILL, when ${count} nodes were made: what runs is known, and the next \`up\` goes on from there`, async () => {
      const up = lab.start('up');
      await until('some nodes run', () => made() >= count, { every: 5 });
      up.child.kill('SIGKILL');
      assert.equal((await up.ended).signal, 'SIGKILL');
      await until('what was started is known', () => assertKnown(lab).then(() => true));
      const [port = 0] = lab.ports;
      const { pid } = await lab.node(port);
      assert.ok(pid !== null && lab.pids().includes(pid));
      if (count === 2) {
        await lab.output('up');
        assert.equal((await lab.node(port)).pid, pid);
        await assertKnown(lab);
        assert.equal(isAlive(pid), true);
      }
    });
  }
});
