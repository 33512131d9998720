import assert from 'node:assert/strict';
import { lostTime, seededRandom } from '../../../src/core/network/loss';

/** Gives these numbers, then 1, which loses nothing. */
const given =
  (...numbers: number[]) =>
  () =>
    numbers.shift() ?? 1;

describe('lostTime', () => {
  it('is nothing for a piece that arrives', () => {
    assert.equal(lostTime(0.5, given(0.5)), 0);
    assert.equal(lostTime(0, seededRandom(1)), 0);
  });

  it('waits 200 ms for what is lost, and twice as long each time it is lost again', () => {
    assert.equal(lostTime(0.5, given(0.4)), 200);
    assert.equal(lostTime(0.5, given(0.4, 0.4)), 600);
    assert.equal(lostTime(0.5, given(0.4, 0.4, 0.4)), 1_400);
  });

  it('ends where everything is lost', () => {
    assert.ok(lostTime(1, () => 0) < 300_000);
  });
});

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, others for another, spread over 0 to 1', () => {
    const take = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 10_000 }, () => random());
    };
    const numbers = take(7);
    assert.deepEqual(numbers, take(7));
    assert.notDeepEqual(numbers.slice(0, 5), take(8).slice(0, 5));
    assert.ok(numbers.every(number => number >= 0 && number < 1));
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    assert.ok(Math.abs(mean - 0.5) < 0.02, String(mean));
  });
});
