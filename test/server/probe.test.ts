import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { ProbeConfig } from '../../src/core/probe/probeConfig';
import { removeProbeKeys } from '../../src/node/probe/presentNumbers';
import { fixedOptions } from '../../src/node/probe/probeOptions';
import { ProbeProcess } from '../../src/node/probe/probeProcess';
import { ServerList } from '../../src/node/probe/serverList';
import { TrackedClient } from '../../src/node/probe/trackedClient';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { ForeignRedis } from './support/foreign';
import { useLabFolder } from './support/labFolder';
import { checkProbe, probeConfig, probeProgram, WatchedProbe } from './support/probe';
import { allProcesses, isAlive } from './support/processes';
import { ask } from './support/redis';

describe('the write probe on one server', () => {
  const folder = useLabFolder(async () => {
    for (const probe of probes) probe.process.kill();
    await Promise.all(probes.map(({ process }) => process.ended));
    await server?.end();
  });
  const probes: WatchedProbe[] = [];
  let server: ForeignRedis | undefined;
  let port = 0;
  const start = async (
    more: Partial<ProbeConfig> & { readonly password?: string } = {},
  ): Promise<WatchedProbe> => {
    const probe = await WatchedProbe.start(probeConfig([port], more));
    probes.push(probe);
    return probe;
  };
  const fails = (probe: WatchedProbe, from: number, error: string): Promise<unknown> =>
    probe.tells(
      `writes fail with ${error}`,
      from,
      event => event.type === 'failing' && event.error === error,
    );
  const writes = (probe: WatchedProbe, from: number): Promise<unknown> =>
    probe.tells('writes get through again', from, ({ type }) => type === 'writing');

  before('a server runs', async () => {
    [port] = (await freePorts(1)) as [number];
    server = await ForeignRedis.start(port, folder.dir);
  });

  it('has every write acknowledged and present while nothing happens', async () => {
    const probe = await start({ rate: 500 });
    await probe.acknowledges('fixed', 500);
    const checked = await checkProbe(await probe.process.stop(), port);
    const client = checked.client('fixed');
    assert.equal(client.acknowledged, client.attempted);
    assert.deepEqual([client.errors, client.outages, client.outageMs], [{}, [], 0]);
    assert.equal(client.lostAcknowledged.count, 0);
    assert.deepEqual(
      client.servers.map(({ port, acknowledged }) => [port, acknowledged]),
      [[port, client.attempted]],
    );
    assert.equal(
      client.servers[0]?.runId,
      /run_id:(\w+)/.exec(String(await ask(port, undefined, 'INFO')))?.[1],
    );
    assert.equal(checked.verification.staleMasterWindowMs, 0);
  });

  it('takes its keys away when it is asked to, and nobody else’s', async () => {
    await ask(port, undefined, 'SET', 'of somebody else', '1');
    const probe = await start();
    await probe.acknowledges('fixed', 50);
    const record = await probe.process.stop();
    await removeProbeKeys(port, undefined, record);
    assert.deepEqual(await ask(port, undefined, 'KEYS', `probe:${record.run}:*`), []);
    assert.equal(await ask(port, undefined, 'GET', 'of somebody else'), '1');
  });

  it('tells errors of every kind apart, each attempt once', async () => {
    const probe = await start();
    await probe.acknowledges('fixed');

    let from = probe.events.length;
    await ask(port, undefined, 'SLAVEOF', '127.0.0.1', '1');
    await fails(probe, from, 'READONLY');
    from = probe.events.length;
    await ask(port, undefined, 'SLAVEOF', 'NO', 'ONE');
    await writes(probe, from);

    from = probe.events.length;
    await ask(port, undefined, 'CONFIG', 'SET', 'min-slaves-to-write', '1');
    await fails(probe, from, 'NOREPLICAS');
    from = probe.events.length;
    await ask(port, undefined, 'CONFIG', 'SET', 'min-slaves-to-write', '0');
    await writes(probe, from);

    from = probe.events.length;
    await ask(port, undefined, 'CONFIG', 'SET', 'maxmemory', '1');
    await fails(probe, from, 'other');
    from = probe.events.length;
    await ask(port, undefined, 'CONFIG', 'SET', 'maxmemory', '0');
    await writes(probe, from);

    const { client, ledger } = await checkProbe(await probe.process.stop(), port);
    const { errors, outages, unacknowledged, unsent } = client('fixed');
    assert.deepEqual(Object.keys(errors).toSorted(), ['NOREPLICAS', 'READONLY', 'other']);
    assert.deepEqual(
      outages.map(outage => Object.keys(outage.errors)),
      [['READONLY'], ['NOREPLICAS'], ['other']],
    );
    // They were all answered, with no.
    assert.deepEqual([unacknowledged, unsent], [0, 0]);
    assert.match(ledger.otherErrors.join(), /^OOM /);
  });

  it('sees the end of its connection and of the server, and knows the next server for another one', async () => {
    const probe = await start({ rate: 200 });
    await probe.acknowledges('fixed');
    const before = /run_id:(\w+)/.exec(String(await ask(port, undefined, 'INFO')))?.[1];
    const from = probe.events.length;
    await server!.end();
    await probe.tells(
      'it has lost the server',
      from,
      event => event.type === 'disconnected' && event.error === 'ECONNRESET',
    );
    await fails(probe, from, 'ECONNREFUSED');
    server = await ForeignRedis.start(port, folder.dir);
    await writes(probe, from);
    await probe.acknowledges('fixed');
    const after = /run_id:(\w+)/.exec(String(await ask(port, undefined, 'INFO')))?.[1];
    const { client } = await checkProbe(await probe.process.stop(), port);
    const { errors, servers, unsent, lostAcknowledged } = client('fixed');
    assert.ok((errors.ECONNREFUSED ?? 0) > 0, JSON.stringify(errors));
    assert.ok(unsent > 0);
    assert.deepEqual(
      Object.keys(errors).filter(name => name !== 'ECONNREFUSED' && name !== 'ECONNRESET'),
      [],
    );
    assert.deepEqual(
      servers.map(({ runId }) => runId),
      [before, after],
    );
    // It saved nothing, so all that it had acknowledged is gone with it.
    assert.equal(lostAcknowledged.count, servers[0]?.acknowledged);
  });

  it('counts a write whose time was over as unanswered, and finds it there all the same', async () => {
    const probe = await start({ timeout: 200, rate: 200 });
    await probe.acknowledges('fixed');
    const from = probe.events.length;
    process.kill(server!.pid, 'SIGSTOP');
    await fails(probe, from, 'TIMEOUT');
    process.kill(server!.pid, 'SIGCONT');
    await writes(probe, from);
    await probe.acknowledges('fixed');
    const { client } = await checkProbe(await probe.process.stop(), port);
    const { errors, unacknowledged, unacknowledgedButPresent, lostAcknowledged } = client('fixed');
    assert.deepEqual(Object.keys(errors), ['TIMEOUT']);
    assert.equal(unacknowledged, errors.TIMEOUT);
    // The bytes lay in the server's socket: it worked them off when it went on.
    assert.equal(unacknowledgedButPresent.count, unacknowledged);
    assert.equal(lostAcknowledged.count, 0);
  });

  it('shows its password to nobody, and a wrong one is NOAUTH', async () => {
    const secret = 'probe-secret-1';
    await ask(port, undefined, 'CONFIG', 'SET', 'requirepass', secret);
    try {
      const probe = await start({ password: secret });
      await probe.acknowledges('fixed');
      for (const { command } of allProcesses()) assert.ok(!command.includes(secret), command);
      const environment = `/proc/${probe.process.pid}/environ`;
      if (existsSync(environment)) assert.ok(!readFileSync(environment, 'utf8').includes(secret));
      const { client } = await checkProbe(await probe.process.stop(), port, secret);
      assert.equal(client('fixed').acknowledged, client('fixed').attempted);

      for (const password of ['wrong', undefined]) {
        const stranger = await start(password === undefined ? {} : { password });
        await until('it has tried', () => stranger.events.some(({ type }) => type === 'progress'));
        const refused = await checkProbe(await stranger.process.stop(), port, secret);
        const { errors, acknowledged, outages } = refused.client('fixed');
        assert.deepEqual([Object.keys(errors), acknowledged, outages.length], [['NOAUTH'], 0, 1]);
      }
    } finally {
      await ask(port, secret, 'CONFIG', 'SET', 'requirepass', '');
    }
  });

  it('ends when nobody is there any more who would want its record', async () => {
    const child = spawn(process.execPath, [probeProgram], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(`${JSON.stringify(probeConfig([port]))}\n`);
    await once(child.stdout, 'data');
    const ended = once(child, 'exit');
    child.stdin.destroy();
    assert.deepEqual(await ended, [0, null]);
  });

  it('says in one sentence that it was lost', async () => {
    const probe = await start();
    const { pid } = probe.process;
    probe.process.kill();
    await probe.process.ended;
    assert.equal(isAlive(pid!), false);
    await assert.rejects(probe.process.stop(), /write probe ended before its time/);
    const broken = new ProbeProcess(`${probeProgram}.missing`);
    await assert.rejects(broken.start(probeConfig([port])), /write probe ended before its time/);
  });

  it('connects a client anew that has given up for good', async () => {
    const connected: (number | undefined)[] = [];
    const servers = new ServerList();
    const target = { port, password: undefined };
    const client = new TrackedClient(fixedOptions('fixed', target, probeConfig([port])), servers, {
      onConnected: ({ server }) => connected.push(server),
    });
    client.connect();
    try {
      await until('it is connected', () => connected.length === 1);
      client.redis.disconnect();
      await until('it is connected again', () => connected.length === 2);
      // The same server has the same place.
      assert.deepEqual([connected, servers.servers.length], [[0, 0], 1]);
    } finally {
      client.close();
    }
  });

  it('measures what a replica shows that was cut off', async () => {
    const [other] = (await freePorts(1)) as [number];
    const replica = await ForeignRedis.start(other, folder.dir, '--slaveof', '127.0.0.1', String(port));
    try {
      await until('the replica is in sync', async () =>
        String(await ask(other, undefined, 'INFO')).includes('master_link_status:up'),
      );
      const probe = await WatchedProbe.start(probeConfig([port, other], { readRate: 50 }));
      probes.push(probe);
      await probe.acknowledges('fixed', 100);
      await ask(other, undefined, 'SLAVEOF', '127.0.0.1', '1');
      await probe.acknowledges('fixed', 100);
      const { ledger, record, client } = await checkProbe(await probe.process.stop(), port);
      const [reads] = ledger.reads;
      assert.deepEqual([ledger.reads.length, reads?.port, reads?.errors], [1, other, {}]);
      assert.ok(reads!.stale > 0 && reads!.stale <= reads!.reads, JSON.stringify(reads));
      assert.ok(reads!.mostBehind > 0 && reads!.mostBehind < client('fixed').acknowledged);
      assert.ok(reads!.longestStaleMs > 0 && reads!.longestStaleMs <= record.endedAt - record.startedAt);
      // Once it is cut off it falls ever further behind.
      const last = record.reads.slice(-5).map(({ staleMs }) => staleMs);
      assert.deepEqual(
        last,
        last.toSorted((a, b) => a - b),
      );
      assert.ok(last[0]! > 0);
    } finally {
      await replica.end();
    }
  });
});
