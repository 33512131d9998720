import assert from 'node:assert/strict';
import { readyLight, type ReadyFacts, type ReadyLight } from '../../../src/core/drill/readyLight';
import { makeLab } from '../../support/labs';
import { replicaView } from '../../support/replicaViews';
import { LabStory, startedStory, tellFailover, tellSwitch } from '../../support/labStory';

const lab = makeLab();
const started = (): LabStory => startedStory(lab);
const light = (story: LabStory, facts?: ReadyFacts): ReadyLight => readyLight(story.state, story.now, facts);
const slave = (port: number, fields: string): string => `ip=127.0.0.1,port=${port},${fields}`;
const failed = (): LabStory =>
  started()
    .hear(26379, '+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2')
    .hear(26379, '+try-failover', 'master mymaster 127.0.0.1 6379')
    .hear(26379, '-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379')
    .hear(26379, '-odown', 'master mymaster 127.0.0.1 6379')
    .hear(26379, '-sdown', 'master mymaster 127.0.0.1 6379');

/** 6380 has taken over, and all is well again. */
function moved(): LabStory {
  const story = tellSwitch(tellFailover(started().crash(6379)))
    .process(6379, 'running', 20_001)
    .replica(6379, 6380, { process_id: 20_001 })
    .replica(6381, 6380)
    .master(6380, [6379, 6381]);
  for (const port of [26379, 26380, 26381]) story.sentinel(port, { master: 6380, epoch: 1 });
  return story;
}

