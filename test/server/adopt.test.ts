import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatVersion } from '../../src/core/conf/serverVersion';
import { LabFolder } from '../../src/node/files/labFolder';
import { LabPaths } from '../../src/node/files/labPaths';
import { readLab } from '../../src/node/files/readLab';
import { ServerFinder } from '../../src/node/serverFinder';
import type { ConfFile } from '../support/anyConf';
import { freePorts } from '../support/freePorts';
import { noteConfs } from '../support/noteConfs';
import { until } from '../support/until';
import { outputOf, runCli } from './support/cli';
import { TestLab } from './support/lab';
import { useLabFolder } from './support/labFolder';
import { testServer, testVersion } from './support/testServer';

/** Puts confs into a folder as a person has them. */
function lay(directory: string, files: readonly ConfFile[]): void {
  for (const { path: name, text } of files) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

describe('conf files that were there before the lab', () => {
  const lab = new TestLab({ replicas: 1, sentinels: 3 });
  const folder = useLabFolder(() => lab.run('down'));
  let files: readonly ConfFile[] = [];
  let master: number;
  let replica: number;
  const text = (name: string): string => readFileSync(lab.file(name), 'utf8');
  const unchanged = (): boolean => files.every(file => text(file.path) === file.text);
  const changes = async (...words: readonly string[]): Promise<string> =>
    lab.output('conf', '--changes', ...words);

  before(async () => {
    lab.dir = path.join(folder.dir, '내 Redis');
    lab.ports = await freePorts(5);
    [master, replica] = lab.ports as [number, number];
    files = noteConfs(lab.ports as [number, number, number, number, number], { downAfter: 1_000 });
    lay(lab.dir, files);
  });

  it('become a lab, and stay as they are', async () => {
    const result = await runCli(['adopt', lab.dir]);
    assert.match(
      outputOf(result),
      new RegExp(`^Replica ${replica} of ${master}: conf/redis\\.slave\\.conf$`, 'm'),
    );
    assert.match(result.stderr, /^Left out: redis\.windows\.conf$/m);
    assert.ok(unchanged());
    const { nodes } = await lab.status();
    assert.deepEqual(
      nodes.map(node => node.port),
      lab.ports,
    );
    assert.ok(nodes.every(node => node.state === 'stopped'));
  });

  it('are not adopted a second time', async () => {
    const before = text('lab.json');
    const result = await runCli(['adopt', lab.dir]);
    assert.equal(result.code, 1);
    assert.match(result.stderr, /lab\.json: There is a lab here already\./);
    assert.equal(text('lab.json'), before);
  });

  it('run as any other lab, with a log although none is named in them', async () => {
    assert.match(await lab.output('up'), /ready · master/);
    assert.match(text(`log/redis-${master}.log`), /ready to accept connections/i);
    assert.match(text(`log/sentinel-${lab.sentinelPorts[0]}.log`), /\+monitor master mymaster/);
    assert.equal((await lab.node(replica)).role, 'replica');
  });

  it('keep their log over a restart', async () => {
    await lab.output('stop', `redis-${replica}`);
    await lab.output('start', `redis-${replica}`);
    await until('the link is up', async () => (await lab.info(replica, 'master_link_status')) === 'up', {
      timeout: 20_000,
    });
    const starts = text(`log/redis-${replica}.log`).match(/ready to accept connections/gi) ?? [];
    assert.equal(starts.length, 2);
  });

  it('are rewritten by a failover, and each change has its label', async () => {
    await lab.output('kill', `redis-${master}`);
    assert.equal(await lab.agreedMaster({ not: master }), replica);
    await lab.output('start', `redis-${master}`);
    await until('the old master is a replica', async () => (await lab.info(master, 'role')) === 'slave', {
      timeout: 20_000,
    });
    const word = /^\+ (?:replicaof|slaveof) .*\n {4}CONFIG REWRITE · never copy: /m;
    await until('it wrote that down', async () => word.test(await changes('--node', `redis-${master}`)), {
      timeout: 20_000,
    });
    assert.match(
      await changes('--node', `redis-${replica}`),
      /^- slaveof .*\n {4}CONFIG REWRITE · never copy: This node was made the master/m,
    );
    for (const port of lab.sentinelPorts) {
      const list = await changes('--node', `sentinel-${port}`);
      assert.match(
        list,
        new RegExp(
          `^~ sentinel monitor .* ${master} 2 {2}-> {2}sentinel monitor .* ${replica} 2\\n {4}Sentinel · never copy: A failover`,
          'm',
        ),
      );
      assert.match(list, /^\+ sentinel known-sentinel .*\n {4}Sentinel · never copy: Another node/m);
    }
    // Nobody but the servers wrote here.
    assert.doesNotMatch(await changes(), /\n {4}a (?:person|command)/);
  });

  it('tell the failover in their logs', async () => {
    const logs = lab.ports.map(port =>
      lab.file('log', `${lab.serverPorts.includes(port) ? 'redis' : 'sentinel'}-${port}.log`),
    );
    const report = JSON.parse(outputOf(await runCli(['report', '--json', ...logs]))) as {
      failovers: { to: { port: number } | null }[];
    };
    // An attempt with a split vote may come before it.
    assert.deepEqual(
      report.failovers.flatMap(({ to }) => to?.port ?? []),
      [replica],
    );
  });

  it('are put back one by one', async () => {
    await lab.output('down');
    const spec = await readLab(lab.dir);
    const onDisk = new LabFolder(new LabPaths(lab.dir), () => spec, new ServerFinder(() => testServer));
    const [, node] = spec.nodes;
    assert.ok(node);
    assert.match(text(node.conf), /Generated by CONFIG REWRITE|dir "/);
    await onDisk.restoreFirstForm(node);
    assert.equal(text(node.conf), files[2]?.text);
    assert.match(await changes('--node', node.name), /still has its first form/);
  });

  it('are put back by a reset, which leaves the files of the person alone', async () => {
    await lab.output('reset');
    assert.ok(unchanged());
    assert.match(await lab.output('up'), new RegExp(`ready · master ${master}`));
    await lab.output('down');
  });

  it('are converted for another version and back, first forms too, and still run', async () => {
    await lab.output('reset');
    const old = await lab.output('convert', '--redis', '3.0.7');
    assert.equal(old, '', 'they are confs of 3.0 already');
    assert.match(
      await lab.output('convert', '--redis', '7.0.15'),
      /redis\.slave\.conf:6: takes its name in that version: slaveof/,
    );
    assert.ok(unchanged());
    await lab.output('convert', '--redis', '7.0.15', '--write');
    assert.match(text('conf/redis.slave.conf'), new RegExp(`\\nreplicaof 127\\.0\\.0\\.1 ${master}\\n`));
    assert.equal(text(`conf/.first/redis-${replica}.conf`), text('conf/redis.slave.conf'));
    await lab.output('convert', '--redis', formatVersion({ ...testVersion, windows: false }), '--write');
    assert.match(await lab.output('up'), /ready · master/);
    assert.match(await lab.error('convert', '--redis', '3.0.7', '--write'), /^Nodes are running: /);
    await lab.output('down');
    await lab.output('convert', '--redis', '3.0.7', '--write');
    assert.match(text('conf/redis.slave.conf'), /slaveof|# Generated/);
    assert.doesNotMatch(text('conf/redis.slave.conf'), /^(?:replicaof|user|latency-tracking-info)/m);
    assert.equal(text(`conf/.first/redis-${replica}.conf`), files[2]?.text);
  });
});

describe('conf files that cannot be a lab', () => {
  const folder = useLabFolder();

  it('are told what is wrong, a line each, and nothing is written', async () => {
    const dir = path.join(folder.dir, 'broken');
    lay(dir, [
      { path: 'a.conf', text: 'port 7001\ndir /no/such/folder\n' },
      { path: 'b.conf', text: 'port 7002\nreplicaof 127.0.0.1 7009\n' },
      { path: 'nginx.conf', text: 'worker_processes 1;\nevents {\n}\nhttp {\n}\n' },
    ]);
    const result = await runCli(['adopt', dir]);
    assert.equal(result.code, 1);
    assert.match(
      result.stderr,
      /^b\.conf:2: Node 7002 is a replica of 127\.0\.0\.1:7009, and none of these confs has that port\./m,
    );
    assert.match(result.stderr, /^a\.conf:2: The folder "\/no\/such\/folder" does not exist\./m);
    assert.ok(!existsSync(path.join(dir, 'lab.json')));
    assert.ok(!existsSync(path.join(dir, 'data')));
  });

  it('are none at all in an empty folder', async () => {
    const dir = path.join(folder.dir, 'empty');
    mkdirSync(dir);
    const result = await runCli(['adopt', dir]);
    assert.equal(result.code, 1);
    assert.match(result.stderr, /^There is no conf of Redis here\./m);
  });
});
