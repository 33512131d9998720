import assert from 'node:assert/strict';
import { until } from '../support/until';
import { useLab, type TestLab } from './support/lab';
import { checkProbe, labProbeConfig, WatchedProbe, type CheckedProbe } from './support/probe';

/** A lab that is ready, with a probe on it; the probe does not outlive the tests. */
function useProbe(lab: TestLab): {
  readonly start: (master: number) => Promise<WatchedProbe>;
} {
  const probes: WatchedProbe[] = [];
  before('the lab runs', () => lab.output('up'));
  after('no probe is left', async () => {
    for (const { process } of probes) process.kill();
    await Promise.all(probes.map(({ process }) => process.ended));
  });
  return {
    start: async master => {
      const probe = await WatchedProbe.start(labProbeConfig(lab, master, { rate: 200, timeout: 1_000 }));
      probes.push(probe);
      await probe.acknowledges('sentinel');
      return probe;
    },
  };
}

/** Waits until the Sentinels have made a replica of the old master. */
async function demoted(lab: TestLab, former: number): Promise<void> {
  await until(`${former} is a replica`, async () => (await lab.info(former, 'role')) === 'slave', {
    timeout: 40_000,
  });
  await until(`${former} is in sync`, async () => (await lab.info(former, 'master_link_status')) === 'up', {
    timeout: 20_000,
  });
}

/** The client with Sentinels followed the master, on a busy machine more than once, and its outages are over. */
function assertFollowed({ client }: CheckedProbe, former: number, master: number): void {
  const { outages, servers } = client('sentinel');
  assert.deepEqual([servers[0]?.port, servers.at(-1)?.port], [former, master]);
  assert.ok(outages.length > 0);
  assert.ok(outages.every(({ endedAt }) => endedAt !== undefined));
}

/** The client with Sentinels has found the new master. `from`: how many events had been told before. */
async function writesAgain(probe: WatchedProbe, from: number): Promise<void> {
  await probe.tells(
    'the client with Sentinels writes again',
    from,
    event => event.type === 'writing' && event.client === 'sentinel',
  );
}

describe('the write probe during the failover of a killed master', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  const probes = useProbe(lab);

  it('measures the outage, and finds every write that is there', async () => {
    const former = lab.port;
    const probe = await probes.start(former);
    const from = probe.events.length;
    await lab.output('kill', 'master');
    await writesAgain(probe, from);
    const master = await lab.agreedMaster({ not: former });
    await probe.acknowledges('sentinel');
    const checked = await checkProbe(await probe.process.stop(), master);
    assertFollowed(checked, former, master);
    const sentinel = checked.client('sentinel');
    assert.ok((sentinel.errors.ECONNREFUSED ?? 0) > 0, JSON.stringify(sentinel.errors));
    assert.ok(sentinel.outageMs > 0);
    const fixed = checked.client('fixed');
    assert.equal(fixed.outages.at(-1)?.endedAt, undefined);
    assert.deepEqual(
      fixed.servers.map(({ port }) => port),
      [former],
    );
    // It is dead: it acknowledged nothing after the promotion.
    assert.ok(checked.verification.staleMasters.every(({ port }) => port !== former));
  });
});

describe('the write probe on a master that is frozen and comes back', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  const probes = useProbe(lab);

  it('finds the writes lost that the old master acknowledged', async () => {
    const former = lab.port;
    const probe = await probes.start(former);
    let from = probe.events.length;
    await lab.output('freeze', 'master');
    await writesAgain(probe, from);
    const master = await lab.agreedMaster({ not: former });
    from = probe.events.length;
    await lab.output('resume', String(former));
    await probe.tells(
      'the client with the first address writes to the old master',
      from,
      event => event.type === 'writing' && event.client === 'fixed',
    );
    await demoted(lab, former);
    await probe.tells(
      'the old master refuses',
      from,
      event => event.type === 'failing' && event.client === 'fixed' && event.error === 'READONLY',
    );
    const checked = await checkProbe(await probe.process.stop(), master);
    assertFollowed(checked, former, master);
    const sentinel = checked.client('sentinel');
    assert.ok((sentinel.errors.TIMEOUT ?? 0) > 0, JSON.stringify(sentinel.errors));
    const fixed = checked.client('fixed');
    assert.ok(
      (fixed.errors.TIMEOUT ?? 0) > 0 && (fixed.errors.READONLY ?? 0) > 0,
      JSON.stringify(fixed.errors),
    );
    assert.ok(fixed.lostAcknowledged.count > 0);
    const stale = checked.verification.staleMasters.find(({ port }) => port === former);
    assert.ok(stale!.lost > 0 && stale!.lost <= stale!.acknowledged, JSON.stringify(stale));
    assert.ok(checked.verification.staleMasterWindowMs > 0);
  });
});

describe('the write probe during a manual failover', () => {
  const lab = useLab({ replicas: 2, sentinels: 3 });
  const probes = useProbe(lab);

  it('finds what a client lost that stayed at the old address', async () => {
    const former = lab.port;
    const probe = await probes.start(former);
    const from = probe.events.length;
    await lab.output('failover');
    const master = await lab.agreedMaster({ not: former });
    await demoted(lab, former);
    await probe.tells(
      'the old master refuses',
      from,
      event => event.type === 'failing' && event.client === 'fixed' && event.error === 'READONLY',
    );
    const checked = await checkProbe(await probe.process.stop(), master);
    const fixed = checked.client('fixed');
    assert.ok(fixed.lostAcknowledged.count > 0);
    assert.ok((fixed.errors.READONLY ?? 0) > 0);
    const stale = checked.verification.staleMasters.find(({ port }) => port === former);
    assert.ok(stale!.lost > 0);
    // All that it lost it had written to the old master.
    const lost = [...fixed.lostAcknowledged];
    for (const number of lost)
      assert.equal(checked.record.servers[fixed.attempts.at(number).server!]?.port, former);
    const sentinel = checked.client('sentinel');
    assert.equal(sentinel.servers.at(-1)?.port, master);
    assert.ok(sentinel.lostAcknowledged.count < fixed.lostAcknowledged.count);
  });
});

// By its first name, which every version knows.
describe('the write probe during a manual failover with min-replicas-to-write 1', () => {
  const lab = useLab({ replicas: 2, sentinels: 3, more: ['--set', 'min-slaves-to-write=1'] });
  const probes = useProbe(lab);

  it('is refused by the old master as soon as that has no replicas any more', async () => {
    const former = lab.port;
    const probe = await probes.start(former);
    await lab.output('failover');
    const master = await lab.agreedMaster({ not: former });
    await demoted(lab, former);
    await probe.acknowledges('sentinel');
    const checked = await checkProbe(await probe.process.stop(), master);
    const fixed = checked.client('fixed');
    const attempts = [...fixed.attempts];
    const refused = attempts.find(({ result }) => result === 'NOREPLICAS')?.number ?? 0;
    assert.ok(refused > 0, JSON.stringify(fixed.errors));
    // From its first refusal on it acknowledged nothing more.
    assert.deepEqual(
      attempts.slice(refused).filter(({ result }) => result === 'ok'),
      [],
    );
    assert.ok([...fixed.lostAcknowledged].every(number => number < refused));
    assert.equal(checked.client('sentinel').servers.at(-1)?.port, master);
  });
});