describe('readyLight', () => {
  it('is green for a complete lab, with a sentence for each check', () => {
    const { isReady, checks, waitMs } = light(started());
    assert.deepEqual([isReady, waitMs], [true, undefined]);
    assert.equal(checks.length, 10);
    for (const { ok, text, anyway } of checks)
      assert.ok(ok && text.endsWith('.') && anyway === undefined, text);
  });

  it('asks nothing of Sentinels where there are none', () => {
    const pair = new LabStory(makeLab({ replicas: 1, sentinels: 0 }))
      .process(6379, 'running')
      .process(6380, 'running')
      .replica(6380, 6379)
      .master(6379, [6380]);
    assert.deepEqual(
      light(pair).checks.map(({ id, ok }) => [id, ok]),
      [
        ['nodes', true],
        ['links', true],
        ['synced', true],
        ['faults', true],
      ],
    );
  });

  // What is missing in a lab that is complete but for this one thing, and how long it takes by itself.
  const table: readonly (readonly [
    what: string,
    story: LabStory,
    missing: Readonly<Record<string, number | undefined>>,
  ])[] = [
    ['a stopped replica', started().gone(6381), { nodes: undefined }],
    ['a frozen Sentinel', started().process(26381, 'frozen'), { nodes: undefined }],
    ['a replica that does not answer', started().fails(6381, 'timeout'), { nodes: undefined }],
    ['a replica that loads', started().replica(6381, 6379, { loading: 1 }), { nodes: undefined }],
    [
      'a link that is down',
      started().replica(6381, 6379, { master_link_status: 'down' }),
      { links: undefined },
    ],
    ['a second master', started().master(6381), { links: 18_000 }],
    [
      'a replica in its first sync',
      started().master(6379, [6380], { slave1: slave(6381, 'state=wait_bgsave,offset=0,lag=0') }),
      { synced: undefined },
    ],
    [
      'a replica that has not told what it has',
      started().master(6379, [6380], { slave1: slave(6381, 'state=online,offset=31000,lag=1') }),
      { synced: 2_000 },
    ],
    [
      'a replica that has not told anything for long',
      started().master(6379, [6380], { slave1: slave(6381, 'state=online,offset=48211,lag=3') }),
      { synced: 2_000 },
    ],
    [
      'a Sentinel that does not know another',
      started().sentinel(26380, { sentinels: 1 }),
      { sentinels: 4_000 },
    ],
    ['a Sentinel with another master', started().sentinel(26380, { master: 6381 }), { sentinels: 4_000 }],
    ['a Sentinel that misses a replica', started().sentinel(26380, { replicas: 1 }), { replicas: 10_000 }],
    [
      'a Sentinel without a quorum',
      started().sentinel(26380, { ckquorum: 'NOQUORUM 1 usable Sentinels.' }),
      { quorum: undefined },
    ],
    [
      'a master that counts as down',
      started().hear(26380, '+sdown', 'master mymaster 127.0.0.1 6379'),
      { quorum: undefined },
    ],
    [
      'TILT, and since when',
      started().sentinel(26380, {}, { sentinel_tilt: 1, sentinel_tilt_since_seconds: 12 }),
      { tilt: 18_000 },
    ],
    [
      'TILT of a version that does not tell',
      started().sentinel(26380, {}, { sentinel_tilt: 1 }),
      { tilt: 30_000 },
    ],
    [
      'a failover by a flag',
      started().sentinel(26380, { flags: 'master,failover_in_progress' }),
      { failover: 60_000 },
    ],
    [
      'a failover by what was published',
      started().hear(26380, '+try-failover', 'master mymaster 127.0.0.1 6379'),
      { failover: 60_000 },
    ],
    ['a failed attempt', failed().later(20_000), { retry: 99_600 }],
    ['nothing once its time is over', failed().later(120_000), {}],
    ['opinions that are left of a failover', moved().later(3_000), { failover: 800 }],
    ['nothing once they are forgotten', moved().later(5_000), {}],
  ];
  for (const [what, story, missing] of table) {
    it(`names ${what}`, () => {
      const { isReady, checks, waitMs } = light(story);
      const bad = checks.filter(check => !check.ok);
      assert.deepEqual(Object.fromEntries(bad.map(check => [check.id, check.waitMs])), missing);
      assert.equal(isReady, bad.length === 0);
      for (const { text, anyway } of bad) assert.ok(text.endsWith('.') && anyway?.endsWith('.'), text);
      const [wait] = Object.values(missing);
      assert.equal(waitMs, wait);
    });
  }

  it('takes the settings that the Sentinels run with', () => {
    const story = failed()
      .sentinel(26379, { fields: { 'failover-timeout': '180000' } })
      .later(120_000);
    assert.equal(light(story).checks.find(({ id }) => id === 'retry')?.ok, false);
  });

  it('does not wait after a failover that worked: Sentinels may begin the next at once', () => {
    const story = tellSwitch(tellFailover(started().crash(6379)));
    assert.equal(light(story).checks.find(({ id }) => id === 'retry')?.ok, true);
  });

  it('knows from the logs how long each Sentinel has to wait: the first that need not may begin', () => {
    const story = started();
    const attempts = (...ages: readonly number[]): ReadyFacts => ({
      attempts: new Map(ages.map((age, index) => [`sentinel-${26379 + index}`, story.now - age])),
    });
    assert.equal(light(story, attempts(1_000, 2_000, 500)).waitMs, 118_000);
    assert.equal(light(story, attempts(1_000, 2_000)).waitMs, undefined);
    assert.equal(light(story, attempts(1_000, 120_000, 500)).waitMs, undefined);
    story.crash(26381);
    assert.equal(
      light(story, attempts(1_000, 2_000)).checks.find(({ id }) => id === 'retry')?.waitMs,
      118_000,
    );
  });

  it('does not count a Sentinel that could not begin a failover, nor an attempt that goes on', () => {
    const attempts = (story: LabStory): ReadyFacts => ({
      attempts: new Map([26379, 26380].map(port => [`sentinel-${port}`, story.now - 1_000])),
    });
    const tilted = started().sentinel(26381, {}, { sentinel_tilt: 1, sentinel_tilt_since_seconds: 29 });
    const retry = (story: LabStory): unknown =>
      light(story, attempts(story)).checks.find(({ id }) => id === 'retry')?.waitMs;
    assert.equal(retry(tilted), 119_000);
    assert.equal(retry(started().sentinel(26381, { master: 6380 })), 119_000);
    assert.equal(retry(started().fails(26381, 'timeout')), 119_000);
    assert.equal(retry(tellFailover(started().crash(6379))), undefined);
  });

  it('knows what Sentinels think of replicas, where they were asked', () => {
    const down = (port: number): ReadyFacts => ({
      replicas: new Map([
        ['sentinel-26379', [replicaView(6380), replicaView(6381)]],
        ['sentinel-26380', [replicaView(6380), replicaView(port, { flags: ['slave', 's_down'] })]],
      ]),
    });
    const check = (port: number): unknown => {
      const { ok, text, waitMs } =
        light(started(), down(port)).checks.find(({ id }) => id === 'replicas') ?? {};
      return [ok, text, waitMs];
    };
    assert.deepEqual(check(6381), [false, 'A Sentinel takes these replicas for down: 6381.', 2_000]);
    assert.deepEqual(check(6390), [false, 'A Sentinel takes these replicas for down: 6390.', undefined]);
  });

  it('names the faults that are on', () => {
    const fault = { type: 'freeze', node: 'redis-6379' } as const;
    const on = { id: 'f1', fault, since: 0, until: undefined };
    const over = { id: 'f2', fault: { ...fault, node: 'redis-6380' }, since: 0, until: 1 };
    const { isReady, checks, waitMs } = light(started().tell({ type: 'faultsObserved', faults: [on, over] }));
    assert.deepEqual([isReady, waitMs], [false, undefined]);
    assert.equal(checks.at(-1)?.text, 'Still on: redis-6379 is frozen.');
  });

  it('takes as long as the slowest, and for ever where something must be done', () => {
    const slow = started().sentinel(26380, { replicas: 1, sentinels: 1 });
    assert.equal(light(slow).waitMs, 10_000);
    assert.equal(light(slow.gone(6381)).waitMs, undefined);
  });
});
