import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { useLab } from './support/lab';

describe('a conf that the server does not accept', () => {
  const lab = useLab({ replicas: 1, sentinels: 1 });
  const conf = (port: number): string =>
    lab.file('conf', `${lab.serverPorts.includes(port) ? 'redis' : 'sentinel'}-${port}.conf`);
  const lines = (port: number): number => readFileSync(conf(port), 'utf8').trimEnd().split('\n').length;

  afterEach('the confs are right again', async () => {
    await lab.output('down');
    await lab.output('reset');
  });

  it('of the master: `up` names line and text, and nothing else was started', async () => {
    appendFileSync(conf(lab.port), 'timeout nonsense\n');
    const text = await lab.error('up');
    assert.match(
      text,
      new RegExp(
        `^redis-${lab.port} did not start\\. Line ${lines(lab.port)} of the conf is not accepted: timeout nonsense \\(`,
      ),
    );
    const status = await lab.status();
    assert.deepEqual(
      status.nodes.map(node => node.state),
      ['crashed', 'stopped', 'stopped'],
    );
    assert.deepEqual(lab.pids(), []);
  });

  it('is named when the version does not know the directive', async () => {
    appendFileSync(conf(lab.port), 'nonsense 1\n');
    assert.match(await lab.error('up'), new RegExp(`^redis-${lab.port} did not start\\..*: nonsense 1\\b`));
    assert.deepEqual(lab.pids(), []);
  });

  it('of the replica: the master runs, and `down` stops it', async () => {
    appendFileSync(conf(lab.serverPorts[1]!), 'timeout nonsense\n');
    const text = await lab.error('up');
    assert.match(
      text,
      new RegExp(`^redis-${lab.serverPorts[1]} did not start\\. Line ${lines(lab.serverPorts[1]!)} `),
    );
    assert.deepEqual(
      (await lab.status()).nodes.map(node => node.state),
      ['running', 'crashed', 'stopped'],
    );
    assert.equal(lab.pids().length, 1);
    await lab.output('down');
    assert.deepEqual(lab.pids(), []);
    assert.deepEqual(
      (await lab.status()).nodes.map(node => node.state),
      ['stopped', 'stopped', 'stopped'],
    );
  });

  it('of the Sentinel: the servers run', async () => {
    const [port = 0] = lab.sentinelPorts;
    appendFileSync(conf(port), 'sentinel nonsense mymaster 1\n');
    const text = await lab.error('up');
    assert.match(
      text,
      new RegExp(
        `^sentinel-${port} did not start\\. Line ${lines(port)} of the conf is not accepted: sentinel nonsense mymaster 1 \\(`,
      ),
    );
    assert.deepEqual(
      (await lab.status()).nodes.map(node => node.state),
      ['running', 'running', 'crashed'],
    );
  });

  it('is right again: `up` goes on where it stopped', async () => {
    appendFileSync(conf(lab.serverPorts[1]!), 'timeout nonsense\n');
    await lab.error('up');
    const { pid } = await lab.node(lab.port);
    copyFileSync(lab.file('conf', '.first', `redis-${lab.serverPorts[1]}.conf`), conf(lab.serverPorts[1]!));
    await lab.output('up');
    assert.equal((await lab.node(lab.port)).pid, pid);
    assert.equal((await lab.status()).ready, true);
  });

  it('does not give a password away', async () => {
    appendFileSync(conf(lab.port), 'requirepass "secret-word" "too many"\n');
    const text = await lab.error('up');
    assert.match(text, new RegExp(`Line ${lines(lab.port)} of the conf is not accepted: requirepass …`));
    assert.doesNotMatch(text, /secret-word/);
  });

  it('names a log file that cannot be written', async () => {
    appendFileSync(conf(lab.port), `logfile "${lab.file('missing', 'x.log')}"\n`);
    assert.match(await lab.error('up'), new RegExp(`^redis-${lab.port} did not start\\.`));
    assert.deepEqual(lab.pids(), []);
  });

  it('names data that cannot be read', async () => {
    writeFileSync(lab.file('data', `redis-${lab.port}`, 'dump.rdb'), 'this is no RDB file at all');
    assert.match(await lab.error('up'), new RegExp(`^redis-${lab.port} did not start\\. \\S`));
    assert.deepEqual(lab.pids(), []);
  });
});
