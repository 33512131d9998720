import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { readJson } from '../../src/node/files/jsonFile';
import { until } from '../support/until';
import { errorOf } from './support/cli';
import { useLab, type TestLab } from './support/lab';
import { isAlive, isFrozen } from './support/processes';
import type { FaultStatus } from './support/status';
import { testVersion } from './support/testServer';

async function faultsOf(lab: TestLab): Promise<readonly FaultStatus[]> {
  return (await lab.status()).faults;
}

/** What CONFIG GET says. */
async function valueOf(lab: TestLab, port: number, name: string): Promise<string | undefined> {
  const reply = (await lab.ask(port, 'CONFIG', 'GET', name)) as readonly string[];
  return reply[1];
}

const isAtLeast = (major: number, minor: number): boolean =>
  testVersion.product === 'valkey' ||
  testVersion.major > major ||
  (testVersion.major === major && testVersion.minor >= minor);
const priority = isAtLeast(5, 0) ? 'replica-priority' : 'slave-priority';

describe('faults of data nodes', () => {
  const lab = useLab({ replicas: 1, sentinels: 0 });
  const pidOf = async (port: number): Promise<number> => (await lab.node(port)).pid ?? 0;
  const replica = (): number => lab.serverPorts[1]!;
  const conf = (port: number): string => lab.file('conf', `redis-${port}.conf`);
  const journal = (): string => lab.file('run', 'faults.json');

  before(() => lab.output('up'));
  afterEach('nothing is broken any more', async () => {
    assert.match(await lab.output('heal'), /No fault is on/);
    assert.equal(existsSync(journal()), false);
  });

  it('freeze', async () => {
    const pid = await pidOf(replica());
    assert.match(await lab.output('fault', 'freeze', 'replica'), /^f1: redis-\d+ is frozen$/m);
    assert.equal(isFrozen(pid), true);
    assert.deepEqual(
      (await faultsOf(lab)).map(({ id, type, nodes }) => ({ id, type, nodes })),
      [{ id: 'f1', type: 'freeze', nodes: [`redis-${replica()}`] }],
    );
    assert.equal(statSync(journal()).mode & 0o777, 0o600);
    assert.match(await lab.output('status'), /Faults \(1\)\n +f1 +redis-\d+ is frozen/);
    await lab.output('fault', 'freeze', 'replica:1');
    assert.equal((await faultsOf(lab)).length, 1);
    assert.match(await lab.output('heal', 'f1'), /^f1 undone: redis-\d+ is frozen$/m);
    assert.equal(isFrozen(pid), false);
  });

  it('freeze is over when somebody resumes the node', async () => {
    await lab.output('fault', 'freeze', 'master');
    await lab.output('resume', String(lab.port));
    assert.deepEqual(await faultsOf(lab), []);
    assert.match(await lab.output('heal'), /No fault is on/);
  });

  for (const type of ['kill', 'stop']) {
    it(type, async () => {
      const pid = await pidOf(replica());
      await lab.output('fault', type, String(replica()));
      assert.equal(isAlive(pid), false);
      assert.deepEqual(
        (await faultsOf(lab)).map(fault => fault.type),
        [type],
      );
      await lab.output('heal');
      await until('it runs again', async () => (await lab.node(replica())).state === 'running');
    });
  }

  it('kill is over when somebody starts the node or puts it away', async () => {
    await lab.output('fault', 'kill', 'replica');
    await lab.output('start', String(replica()));
    assert.deepEqual(await faultsOf(lab), []);
    await lab.output('fault', 'kill', 'replica');
    await lab.output('stop', String(replica()));
    assert.deepEqual(await faultsOf(lab), []);
    await lab.output('start', String(replica()));
    assert.match(await lab.output('heal'), /No fault is on/);
  });

  for (const how of ['kill', 'stop']) {
    it(`restart by ${how} leaves nothing to undo`, async () => {
      const pid = await pidOf(replica());
      await lab.output('fault', 'restart', 'replica', '--how', how);
      const now = await until('it answers', async () => {
        const node = await lab.node(replica());
        return node.state === 'running' && node.pid;
      });
      assert.notEqual(now, pid);
    });
  }

  it('config', async () => {
    const former = await valueOf(lab, replica(), priority);
    // Either name will do for any version.
    await lab.output('fault', 'config', 'replica', '--set', 'replica-priority=0');
    assert.equal(await valueOf(lab, replica(), priority), '0');
    assert.match((await faultsOf(lab))[0]?.text ?? '', new RegExp(`has ${priority} 0$`));
    await lab.output('heal');
    assert.equal(await valueOf(lab, replica(), priority), former);
  });

  it('config twice on one value comes back to what was there first', async () => {
    const former = await valueOf(lab, lab.port, 'maxmemory');
    await lab.output('fault', 'config', 'master', '--set', 'maxmemory=100mb', '--set', 'hz=20');
    await lab.output('fault', 'config', 'master', '--set', 'maxmemory=200mb');
    assert.deepEqual(
      (await faultsOf(lab)).map(({ id, text }) => `${id} ${text.replace(/^\S+ /, '')}`),
      ['f1 has hz 20', 'f2 has maxmemory 200mb'],
    );
    await lab.output('heal', 'f2');
    assert.equal(await valueOf(lab, lab.port, 'maxmemory'), former);
    await lab.output('heal');
    assert.equal(await valueOf(lab, lab.port, 'hz'), '10');
  });

  it('config of another password, which nobody can read', async () => {
    await lab.output('fault', 'config', 'master', '--set', 'requirepass=topsecret', '--reconnect');
    await assert.rejects(lab.ask(lab.port, 'PING'), /NOAUTH/);
    assert.doesNotMatch(await lab.output('status', '--json'), /topsecret/);
    assert.match(await lab.output('status'), /has requirepass …/);
    await lab.output('heal');
    assert.equal(await lab.ask(lab.port, 'PING'), 'PONG');
    await until('the link is up', async () => (await lab.info(replica(), 'master_link_status')) === 'up');
  });

  it('config that was written into the conf meanwhile, of a node that runs', async () => {
    await lab.output('fault', 'config', 'replica', '--set', 'replica-priority=0');
    await lab.ask(replica(), 'CONFIG', 'REWRITE');
    assert.match(readFileSync(conf(replica()), 'utf8'), new RegExp(`^${priority} 0$`, 'm'));
    await lab.output('heal');
    assert.doesNotMatch(readFileSync(conf(replica()), 'utf8'), new RegExp(`^${priority} 0$`, 'm'));
    assert.equal(await valueOf(lab, replica(), priority), '100');
  });

  it('config that was written into the conf meanwhile, of a node that was killed and does not run', async () => {
    await lab.output('fault', 'config', 'replica', '--set', 'replica-priority=0');
    await lab.ask(replica(), 'CONFIG', 'REWRITE');
    await lab.output('kill', String(replica()));
    assert.equal((await faultsOf(lab)).length, 1);
    await lab.output('heal');
    assert.doesNotMatch(readFileSync(conf(replica()), 'utf8'), new RegExp(`^${priority} 0$`, 'm'));
    await lab.output('start', String(replica()));
    assert.equal(await valueOf(lab, replica(), priority), '100');
  });

  it('config that was written into the conf, of a node that was killed by a fault, too', async () => {
    await lab.output('fault', 'config', 'replica', '--set', 'replica-priority=0');
    await lab.ask(replica(), 'CONFIG', 'REWRITE');
    await lab.output('fault', 'kill', String(replica()));
    await lab.output('heal');
    await until('it has its own value', async () => (await valueOf(lab, replica(), priority)) === '100');
  });

  it('config that the server refuses changes nothing', async () => {
    assert.match(
      await lab.error('fault', 'config', 'master', '--set', 'hz=20', '--set', 'maxmemory=much'),
      /redis-\d+ refused maxmemory much: /,
    );
    assert.equal(await valueOf(lab, lab.port, 'hz'), '10');
    assert.match(
      await lab.error('fault', 'config', 'master', '--set', 'no-such-word=1'),
      /knows no directive/,
    );
  });

  it('unwritable', async () => {
    await lab.ask(lab.port, 'SET', 'before', '1');
    await lab.ask(lab.port, 'SAVE');
    const dump = lab.file('data', `redis-${lab.port}`, 'dump.rdb');
    const size = statSync(dump).size;
    await lab.output('fault', 'unwritable', 'master');
    await until('writes are refused', async () => {
      const error = await lab.ask(lab.port, 'SET', 'key', '1').catch((reason: Error) => reason.message);
      return String(error).startsWith('MISCONF');
    });
    assert.equal(statSync(dump).isDirectory(), true);
    await lab.output('heal');
    assert.equal(await lab.ask(lab.port, 'SET', 'after', '1'), 'OK');
    assert.ok(statSync(dump).isFile() && statSync(dump).size >= size);
    assert.deepEqual(
      readdirSync(lab.file('data', `redis-${lab.port}`)).filter(name => name.endsWith('.aside')),
      [],
    );
  });

  it('unwritable is undone when the lab is stopped, which then saves its data', async () => {
    await lab.output('fault', 'unwritable', 'master');
    await lab.ask(lab.port, 'SET', 'last', '1').catch(() => undefined);
    await lab.output('down');
    assert.ok(statSync(lab.file('data', `redis-${lab.port}`, 'dump.rdb')).isFile());
    assert.deepEqual(readdirSync(lab.file('run')), []);
    await lab.output('up');
  });

  (process.platform === 'linux' ? it : it.skip)('disk-full', async () => {
    const pid = await pidOf(lab.port);
    await lab.ask(lab.port, 'SET', 'large', randomBytes(1_500_000).toString('base64'));
    await lab.output('fault', 'disk-full', 'master', '--bytes', '1000000');
    await lab.ask(lab.port, 'BGSAVE');
    await until(
      'the save has failed',
      async () => (await lab.info(lab.port, 'rdb_last_bgsave_status')) === 'err',
    );
    assert.equal(isAlive(pid), true);
    await lab.output('heal');
    assert.equal(await lab.info(lab.port, 'rdb_last_bgsave_status'), 'ok');
    assert.equal(await lab.ask(lab.port, 'SET', 'after', '1'), 'OK');
    assert.equal(await pidOf(lab.port), pid);
    assert.match(await lab.error('fault', 'disk-full', 'master', '--bytes', '1'), /could not write its log/);
  });

  (isAtLeast(6, 2) ? it : it.skip)('pause of writes', async () => {
    await lab.output('fault', 'pause', 'master', '--for', '10m', '--writes');
    assert.notEqual((await faultsOf(lab))[0]?.until, null);
    assert.equal(await lab.ask(lab.port, 'GET', 'nothing'), null);
    await assert.rejects(lab.ask(lab.port, 'SET', 'key', '1'));
    await lab.output('heal');
    assert.equal(await lab.ask(lab.port, 'SET', 'key', '1'), 'OK');
  });

  it('pause of everything ends by itself, or with its process', async () => {
    await lab.output('fault', 'pause', 'master', '--for', '10m');
    await assert.rejects(lab.ask(lab.port, 'PING'));
    assert.match(await lab.error('heal'), /ends by itself at/);
    assert.equal((await faultsOf(lab)).length, 1);
    await lab.output('kill', String(lab.port));
    assert.deepEqual(await faultsOf(lab), []);
    await lab.output('start', String(lab.port));
  });

  it('sleep is refused where DEBUG is not allowed', async () => {
    if (isAtLeast(7, 0) && testVersion.product === 'redis')
      assert.match(await lab.error('fault', 'sleep', 'master'), /enable-debug-command/);
  });

  it('start and resume have nothing to undo', async () => {
    await lab.output('stop', String(replica()));
    await lab.output('fault', 'start', String(replica()));
    await lab.output('freeze', String(replica()));
    await lab.output('fault', 'resume', String(replica()));
    await until('it answers', async () => (await lab.node(replica())).state === 'running');
  });

  it('of links need a network', async () => {
    for (const words of [['cut'], ['delay', '--by', '100ms'], ['lossy', '--share', '0.1']])
      assert.match(
        await lab.error('fault', words[0]!, 'master', 'replica', ...words.slice(1)),
        /"network": true/,
      );
  });

  it('are refused for a node that does not run', async () => {
    await lab.output('stop', String(replica()));
    for (const words of [['kill'], ['freeze'], ['restart'], ['pause'], ['config', '--set', 'hz=20']])
      assert.match(
        await lab.error('fault', words[0]!, String(replica()), ...words.slice(1)),
        /does not run, or was not started by this lab/,
      );
    await lab.output('start', String(replica()));
  });

  it('that are typed wrongly are told in one line', async () => {
    const wrong: readonly (readonly string[])[] = [
      ['explode', 'master'],
      ['kill'],
      ['kill', 'slave'],
      ['kill', 'master', '--bytes', '1'],
      ['pause', 'master', '--for', '5'],
      ['config', 'master'],
      ['config', 'master', '--set', 'hz'],
      ['disk-full', 'master'],
      ['cut', 'master'],
      ['lossy', 'master', 'replica', '--share', '2'],
    ];
    for (const words of wrong) errorOf(await lab.run('fault', ...words), 2);
    assert.match(await lab.error('heal', 'f9'), /No fault "f9" is on/);
  });

  it('whose journal cannot be read are as good as none', async () => {
    writeFileSync(journal(), '{ "faults": [ 7 ');
    assert.deepEqual(await faultsOf(lab), []);
    await lab.output('fault', 'freeze', 'replica');
    await lab.output('heal');
    assert.equal(await readJson(journal()), undefined);
  });
});

