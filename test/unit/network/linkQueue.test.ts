import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { LinkQueue } from '../../../src/core/network/linkQueue';
import { clearLink, type LinkCondition } from '../../../src/core/network/linkRule';
import { seededRandom } from '../../../src/core/network/loss';

const cut: LinkCondition = { ...clearLink, cut: true };
const delayed = (delay: number): LinkCondition => ({ ...clearLink, delay });

function receiveAll<T>(queue: LinkQueue<T>, now: number): T[] {
  const received: T[] = [];
  for (let piece = queue.receive(now); piece !== undefined; piece = queue.receive(now)) received.push(piece);
  return received;
}

describe('LinkQueue', () => {
  it('is open while nothing holds anything up', () => {
    const queue = new LinkQueue<string>(seededRandom(1));
    assert.equal(queue.isOpen, true);
    queue.change(delayed(1), 0);
    assert.equal(queue.isOpen, false);
    queue.change(clearLink, 0);
    queue.send('a', 1, 0);
    assert.equal(queue.isOpen, false, 'who comes later waits behind those who are there');
    assert.deepEqual(receiveAll(queue, 0), ['a']);
    assert.equal(queue.isOpen, true);
  });

  it('brings each piece its delay later, in order', () => {
    const queue = new LinkQueue<string>(seededRandom(1));
    queue.change(delayed(100), 0);
    queue.send('a', 1, 0);
    queue.send('b', 1, 30);
    assert.equal(queue.nextArrival, 100);
    assert.deepEqual(receiveAll(queue, 99.9), []);
    assert.deepEqual(receiveAll(queue, 100), ['a']);
    assert.equal(queue.nextArrival, 130);
    assert.deepEqual(receiveAll(queue, 130), ['b']);
    assert.equal(queue.nextArrival, undefined);
  });

  it('holds everything while it is cut, and brings it when it is healed', () => {
    const queue = new LinkQueue<string>(seededRandom(1));
    queue.change(cut, 0);
    queue.send('a', 10, 0);
    queue.send('b', 5, 50);
    assert.equal(queue.nextArrival, undefined);
    assert.deepEqual(receiveAll(queue, 1_000_000), []);
    assert.equal(queue.bytes, 15);
    queue.change(clearLink, 2_000);
    assert.deepEqual(receiveAll(queue, 2_000), ['a', 'b']);
    assert.equal(queue.bytes, 0);
  });

  it('lets nothing wait longer than a new delay would have it wait', () => {
    const queue = new LinkQueue<string>(seededRandom(1));
    queue.change(delayed(60_000), 0);
    queue.send('a', 1, 0);
    queue.change(delayed(10), 100);
    queue.send('b', 1, 105);
    assert.deepEqual(receiveAll(queue, 110), ['a']);
    assert.deepEqual(receiveAll(queue, 115), ['b']);
  });

  it('loses nothing and keeps the order, whatever happens to the link', () => {
    const step = fc.oneof(
      fc.constant({ what: 'send' } as const),
      fc.constant({ what: 'receive' } as const),
      fc.record({
        what: fc.constant('change' as const),
        condition: fc.record({
          cut: fc.boolean(),
          delay: fc.nat({ max: 50 }),
          loss: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.nat(), (steps, seed) => {
        const queue = new LinkQueue<number>(seededRandom(seed));
        const received: number[] = [];
        let sent = 0;
        let now = 0;
        for (const one of steps) {
          now += 7;
          if (one.what === 'send') queue.send(sent++, 1, now);
          else if (one.what === 'receive') received.push(...receiveAll(queue, now));
          else queue.change(one.condition, now);
          assert.equal(queue.bytes, sent - received.length);
        }
        queue.change(clearLink, now);
        received.push(...receiveAll(queue, now));
        assert.deepEqual(
          received,
          Array.from({ length: sent }, (_, index) => index),
        );
        assert.equal(queue.isEmpty, true);
      }),
    );
  });

  it('carries many pieces without growing', () => {
    const queue = new LinkQueue<number>(seededRandom(1));
    queue.change(delayed(1), 0);
    for (let at = 0; at < 100_000; at++) {
      queue.send(at, 1, at);
      assert.equal(queue.receive(at), at === 0 ? undefined : at - 1);
    }
  });
});
