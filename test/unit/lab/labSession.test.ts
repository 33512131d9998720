import assert from 'node:assert/strict';
import { LabSession } from '../../../src/lab/labSession';
import { FakeLab } from '../../support/fakeLab';
import { useFakeTime } from '../../support/fakeTime';
import { makeLab, nodeAt } from '../../support/labs';
import { storyStart } from '../../support/labStory';

const lab = makeLab();
const ports = lab.nodes.map(node => node.port);

describe('LabSession', () => {
  const time = useFakeTime();
  let fake: FakeLab;
  let session: LabSession;
  const polls = (port = 6379): number => fake.node(port).polls;
  /** How often a node is asked within this time. */
  const pollsWithin = async (milliseconds: number, port = 6379): Promise<number> => {
    const before = polls(port);
    await time.pass(milliseconds);
    return polls(port) - before;
  };
  const hear = (channel: string, message: string): void =>
    session.store.dispatch({
      type: 'sentinelPublished',
      node: 'sentinel-26379',
      at: storyStart,
      channel,
      message,
    });

  beforeEach(() => {
    fake = new FakeLab(lab);
    session = new LabSession('/lab', lab, fake);
  });
  afterEach(() => session.dispose());

  it('asks nobody while nobody looks', async () => {
    await time.pass(5_000);
    assert.deepEqual(ports.map(polls), [0, 0, 0, 0, 0, 0]);
  });

  it('looks at processes and asks every node once for a refresh', async () => {
    await fake.start(nodeAt(lab, 6379));
    await session.refresh();
    assert.deepEqual(ports.map(polls), [1, 1, 1, 1, 1, 1]);
    assert.equal(session.store.state.nodes['redis-6379']?.status, 'running');
  });

  it('asks at once and then once a second while somebody looks', async () => {
    session.hold('steady');
    assert.equal(await pollsWithin(50), 1);
    assert.equal(await pollsWithin(900), 0);
    assert.equal(await pollsWithin(5_000), 5);
  });

  it('asks often while a command waits, and stops when it is done', async () => {
    const hold = session.hold('eager');
    const often = await pollsWithin(1_000);
    assert.ok(often >= 20 && often <= 40, `${often} in a second`);
    hold.dispose();
    assert.ok((await pollsWithin(100)) <= 1);
    assert.equal(await pollsWithin(5_000), 0);
  });

  it('keeps to the quickest of those that hold it', async () => {
    session.hold('steady');
    const eager = session.hold('eager');
    assert.ok((await pollsWithin(1_000)) >= 20);
    eager.dispose();
    await time.pass(100);
    assert.equal(await pollsWithin(3_000), 3);
  });

  it('keeps the pace of another when a hold is given back twice', async () => {
    const first = session.hold('eager');
    session.hold('eager');
    first.dispose();
    first.dispose();
    await time.pass(100);
    assert.ok((await pollsWithin(1_000)) >= 20);
  });

  it('never has two beats at once, however many hold it', async () => {
    for (let count = 0; count < 5; count++) {
      session.hold('steady');
      await time.pass(30);
    }
    await time.pass(1_000);
    assert.equal(await pollsWithin(5_000), 5);
  });

  it('asks the others while one node is slow to answer', async () => {
    fake.delays.set(6380, () => new Promise(() => {}));
    session.hold('eager');
    const others = await pollsWithin(1_000);
    assert.ok(others >= 5, `${others} in a second`);
  });

  it('asks everybody shortly after a Sentinel told something, even when nobody looks, once for many messages', async () => {
    for (let count = 0; count < 5; count++)
      hear('+sdown', 'slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379');
    assert.equal(polls(), 0);
    assert.equal(await pollsWithin(50), 1);
    assert.equal(await pollsWithin(5_000), 0);
  });

  it('asks often while a failover runs, and stops after its end', async () => {
    hear('+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2');
    const often = await pollsWithin(2_000);
    assert.ok(often >= 8 && often <= 14, `${often} in two seconds`);
    hear('+try-failover', 'master mymaster 127.0.0.1 6379');
    hear('-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379');
    await time.pass(300);
    assert.equal(await pollsWithin(5_000), 0);
  });

  it('looks at the processes when a record of one changes', async () => {
    await fake.start(nodeAt(lab, 6380));
    fake.touchRuns();
    await time.pass(10);
    assert.equal(session.store.state.nodes['redis-6380']?.process.life, 'running');
  });

  it('asks a node that was started elsewhere until it answers, even when nobody looks', async () => {
    let isUp = false;
    fake.delays.set(6379, () => (isUp ? Promise.resolve() : new Promise(() => {})));
    await fake.start(nodeAt(lab, 6379));
    fake.touchRuns();
    assert.ok((await pollsWithin(1_000)) >= 3);
    isUp = true;
    await time.pass(500);
    assert.equal(session.store.state.nodes['redis-6379']?.status, 'running');
    assert.equal(await pollsWithin(5_000), 0);
  });

  it('watches the nodes of an edited lab.json and no others', async () => {
    const smaller = makeLab({ sentinels: 0 });
    session.change(smaller);
    assert.deepEqual(fake.disposed, ports);
    assert.equal(session.lab, smaller);
    await time.pass(50);
    assert.deepEqual([polls(6379), polls(26379)], [1, 0]);
  });

  it('is quiet once it is disposed, whatever still comes', async () => {
    const hold = session.hold('eager');
    await time.pass(50);
    hear('+sdown', 'master mymaster 127.0.0.1 6379');
    session.dispose();
    const after = polls();
    fake.touchRuns();
    hold.dispose();
    await time.pass(1_000);
    assert.equal(polls(), after);
    assert.deepEqual(fake.disposed, ports);
  });
});