describe('faults of a lab with Sentinels', () => {
  const lab = useLab({
    replicas: 1,
    sentinels: 1,
    more: isAtLeast(7, 0) ? ['--set', 'enable-debug-command=local'] : [],
  });

  before(() => lab.output('up'));

  const option = async (name: string): Promise<string | undefined> => {
    const fields = (await lab.ask(
      lab.sentinelPorts[0]!,
      'SENTINEL',
      'MASTER',
      'mymaster',
    )) as readonly string[];
    return fields[fields.indexOf(name) + 1];
  };

  it('config of a Sentinel', async () => {
    await lab.output(
      'fault',
      'config',
      'sentinel',
      '--set',
      'quorum=9',
      '--set',
      'down-after-milliseconds=600000',
    );
    assert.deepEqual([await option('quorum'), await option('down-after-milliseconds')], ['9', '600000']);
    await lab.output('heal');
    assert.deepEqual([await option('quorum'), await option('down-after-milliseconds')], ['1', '1000']);
    assert.match(await lab.error('fault', 'config', 'sentinel', '--set', 'hz=1'), /has no option "hz"/);
  });

  it('config of a Sentinel that does not run any more is undone in its conf', async () => {
    await lab.output(
      'fault',
      'config',
      'sentinel',
      '--set',
      'down-after-milliseconds=600000',
      '--set',
      'auth-pass=wrong',
    );
    await lab.output('kill', 'sentinel');
    await lab.output('heal');
    const text = readFileSync(lab.file('conf', `sentinel-${lab.sentinelPorts[0]}.conf`), 'utf8');
    assert.doesNotMatch(text, /600000|auth-pass/);
    await lab.output('start', 'sentinel');
    assert.equal(await option('down-after-milliseconds'), '1000');
  });

  it('sleep', async () => {
    const slow = await lab.output('fault', 'sleep', 'replica', '--for', '500ms');
    assert.match(slow, /sleeps until/);
    await until('it is over', async () => (await faultsOf(lab)).length === 0);
    assert.match(await lab.error('fault', 'sleep', 'sentinel'), /Freeze sentinel-\d+ instead/);
  });

  it('priority 0 that a failover wrote into a conf is undone there, too', async () => {
    await lab.output('fault', 'config', 'master', '--set', 'replica-priority=0');
    assert.match(await lab.output('fault', 'failover'), /was asked for a failover/);
    await lab.agreedMaster({ not: lab.port });
    // A Sentinel makes the old master a replica 8 s after its INFO has said otherwise, which it asks for every 10 s (sentinel.c).
    await until('the old master is a replica', async () => (await lab.info(lab.port, 'role')) === 'slave', {
      timeout: 30_000,
    });
    await lab.output('heal');
    assert.equal(await valueOf(lab, lab.port, priority), '100');
    assert.doesNotMatch(
      readFileSync(lab.file('conf', `redis-${lab.port}.conf`), 'utf8'),
      new RegExp(`^${priority} 0$`, 'm'),
    );
  });

  it('are undone by `down`, and ended nodes stay so', async () => {
    await lab.output('fault', 'freeze', 'sentinel');
    await lab.output('fault', 'kill', 'replica');
    await lab.output('down');
    assert.deepEqual(lab.pids(), []);
    assert.deepEqual(readdirSync(lab.file('run')), []);
  });
});
