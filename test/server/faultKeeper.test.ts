import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LinkRule } from '../../src/core/network/linkRule';
import { readJson } from '../../src/node/files/jsonFile';
import { readLab } from '../../src/node/files/readLab';
import { KeeperProcess } from '../../src/node/keeper/keeperProcess';
import { openLab, type OpenLab } from '../../src/node/openLab';
import { DetachedControl } from '../../src/node/process/detachedControl';
import { identityOf } from '../../src/node/process/identity';
import { ServerFinder } from '../../src/node/serverFinder';
import { freePorts } from '../support/freePorts';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { outputOf, runCli } from './support/cli';
import { useLab } from './support/lab';
import { allProcesses, isAlive, isFrozen, processesIn } from './support/processes';
import { testServer } from './support/testServer';

const keeperFile = path.join(repoRoot, 'dist', 'keeper.js');

describe('the keeper of a drill', () => {
  const lab = useLab({ replicas: 1, sentinels: 0 });
  const pidOf = async (port: number): Promise<number> => (await lab.node(port)).pid ?? 0;
  const keepers = (): readonly number[] =>
    allProcesses()
      .filter(({ command }) => command.includes(`${keeperFile} --lab ${lab.dir}`))
      .map(({ pid }) => pid);

  const owners: ChildProcess[] = [];

  before(() => lab.output('up'));
  after('owners of tests that failed end', () => owners.forEach(owner => owner.kill('SIGKILL')));

  /** A program that has a keeper and does nothing. */
  const startOwner = async (...words: readonly string[]): Promise<ChildProcess> => {
    const script = `
      const { spawn } = require('node:child_process');
      const keeper = spawn(process.execPath, ${JSON.stringify([keeperFile, '--lab', lab.dir, '--server', testServer, ...words])},
        { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
      keeper.once('spawn', () => process.stdout.write('here'));
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    owners.push(owner);
    await once(owner.stdout, 'data');
    return owner;
  };
  const kill = async (owner: ChildProcess): Promise<void> => {
    const gone = once(owner, 'exit');
    owner.kill('SIGKILL');
    await gone;
  };

  it('undoes every fault when its owner was killed, and ends', async () => {
    const [master = 0, replica = 0] = lab.serverPorts;
    const pid = await pidOf(master);
    const owner = await startOwner();
    await lab.output('fault', 'kill', String(replica));
    await lab.output('fault', 'config', 'master', '--set', 'hz=20');
    await lab.output('fault', 'unwritable', 'master');
    await lab.output('fault', 'freeze', 'master');
    await kill(owner);
    await until('the journal is gone', () => !existsSync(lab.file('run', 'faults.json')));
    await until('the keeper has ended', () => keepers().length === 0);
    assert.equal(isFrozen(pid), false);
    assert.equal(((await lab.ask(master, 'CONFIG', 'GET', 'hz')) as readonly string[])[1], '10');
    await until('the killed node runs again', async () => (await lab.node(replica)).state === 'running');
  });

  it('does nothing when its owner says that it is done', async () => {
    await lab.output('fault', 'freeze', 'replica');
    const keeper = await KeeperProcess.start(keeperFile, {
      lab: lab.dir,
      down: true,
      remove: undefined,
      server: testServer,
    });
    assert.equal(isAlive(keeper.pid!), true);
    await keeper.done();
    await keeper.done();
    assert.equal(isAlive(keeper.pid!), false);
    assert.equal(isFrozen(await pidOf(lab.serverPorts[1]!)), true);
    await lab.output('heal');
  });

  it('lives on through Ctrl+C and the end of the terminal', async () => {
    const owner = await startOwner();
    const [pid = 0] = await until('it runs', () => keepers());
    // Its handlers are in place when it reads: a moment after its start it may still die of a signal.
    await until('it handles signals', () => ignores(pid));
    process.kill(pid, 'SIGINT');
    process.kill(pid, 'SIGHUP');
    await lab.output('fault', 'freeze', 'replica');
    await kill(owner);
    await until('the fault is undone', () => !existsSync(lab.file('run', 'faults.json')));
  });

  it('ends what it was told of, and nobody who has the pid later', async () => {
    const start = (): ChildProcess =>
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const [probe, stranger] = [start(), start()];
    const identity = await until('it is there', () => identityOf(probe.pid!));
    const keeper = spawn(process.execPath, [keeperFile, '--lab', lab.dir], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    keeper.stdin.write(`${JSON.stringify({ end: identity })}\n`);
    keeper.stdin.write(
      `${JSON.stringify({ end: { ...identity, pid: stranger.pid, startTime: 'another' } })}\n`,
    );
    keeper.stdin.end();
    await once(keeper, 'exit');
    assert.equal(isAlive(probe.pid!), false);
    assert.equal(isAlive(stranger.pid!), true);
    const gone = once(stranger, 'exit');
    stranger.kill('SIGKILL');
    await gone;
  });

  it('stops the lab when it was told to', async () => {
    const owner = await startOwner('--down');
    await lab.output('fault', 'freeze', 'master');
    await lab.output('fault', 'kill', 'replica');
    await kill(owner);
    await until('nothing runs', () => processesIn(lab.dir).length === 0, { timeout: 20_000 });
    assert.equal(existsSync(lab.file('run', 'faults.json')), false);
    assert.equal(existsSync(lab.file('lab.json')), true);
    await lab.output('up');
  });

  it('removes a temporary lab when it was told to', async () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'redis-ha-lab-test-')));
    const directory = path.join(folder, 'lab');
    const [port = 0] = await freePorts(1);
    outputOf(
      await runCli(['create', directory, '--replicas', '0', '--sentinels', '0', '--port', String(port)]),
    );
    outputOf(await runCli(['up', directory]));
    const keeper = spawn(
      process.execPath,
      [keeperFile, '--lab', directory, '--down', '--remove', folder, '--server', testServer],
      { stdio: ['pipe', 'ignore', 'inherit'] },
    );
    keeper.stdin.end();
    await once(keeper, 'exit');
    assert.deepEqual(processesIn(folder), []);
    assert.equal(existsSync(folder), false);
  });

  it('removes no folder that has not the lab in it', async () => {
    const other = realpathSync(mkdtempSync(path.join(tmpdir(), 'redis-ha-lab-test-')));
    writeFileSync(path.join(other, 'mine'), '');
    const keeper = spawn(process.execPath, [keeperFile, '--lab', lab.dir, '--remove', other], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    keeper.stdin.end();
    await once(keeper, 'exit');
    assert.equal(existsSync(path.join(other, 'mine')), true);
  });
});

describe('FaultKeeper', () => {
  const lab = useLab({ replicas: 1, sentinels: 0 });
  const set: (readonly LinkRule[])[] = [];
  let noted: unknown;
  let opened: OpenLab;

  before(async () => {
    await lab.output('up');
    opened = openLab(lab.dir, await readLab(lab.dir), {
      finder: new ServerFinder(() => testServer),
      control: folder => new DetachedControl(folder, path.join(repoRoot, 'dist')),
      network: {
        set: async rules => {
          noted ??= await readJson(lab.file('run', 'faults.json'));
          set.push(rules);
        },
        rules: async () => set.at(-1),
      },
    });
  });
  after(() => opened.session.dispose());

  it('notes a fault before it is applied, and gives the network all rules each time', async () => {
    const { faults } = opened;
    const [from = '', to = ''] = lab.serverPorts.map(port => `redis-${port}`);
    const cut = { type: 'cut', from, to, bothWays: false } as const;
    const slow = { type: 'delay', from: to, to: from, bothWays: false, milliseconds: 5 } as const;
    await faults.apply(cut);
    assert.match(JSON.stringify(noted), /"cut"/);
    const second = await faults.apply(slow);
    // Another delay of the same link takes its place.
    const third = await faults.apply({ ...slow, milliseconds: 9 });
    const cutRule: LinkRule = { from, to, effect: { type: 'cut' } };
    const slowRule = (milliseconds: number): LinkRule => ({
      from: to,
      to: from,
      effect: { type: 'delay', milliseconds },
    });
    assert.deepEqual(set, [[cutRule], [cutRule, slowRule(5)], [cutRule, slowRule(9)]]);
    assert.ok(second && third);
    assert.equal((await faults.active()).length, 2);
    await faults.undo(third.id);
    await faults.undoAll();
    assert.deepEqual(set.slice(3), [[cutRule], []]);
    assert.deepEqual(await faults.active(), []);
  });

  it('tells faults whose owner is gone from others', async () => {
    const { faults } = opened;
    const owner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const identity = await until('it is there', () => identityOf(owner.pid!));
    await faults.apply(
      { type: 'freeze', node: `redis-${lab.port}` },
      { purpose: 'drill', process: identity },
    );
    await faults.apply({ type: 'kill', node: `redis-${lab.serverPorts[1]}` });
    assert.deepEqual(await faults.leftBehind(), []);
    const gone = once(owner, 'exit');
    owner.kill('SIGKILL');
    await gone;
    const left = await faults.leftBehind();
    assert.deepEqual(
      left.map(({ fault }) => fault.type),
      ['freeze'],
    );
    await faults.keep(left);
    assert.deepEqual(await faults.leftBehind(), []);
    const { undone } = await faults.undoAll();
    assert.deepEqual(
      undone.map(({ fault }) => fault.type),
      ['kill', 'freeze'],
    );
  });

  it('undoes twice without harm, also side by side', async () => {
    const { faults } = opened;
    const node = `redis-${lab.port}`;
    await until('it answers', async () => (await lab.ask(lab.port, 'PING')) === 'PONG');
    await faults.apply({ type: 'config', node, set: { hz: '20' }, reconnect: false });
    await faults.apply({ type: 'unwritable', node });
    await faults.apply({ type: 'freeze', node });
    const both = await Promise.all([faults.undoAll(), faults.undoAll()]);
    assert.deepEqual(
      both.flatMap(({ left }) => left.map(({ reason }) => reason.message)),
      [],
    );
    assert.deepEqual(await faults.active(), []);
    assert.equal(await lab.ask(lab.port, 'SET', 'key', '1'), 'OK');
  });
});

/** Whether a process has taken over SIGINT (bit 1) and SIGHUP (bit 0): proc(5), SigCgt. Where /proc is missing, it is taken for granted. */
function ignores(pid: number): boolean {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return true;
  const caught = /^SigCgt:\s*([0-9a-f]+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '0';
  return (Number.parseInt(caught.slice(-4), 16) & 3) === 3;
}
