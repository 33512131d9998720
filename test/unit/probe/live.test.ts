import assert from 'node:assert/strict';
import { AcknowledgedNumbers } from '../../../src/core/probe/acknowledgedNumbers';
import { WritePulse } from '../../../src/core/probe/writePulse';

describe('how stale a read is', () => {
  const seen = new AcknowledgedNumbers();
  for (const [number, at] of [
    [10, 100],
    [20, 200],
    [20, 250],
    [30, 300],
  ] as const)
    seen.acknowledge(number, at);

  it('is nothing when the newest number is shown, or a newer one', () => {
    assert.deepEqual(seen.staleness(30, 30, 350), { behind: 0, staleMs: 0 });
    assert.deepEqual(seen.staleness(40, 30, 350), { behind: 0, staleMs: 0 });
  });

  it('counts from when the first number was acknowledged that is missing', () => {
    assert.deepEqual(seen.staleness(20, 30, 350), { behind: 10, staleMs: 50 });
    assert.deepEqual(seen.staleness(10, 30, 350), { behind: 20, staleMs: 150 });
    assert.deepEqual(seen.staleness(0, 30, 350), { behind: 30, staleMs: 250 });
  });

  it('is measured by what had been acknowledged when the read began', () => {
    assert.deepEqual(seen.staleness(20, 20, 260), { behind: 0, staleMs: 0 });
    assert.equal(seen.highest, 30);
    assert.equal(new AcknowledgedNumbers().highest, 0);
  });
});

describe('the pulse of a client', () => {
  it('tells where an outage begins and ends', () => {
    const pulse = new WritePulse();
    assert.equal(pulse.onAcknowledged(1, 10), undefined);
    assert.equal(pulse.onFailed(2, 'ECONNRESET'), true);
    assert.equal(pulse.onFailed(3, 'ECONNRESET'), false);
    assert.deepEqual(pulse.onAcknowledged(4, 45), { afterMs: 35 });
    assert.deepEqual([pulse.acknowledged, pulse.failed], [2, 2]);
  });

  it('tells every kind of error once in an outage, and again in the next', () => {
    const pulse = new WritePulse();
    const errors = ['ECONNRESET', 'READONLY', 'ECONNRESET', 'READONLY'] as const;
    assert.deepEqual(
      errors.map((error, index) => pulse.onFailed(index + 1, error)),
      [true, true, false, false],
    );
    pulse.onAcknowledged(5, 50);
    assert.equal(pulse.onFailed(6, 'READONLY'), true);
  });

  it('takes no late failure for a new outage', () => {
    const pulse = new WritePulse();
    pulse.onAcknowledged(1, 10);
    assert.equal(pulse.onFailed(5, 'TIMEOUT'), true);
    assert.deepEqual(pulse.onAcknowledged(9, 100), { afterMs: 90 });
    assert.equal(pulse.onFailed(8, 'TIMEOUT'), false);
    assert.equal(pulse.onAcknowledged(10, 110), undefined);
  });

  it('knows no time since a success that never was', () => {
    const pulse = new WritePulse();
    assert.equal(pulse.onFailed(1, 'ECONNREFUSED'), true);
    assert.deepEqual(pulse.onAcknowledged(2, 20), { afterMs: undefined });
  });
});
