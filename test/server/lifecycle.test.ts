import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { compareVersions, parseVersion } from '../../src/core/conf/serverVersion';
import { outputOf, runCli } from './support/cli';
import { useLab } from './support/lab';
import { processesIn } from './support/processes';
import { masterKnownBy } from './support/redis';
import { testServer, testVersion } from './support/testServer';

describe('a lab of one master, two replicas and three Sentinels', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  let pids: readonly number[] = [];

  it('is a plain folder after `create`, and nothing runs', async () => {
    const names = [
      ...lab.serverPorts.map(port => `redis-${port}`),
      ...lab.sentinelPorts.map(port => `sentinel-${port}`),
    ];
    assert.deepEqual(readdirSync(lab.dir).toSorted(), ['conf', 'data', 'lab.json', 'log']);
    assert.deepEqual(readdirSync(lab.file('data')).toSorted(), names.toSorted());
    for (const name of names) {
      assert.equal(statSync(lab.file('conf', `${name}.conf`)).mode & 0o777, 0o600);
      assert.equal(
        readFileSync(lab.file('conf', '.first', `${name}.conf`), 'utf8'),
        readFileSync(lab.file('conf', `${name}.conf`), 'utf8'),
      );
    }
    const status = await lab.status();
    assert.deepEqual(new Set(status.nodes.map(node => node.state)), new Set(['stopped']));
    assert.deepEqual(
      status.nodes.map(node => node.role),
      Array(6).fill(null),
    );
    assert.equal(status.ready, false);
    assert.deepEqual(lab.pids(), []);
  });

  it('is not created a second time over itself', async () => {
    const before = readFileSync(lab.file('lab.json'), 'utf8');
    const result = await runCli(lab.createWords());
    assert.notEqual(result.code, 0);
    assert.match(
      result.stderr,
      /^redis-ha-lab: .*lab\.json: This file is there already and is not overwritten\..*\n$/,
    );
    assert.equal(readFileSync(lab.file('lab.json'), 'utf8'), before);
  });

  it('`conf` prints the confs that were written', async () => {
    const name = `redis-${lab.serverPorts[1]}`;
    assert.equal(
      await lab.output('conf', '--node', name),
      readFileSync(lab.file('conf', `${name}.conf`), 'utf8'),
    );
    const all = await lab.output('conf');
    for (const port of lab.ports) assert.match(all, new RegExp(`^port ${port}$`, 'm'));
    assert.match(
      await lab.output('conf', '--redis', '4.0.14'),
      new RegExp(`^slaveof 127\\.0\\.0\\.1 ${lab.port}$`, 'm'),
    );
    assert.match(await lab.output('conf', '--redis', 'valkey-8.1.1'), /^replicaof /m);
  });

  it('`up` ends when it is ready', async () => {
    const result = await lab.run('up');
    assert.equal(result.code, 0, result.stderr);
    assert.match(result.stdout, new RegExp(`^lab: ready .*${lab.port}`));
    pids = lab.pids();
    assert.equal(pids.length, 6);
    for (const port of lab.sentinelPorts) {
      assert.deepEqual(await masterKnownBy(port), { port: lab.port, flags: 'master' });
      assert.match(String(await lab.ask(port, 'SENTINEL', 'CKQUORUM', 'mymaster')), /^OK 3 usable Sentinels/);
    }
    for (const port of lab.serverPorts.slice(1))
      assert.equal(await lab.info(port, 'master_link_status'), 'up');
  });

  it('`status --json` has the shape of the contract', async () => {
    const status = await lab.status();
    assert.equal(status.ready, true);
    assert.equal(status.name, 'lab');
    assert.equal(status.masterName, 'mymaster');
    assert.deepEqual(
      status.nodes.map(node => node.port),
      lab.ports,
    );
    assert.deepEqual(
      status.nodes.map(node => node.state),
      Array(6).fill('running'),
    );
    assert.deepEqual(
      status.nodes.map(node => node.role),
      ['master', 'replica', 'replica', 'sentinel', 'sentinel', 'sentinel'],
    );
    assert.deepEqual(new Set(status.nodes.map(node => node.pid)), new Set(pids));
    for (const node of status.nodes) {
      const version = parseVersion(`${testVersion.product}-${node.version}`);
      assert.ok(version, `version ${node.version}`);
      assert.equal(compareVersions(version, testVersion), 0);
      assert.equal(node.runId, await lab.info(node.port, 'run_id'));
      const isReplica = node.role === 'replica';
      assert.equal(node.masterAddress, isReplica ? `127.0.0.1:${lab.port}` : null);
      assert.equal(node.linkStatus, isReplica ? 'up' : null);
      assert.equal(node.lag !== null, isReplica);
      assert.equal(node.offset !== null, node.kind === 'server');
      if (node.kind === 'server') assert.equal(node.view, null);
      else {
        assert.deepEqual(
          { ...node.view, quorum: undefined },
          {
            masterAddress: `127.0.0.1:${lab.port}`,
            sdown: false,
            odown: false,
            epoch: 0,
            knownSentinels: 2,
            knownReplicas: 2,
            quorumOk: true,
            quorum: undefined,
          },
        );
      }
    }
  });

  it('`status` is for people without --json', async () => {
    const text = await lab.output('status');
    assert.match(text, /^lab: ready/);
    for (const port of lab.ports) assert.ok(text.includes(String(port)));
    assert.doesNotMatch(text, /\x1b/);
  });

  it('`up` on the running lab starts nothing', async () => {
    await lab.output('up');
    assert.deepEqual(new Set(lab.pids()), new Set(pids));
  });

  it('`start` of a running node starts nothing', async () => {
    await lab.output('start', String(lab.port));
    assert.deepEqual(new Set(lab.pids()), new Set(pids));
  });

  it('keeps data over `down` and `up`', async () => {
    assert.equal(await lab.ask(lab.port, 'SET', 'key', 'value 값'), 'OK');
    await lab.output('down');
    assert.deepEqual(lab.pids(), []);
    await lab.output('up');
    for (const port of lab.serverPorts) assert.equal(await lab.ask(port, 'GET', 'key'), 'value 값');
    assert.equal(lab.pids().filter(pid => pids.includes(pid)).length, 0);
  });

  it('`down` leaves nothing running and no record', async () => {
    assert.match(await lab.output('down'), /^lab: stopped$/m);
    assert.deepEqual(processesIn(lab.dir), []);
    assert.deepEqual(readdirSync(lab.file('run')), []);
    const status = await lab.status();
    assert.deepEqual(new Set(status.nodes.map(node => node.state)), new Set(['stopped']));
    assert.ok(!existsSync(lab.file('data', `redis-${lab.port}`, 'temp.rdb')));
  });

  it('`down` on the stopped lab is fine', async () => {
    assert.match(await lab.output('down'), /^lab: stopped$/m);
  });
});

