import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { until } from '../support/until';
import { errorOf, runCli, type CliResult } from './support/cli';
import { useLab, type TestLab } from './support/lab';
import { isAlive, isFrozen } from './support/processes';

describe('a failover', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  let former = 0;
  let master = 0;
  let up: Promise<CliResult> | undefined;

  before('the lab runs', async () => {
    await lab.output('up');
    await lab.ask(lab.port, 'SET', 'before', 'the failover');
    former = lab.port;
  });

  describe('of a killed master', () => {
    it('follows the kill of the master, and status tells the truth about it', async () => {
      const { pid } = await lab.node(former);
      assert.match(await lab.output('kill', 'master'), new RegExp(`^redis-${former}: killed$`, 'm'));
      assert.equal(isAlive(pid!), false);
      assert.equal((await lab.node(former)).state, 'crashed');

      master = await lab.agreedMaster({ not: former });
      const status = await lab.status();
      assert.equal(status.ready, false);
      assert.ok(
        status.notReady.some(text => text.includes(`${former} has crashed`)),
        status.notReady.join('; '),
      );
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
      const other = lab.serverPorts.find(port => port !== former && port !== master) ?? 0;
      await until(
        'the other replica follows the new master',
        async () => (await lab.node(other)).linkStatus === 'up',
      );
      assert.equal((await lab.node(other)).masterAddress, `127.0.0.1:${master}`);
      assert.equal(await lab.ask(master, 'GET', 'before'), 'the failover');
    });

    it('names the Sentinel that led it', async () => {
      // On a busy machine there may have been more than one failover: the last election counts.
      const elections = lab.sentinelPorts.map(port => {
        const log = readFileSync(lab.file('log', `sentinel-${port}.log`), 'utf8');
        const lines = log.split('\n').filter(line => line.includes('+elected-leader'));
        return { port, at: Date.parse(/\d\d \w{3} \d{4} [\d:.]+/.exec(lines.at(-1) ?? '')?.[0] ?? '') || 0 };
      });
      const leader = elections.toSorted((a, b) => b.at - a.at)[0]?.port;
      assert.ok(elections.some(({ at }) => at > 0));
      assert.match(await lab.output('kill', 'leader'), new RegExp(`^sentinel-${leader}: killed$`, 'm'));
      assert.match(await lab.output('start', String(leader)), /: running$/m);
    });

    it('lets the killed node be started again', async () => {
      assert.match(await lab.output('start', String(former)), new RegExp(`^redis-${former}: running$`, 'm'));
    });
  });

  // Sentinels wait for about ten seconds before they correct a node that takes itself for the master: time for other tests.
  describe('one node that is frozen', () => {
    const lab = useLab({ replicas: 1, sentinels: 0 });

    before('the lab runs', () => lab.output('up'));

    it('is frozen and goes on', async () => {
      const replica = lab.serverPorts[1]!;
      const { pid } = await lab.node(replica);
      assert.match(await lab.output('freeze', 'replica'), new RegExp(`^redis-${replica}: frozen$`, 'm'));
      assert.equal(isFrozen(pid!), true);
      const status = await lab.status();
      const frozen = lab.nodeIn(status, replica);
      assert.deepEqual({ state: frozen.state, pid: frozen.pid }, { state: 'frozen', pid });
      assert.deepEqual(status.notReady, [`${replica} is frozen`]);
      assert.match(
        await lab.output('resume', `redis-${replica}`),
        new RegExp(`^redis-${replica}: running$`, 'm'),
      );
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

    it('is killed while it is frozen', async () => {
      const replica = lab.serverPorts[1]!;
      await lab.output('freeze', String(replica));
      await lab.output('kill', String(replica));
      assert.equal((await lab.node(replica)).state, 'crashed');
      await lab.output('start', String(replica));
      assert.equal((await lab.node(replica)).state, 'running');
    });
  });

  describe('after a while', () => {
    it('has made the started node a replica', async () => {
      await until('it is a replica', async () => (await lab.info(former, 'role')) === 'slave', {
        timeout: 20_000,
      });
      await until('its link is up', async () => (await lab.info(former, 'master_link_status')) === 'up');
      await until('the lab is ready', async () => (await lab.status()).ready, { timeout: 20_000 });
      const node = await lab.node(former);
      assert.deepEqual(
        { role: node.role, masterAddress: node.masterAddress },
        { role: 'replica', masterAddress: `127.0.0.1:${master}` },
      );
    });

    it('keeps the confs private, although the servers rewrote them', () => {
      for (const name of readdirSync(lab.file('conf')).filter(file => file.endsWith('.conf'))) {
        assert.equal(statSync(lab.file('conf', name)).mode & 0o777, 0o600, name);
      }
    });

    it('is done by `failover`, which names the old and the new master', async () => {
      former = master;
      const text = await lab.output('failover');
      master = await lab.agreedMaster({ not: former });
      assert.match(text, new RegExp(`^mymaster moved from ${former} to ${master}\\.$`, 'm'));
    });

    it('is followed by a restart of the whole lab, although the conf of the former master does not know of it', async () => {
      await lab.output('stop', String(former));
      assert.doesNotMatch(
        readFileSync(lab.file('conf', `redis-${former}.conf`), 'utf8'),
        /^(?:replicaof|slaveof) /m,
      );
      await lab.ask(master, 'SET', 'after', 'the failover');
      await lab.output('down');
      assert.deepEqual(lab.pids(), []);
      up = lab.run('up');
    });
  });

  describe('one node that is stopped', () => {
    const lab = useLab({ replicas: 1, sentinels: 0 });

    before('the lab runs', () => lab.output('up'));

    for (const [what, word] of [
      ['name', (of: TestLab) => `redis-${of.port}`],
      ['port', (of: TestLab) => String(of.port)],
      ['role', () => 'master'],
    ] as const) {
      it(`is stopped by its ${what} and started again`, async () => {
        const { pid } = await lab.node(lab.port);
        assert.match(await lab.output('stop', word(lab)), new RegExp(`^redis-${lab.port}: stopped$`, 'm'));
        assert.equal(isAlive(pid!), false);
        assert.equal((await lab.node(lab.port)).state, 'stopped');
        assert.match(
          await lab.output('start', `redis-${lab.port}`),
          new RegExp(`^redis-${lab.port}: running$`, 'm'),
        );
        assert.notEqual((await lab.node(lab.port)).pid, pid);
      });
    }

    it('is no leader where there are no Sentinels', async () => {
      assert.match(await lab.error('kill', 'leader'), /No node of this lab is leader now/);
      assert.match(await lab.error('stop', 'sentinel'), /No node of this lab is sentinel now/);
      assert.equal(lab.pids().length, 2);
    });

    it('that does not exist is wrong usage, and the message names those that do', async () => {
      const text = errorOf(await runCli(['stop', lab.dir, 'redis-1']), 2);
      assert.ok(text.includes('"redis-1"') && text.includes(`redis-${lab.port}`), text);
    });

    it('that does not run cannot be killed, frozen or resumed; stopping it is fine', async () => {
      const name = `redis-${lab.serverPorts[1]}`;
      await lab.output('stop', name);
      for (const command of ['kill', 'freeze', 'resume']) {
        assert.match(await lab.error(command, name), new RegExp(`^${name} does not run`));
      }
      await lab.output('stop', name);
      assert.deepEqual(
        readdirSync(lab.file('run')).filter(file => file.startsWith(name)),
        [],
      );
    });
  });

  describe('before a restart', () => {
    it('was survived: all nodes have what was written after it', async () => {
      assert.equal((await up)?.code, 0);
      const status = await lab.status();
      assert.equal(status.ready, true);
      assert.equal(lab.nodeIn(status, master).role, 'master');
      assert.equal(lab.nodeIn(status, former).role, 'replica');
      for (const port of lab.serverPorts) {
        assert.equal(await lab.info(port, 'role'), port === master ? 'master' : 'slave');
        assert.equal(await lab.ask(port, 'GET', 'after'), 'the failover');
      }
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
      assert.ok(
        confs.some(name => first(name) !== now(name)),
        'the servers have rewritten confs',
      );
      await lab.output('reset');
      assert.equal(confs.length, 6);
      for (const name of confs) assert.equal(now(name), first(name), name);
      for (const name of readdirSync(lab.file('data')))
        assert.deepEqual(readdirSync(lab.file('data', name)), [], name);
      assert.deepEqual(readdirSync(lab.file('log')), []);
      await lab.output('up');
      assert.equal((await lab.status()).nodes[0]?.role, 'master');
      assert.equal(await lab.ask(lab.port, 'DBSIZE'), 0);
    });
  });
});
