import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabSession } from '../../../src/lab/labSession';
import { FakeLab } from '../../support/fakeLab';
import { makeLab, nodeAt } from '../../support/labs';
import { storyStart } from '../../support/labStory';
import { until } from '../../support/until';

const lab = makeLab();

describe('LabSession', () => {
  let fake: FakeLab;
  let session: LabSession;
  const polls = (port = 6379): number => fake.node(port).polls;
  const hear = (channel: string, message: string): void =>
    session.store.dispatch({ type: 'sentinelPublished', node: 'sentinel-26379', at: storyStart, channel, message });

  beforeEach(() => {
    fake = new FakeLab(lab);
    session = new LabSession('/lab', lab, fake);
  });
  afterEach(() => session.dispose());

  it('asks nobody while nobody looks', async () => {
    await sleep(150);
    assert.deepEqual(lab.nodes.map(node => polls(node.port)), [0, 0, 0, 0, 0, 0]);
  });

  it('looks at processes and asks every node once for a refresh', async () => {
    await fake.start(nodeAt(lab, 6379));
    await session.refresh();
    assert.deepEqual(lab.nodes.map(node => polls(node.port)), [1, 1, 1, 1, 1, 1]);
    assert.equal(session.store.state.nodes['redis-6379']?.status, 'running');
  });

  it('asks at once and then once a second while somebody looks', async () => {
    const hold = session.hold('steady');
    await until('the first poll', () => polls() === 1, { every: 5 });
    await sleep(600);
    assert.equal(polls(), 1);
    await until('the second poll', () => polls() === 2);
    hold.dispose();
  });

  it('asks often while a command waits, and stops when it is done', async () => {
    const hold = session.hold('eager');
    await until('ten polls', () => polls() >= 10, { timeout: 3_000 });
    hold.dispose();
    await sleep(150);
    const after = polls();
    await sleep(200);
    assert.equal(polls(), after);
  });

  it('keeps to the quickest of those that hold it', async () => {
    const steady = session.hold('steady');
    const eager = session.hold('eager');
    await until('five polls', () => polls() >= 5, { timeout: 3_000 });
    eager.dispose();
    await sleep(150);
    const before = polls();
    await sleep(400);
    assert.ok(polls() - before <= 1, 'back to once a second');
    steady.dispose();
  });

  it('keeps the pace of another when a hold is given back twice', async () => {
    const first = session.hold('eager');
    session.hold('eager');
    first.dispose();
    first.dispose();
    await sleep(50);
    const before = polls();
    await until('more polls', () => polls() > before + 3, { timeout: 3_000 });
  });

  it('asks the others while one node is slow to answer', async () => {
    let release = (): void => {};
    fake.delays.set(6380, () => new Promise(resolve => (release = resolve)));
    session.hold('eager');
    await until('polls of the others', () => polls(6379) >= 4, { timeout: 3_000 });
    release();
  });

  it('asks everybody shortly after a Sentinel told something, even when nobody looks, once for many messages', async () => {
    for (let count = 0; count < 5; count++) hear('+sdown', 'slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379');
    assert.equal(polls(), 0);
    await until('a poll', () => polls() === 1, { every: 5 });
    await sleep(150);
    assert.equal(polls(), 1);
  });

  it('asks often while a failover runs, and stops after its end', async () => {
    hear('+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2');
    await until('polls during the failover', () => polls() >= 3, { timeout: 3_000 });
    hear('+try-failover', 'master mymaster 127.0.0.1 6379');
    hear('-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379');
    await sleep(350);
    const after = polls();
    await sleep(400);
    assert.equal(polls(), after);
  });

  it('looks at the processes when a record of one changes', async () => {
    await fake.start(nodeAt(lab, 6380));
    fake.touchRuns();
    await until('the process', () => session.store.state.nodes['redis-6380']?.process.life === 'running');
    assert.equal(session.store.state.nodes['redis-6380']?.status, 'starting');
  });

  it('watches the nodes of an edited lab.json and no others', async () => {
    const smaller = makeLab({ sentinels: 0 });
    session.change(smaller);
    assert.deepEqual(fake.disposed.toSorted((a, b) => a - b), lab.nodes.map(node => node.port));
    assert.equal(session.lab, smaller);
    await until('the answers', () => polls(6379) === 1);
    assert.equal(polls(26379), 0);
  });

  it('is quiet once it is disposed, whatever still comes', async () => {
    const hold = session.hold('eager');
    await until('a poll', () => polls() >= 1);
    hear('+sdown', 'master mymaster 127.0.0.1 6379');
    session.dispose();
    const after = polls();
    fake.touchRuns();
    hold.dispose();
    await sleep(200);
    assert.equal(polls(), after);
    assert.equal(fake.disposed.length, lab.nodes.length);
  });
});
