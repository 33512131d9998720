import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { until } from '../support/until';
import { errorOf, runCli } from './support/cli';
import { useLab, type TestLab } from './support/lab';
import { isAlive } from './support/processes';

describe('a failover', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  let former = 0;
  let master = 0;

  before('the lab runs', async () => {
    await lab.output('up');
    await lab.ask(lab.port, 'SET', 'before', 'the failover');
    former = lab.port;
  });

  it('follows the kill of the master, and status tells the truth about it', async () => {
    const { pid } = await lab.node(former);
    assert.match(await lab.output('kill', 'master'), new RegExp(`^redis-${former}: killed$`, 'm'));
    assert.equal(isAlive(pid!), false);
    assert.equal((await lab.node(former)).state, 'crashed');

    master = await lab.agreedMaster({ not: former });
    const status = await lab.status();
    assert.equal(status.ready, false);
    assert.ok(status.notReady.some(text => text.includes(`${former} has crashed`)), status.notReady.join('; '));
    const killed = lab.nodeIn(status, former);
    assert.deepEqual(
      { state: killed.state, role: killed.role, pid: killed.pid, runId: killed.runId },
      { state: 'crashed', role: null, pid: null, runId: null },
    );
    assert.equal(lab.nodeIn(status, master).role, 'master');
    for (const port of lab.sentinelPorts) {
      const { view } = lab.nodeIn(status, port);
      assert.equal(view?.masterAddress, `127.0.0.1:${master}`);
      assert.ok(view.epoch >= 1);
      assert.equal(view.sdown, false);
    }
    const [other = 0] = lab.serverPorts.filter(port => port !== former && port !== master);
    await until('the other replica follows the new master', async () => (await lab.node(other)).linkStatus === 'up');
    assert.equal((await lab.node(other)).masterAddress, `127.0.0.1:${master}`);
    assert.equal(await lab.ask(master, 'GET', 'before'), 'the failover');
  });

  it('names the Sentinel that led it', async () => {
    const leaders = lab.sentinelPorts.filter(port => /\+elected-leader/.test(readFileSync(lab.file('log', `sentinel-${port}.log`), 'utf8')));
    assert.equal(leaders.length, 1);
    assert.match(await lab.output('freeze', 'leader'), new RegExp(`^sentinel-${leaders[0]}: frozen$`, 'm'));
    assert.equal((await lab.node(leaders[0]!)).state, 'frozen');
    assert.match(await lab.output('resume', 'leader'), /: running$/m);
    await until('it answers', async () => (await lab.node(leaders[0]!)).state === 'running');
  });

  it('is survived by a restart of the whole lab while the former master is down', async () => {
    await lab.ask(master, 'SET', 'after', 'the failover');
    await lab.output('down');
    assert.deepEqual(lab.pids(), []);
    await lab.output('up');
    const status = await lab.status();
    assert.equal(status.ready, true);
    assert.equal(lab.nodeIn(status, master).role, 'master');
    assert.equal(lab.nodeIn(status, former).role, 'replica');
    for (const port of lab.serverPorts) {
      assert.equal(await lab.info(port, 'role'), port === master ? 'master' : 'slave');
      assert.equal(await lab.ask(port, 'GET', 'after'), 'the failover');
    }
  });

  it('keeps the confs private, although the servers rewrote them', () => {
    for (const name of readdirSync(lab.file('conf')).filter(file => file.endsWith('.conf'))) {
      assert.equal(statSync(lab.file('conf', name)).mode & 0o777, 0o600, name);
    }
  });

  it('is done by `failover`, which names the old and the new master', async () => {
    const from = master;
    const text = await lab.output('failover');
    const to = await lab.agreedMaster({ not: from });
    assert.match(text, new RegExp(`^mymaster moved from ${from} to ${to}\\.$`, 'm'));
    await until('the old master is a replica', async () => (await lab.info(from, 'role')) === 'slave', { timeout: 20_000 });
    await until('ready', async () => (await lab.status()).ready, { timeout: 20_000 });
    master = to;
  });

  it('brings the killed node back as a replica', async () => {
    const from = master;
    await lab.output('kill', String(from));
    const to = await lab.agreedMaster({ not: from });
    assert.match(await lab.output('start', String(from)), new RegExp(`^redis-${from}: running$`, 'm'));
    await until('it is a replica', async () => (await lab.info(from, 'role')) === 'slave', { timeout: 20_000 });
    await until('its link is up', async () => (await lab.info(from, 'master_link_status')) === 'up');
    await until('ready', async () => (await lab.status()).ready, { timeout: 20_000 });
    assert.equal((await lab.node(from)).masterAddress, `127.0.0.1:${to}`);
  });

  it('is not undone by a reset while nodes run', async () => {
    const text = await lab.error('reset');
    for (const port of lab.ports) assert.ok(text.includes(String(port)), text);
    assert.match(text, /Nodes are running.*redis-ha-lab down/);
    assert.equal(lab.pids().length, 6);
  });

  it('is undone by a reset: confs in their first form, no data, no logs', async () => {
    await lab.output('down');
    const confs = readdirSync(lab.file('conf')).filter(file => file.endsWith('.conf'));
    const first = (name: string): string => readFileSync(lab.file('conf', '.first', name), 'latin1');
    const now = (name: string): string => readFileSync(lab.file('conf', name), 'latin1');
    assert.ok(confs.some(name => first(name) !== now(name)), 'the servers have rewritten confs');
    await lab.output('reset');
    assert.equal(confs.length, 6);
    for (const name of confs) assert.equal(now(name), first(name), name);
    for (const name of readdirSync(lab.file('data'))) assert.deepEqual(readdirSync(lab.file('data', name)), [], name);
    assert.deepEqual(readdirSync(lab.file('log')), []);
    await lab.output('up');
    assert.equal((await lab.status()).nodes[0]?.role, 'master');
    assert.equal(await lab.ask(lab.port, 'DBSIZE'), 0);
  });
});

