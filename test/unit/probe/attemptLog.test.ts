import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AttemptLog } from '../../../src/core/probe/attemptLog';
import { anyAttempts, logOf } from './anyRecord';

describe('the log of attempts', () => {
  it('gives every attempt back as it was told', () => {
    fc.assert(
      fc.property(anyAttempts, attempts => {
        const log = logOf(attempts);
        assert.deepEqual(
          [...log],
          attempts.map(({ sentAt, latency, ...rest }, index) => ({
            number: index + 1,
            sentAt,
            settledAt: sentAt + latency,
            ...rest,
          })),
        );
      }),
    );
  });

  it('is the same after it went through bytes, whatever their place in a larger buffer', () => {
    fc.assert(
      fc.property(anyAttempts, fc.nat({ max: 9 }), (attempts, shift) => {
        const log = logOf(attempts);
        const shifted = Array.from(log.bytes(), bytes => {
          const larger = new Uint8Array(bytes.length + shift);
          larger.set(bytes, shift);
          return larger.subarray(shift);
        });
        assert.deepEqual([...AttemptLog.fromBytes(shifted)], [...log]);
      }),
    );
  });

  it('keeps 20,000 attempts in several blocks, 15 bytes each', () => {
    const log = new AttemptLog();
    for (let sent = 0; sent < 20_000; sent++)
      log.settle(log.begin(sent), { result: 'ok', fate: 'answered', latency: 1, server: 65_534 });
    const blocks = [...log.bytes()];
    assert.ok(blocks.length > 1);
    assert.equal(
      blocks.reduce((sum, { length }) => sum + length, 0),
      20_000 * 15,
    );
    const again = AttemptLog.fromBytes(blocks);
    assert.equal(again.length, 20_000);
    assert.deepEqual(again.at(20_000), log.at(20_000));
    assert.deepEqual(again.at(8_193), log.at(8_193));
  });

  it('takes an attempt that was never settled for one whose answer never came', () => {
    const log = new AttemptLog();
    log.begin(5);
    assert.deepEqual(log.at(1), {
      number: 1,
      sentAt: 5,
      settledAt: 5,
      result: 'TIMEOUT',
      fate: 'unanswered',
      server: undefined,
    });
  });

  it('has no number 0, none above its length, and no bytes that are cut off', () => {
    const log = logOf([]);
    assert.throws(() => log.at(0), RangeError);
    assert.throws(() => log.at(1), RangeError);
    assert.throws(() => AttemptLog.fromBytes([new Uint8Array(16)]), /cut off/);
    assert.throws(() => AttemptLog.fromBytes([new Uint8Array(15), new Uint8Array(15)]), /missing/);
  });
});