describe('a lab of one master and one replica, without Sentinels', () => {
  const lab = useLab({
    replicas: 1,
    sentinels: 0,
    more: ['--set', 'min-replicas-to-write=1', '--redis', testServer],
  });

  it('is ready without anybody watching it', async () => {
    await lab.output('up');
    const status = await lab.status();
    assert.equal(status.ready, true);
    assert.deepEqual(
      status.nodes.map(node => node.role),
      ['master', 'replica'],
    );
    assert.equal(lab.pids().length, 2);
  });

  it('has the setting of --set on every data node, and it works', async () => {
    for (const port of lab.serverPorts) {
      const [, value] = (await lab.ask(port, 'CONFIG', 'GET', 'min-replicas-to-write')) as readonly string[];
      assert.equal(value, '1');
    }
    assert.equal(await lab.ask(lab.port, 'SET', 'key', '1'), 'OK');
    await lab.output('stop', 'replica');
    await assert.rejects(lab.ask(lab.port, 'SET', 'key', '2'), /NOREPLICAS/);
    assert.deepEqual((await lab.status()).ready, false);
    await lab.output('start', String(lab.serverPorts[1]));
    await lab.output('up');
    assert.equal(await lab.ask(lab.port, 'SET', 'key', '3'), 'OK');
  });

  it('says that only a Sentinel can do a failover', async () => {
    assert.match(await lab.error('failover'), /only a Sentinel can do a failover/);
  });

  it('stops without a rest', async () => {
    await lab.output('down');
    assert.deepEqual(lab.pids(), []);
  });

  it('keeps the named server in lab.json', () => {
    assert.match(
      readFileSync(lab.file('lab.json'), 'utf8'),
      new RegExp(`"server": ${JSON.stringify(testServer)}`),
    );
  });
});

describe('a lab in a folder given by a relative path', () => {
  const lab = useLab({ replicas: 0, sentinels: 0 });

  it('is the same lab', async () => {
    const cwd = lab.file('data');
    outputOf(await runCli(['up', '..'], { cwd }));
    assert.equal((await lab.node(lab.port)).state, 'running');
    outputOf(await runCli(['down', '..'], { cwd }));
    assert.deepEqual(lab.pids(), []);
  });
});