describe('one node', () => {
  const lab = useLab({ replicas: 1, sentinels: 1 });

  before('the lab runs', () => lab.output('up'));

  it('is frozen and goes on', async () => {
    const replica = lab.serverPorts[1]!;
    const { pid } = await lab.node(replica);
    assert.match(await lab.output('freeze', 'replica'), new RegExp(`^redis-${replica}: frozen$`, 'm'));
    await assert.rejects(lab.ask(replica, 'PING'));
    const frozen = await lab.node(replica);
    assert.deepEqual({ state: frozen.state, pid: frozen.pid }, { state: 'frozen', pid });
    assert.match(await lab.output('status'), /frozen/);
    assert.match(await lab.output('resume', `redis-${replica}`), new RegExp(`^redis-${replica}: running$`, 'm'));
    assert.equal(await lab.ask(replica, 'PING'), 'PONG');
    const again = await lab.node(replica);
    assert.deepEqual({ state: again.state, pid: again.pid }, { state: 'running', pid });
  });

  it('is stopped while it is frozen', async () => {
    const replica = lab.serverPorts[1]!;
    await lab.output('freeze', String(replica));
    await lab.output('stop', String(replica));
    assert.equal((await lab.node(replica)).state, 'stopped');
    await lab.output('start', String(replica));
    assert.equal((await lab.node(replica)).state, 'running');
  });

  for (const [what, words] of [
    ['its name', (of: TestLab) => `redis-${of.port}`],
    ['its port', (of: TestLab) => String(of.port)],
    ['its role', () => 'master'],
  ] as const) {
    it(`is stopped by ${what} and started again`, async () => {
      const { pid } = await lab.node(lab.port);
      // A Sentinel alone with a quorum of one would do a failover within a second.
      await lab.output('freeze', 'sentinel');
      assert.match(await lab.output('stop', words(lab)), new RegExp(`^redis-${lab.port}: stopped$`, 'm'));
      assert.equal(isAlive(pid!), false);
      assert.equal((await lab.node(lab.port)).state, 'stopped');
      assert.match(await lab.output('start', `redis-${lab.port}`), new RegExp(`^redis-${lab.port}: running$`, 'm'));
      assert.notEqual((await lab.node(lab.port)).pid, pid);
      await lab.output('resume', String(lab.sentinelPorts[0]));
      await until('ready', async () => (await lab.status()).ready, { timeout: 20_000 });
    });
  }

  it('is a Sentinel by its role', async () => {
    assert.match(await lab.output('kill', 'sentinel'), new RegExp(`^sentinel-${lab.sentinelPorts[0]}: killed$`, 'm'));
    assert.equal((await lab.node(lab.sentinelPorts[0]!)).state, 'crashed');
    assert.match(await lab.output('start', String(lab.sentinelPorts[0])), /: running$/m);
  });

  it('is no leader before there was an election', async () => {
    assert.match(await lab.error('kill', 'leader'), /No node of this lab is leader now/);
    assert.equal(lab.pids().length, 3);
  });

  it('that does not exist is wrong usage, and the message names those that do', async () => {
    const text = errorOf(await runCli(['stop', lab.dir, 'redis-1']), 2);
    assert.ok(text.includes('"redis-1"') && text.includes(`redis-${lab.port}`), text);
  });

  it('that does not run cannot be killed, frozen or resumed; stopping it is fine', async () => {
    await lab.output('stop', 'sentinel');
    const name = `sentinel-${lab.sentinelPorts[0]}`;
    for (const command of ['kill', 'freeze', 'resume']) {
      assert.match(await lab.error(command, name), new RegExp(`^${name} does not run`));
    }
    await lab.output('stop', name);
    assert.equal(existsSync(lab.file('run', `${name}.json`)), false);
  });
});
