import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { NumberRows, Times, Words } from '../../../src/core/story/packed';
import { PackedSyncs } from '../../../src/core/story/packedSyncs';
import type { LocalSync } from '../../../src/core/story/syncs';

/** Objects as others are, with a prototype. */
const plain = { noNullPrototype: true } as const;
const number = fc.oneof(fc.nat({ max: 100_000_000 }), fc.double(), fc.integer());
const time = fc.record(
  {
    year: fc.option(fc.oneof(fc.nat({ max: 10_001 }), number), { nil: undefined }),
    month: fc.oneof(fc.integer({ min: 1, max: 12 }), number),
    day: fc.oneof(fc.nat({ max: 99 }), number),
    ofDay: fc.oneof(fc.nat({ max: 86_400_000 }), number),
    offset: fc.option(fc.integer({ min: -720, max: 840 }), { nil: undefined }),
  },
  plain,
);
const word = fc.option(fc.string(), { nil: undefined });
const sync: fc.Arbitrary<LocalSync> = fc.record(
  {
    line: fc.nat(),
    toldBy: fc.constantFrom('replica', 'master'),
    replica: word,
    master: word,
    kind: fc.constantFrom('full', 'partial'),
    outcome: fc.constantFrom('succeeded', 'failed', 'unfinished'),
    reason: word,
    whyFull: fc.constantFrom('first-sync', 'other-history', 'backlog', 'ahead', undefined),
    attempts: fc.nat(),
    startedAt: fc.integer(),
    startTime: fc.option(time, { nil: undefined }),
    endedAt: fc.option(fc.integer(), { nil: undefined }),
    endTime: fc.option(time, { nil: undefined }),
  },
  plain,
);

describe('what is kept as numbers', () => {
  it('gives every time back as it was, unusual ones, too', () => {
    fc.assert(
      fc.property(fc.array(fc.option(time, { nil: undefined }), { maxLength: 20 }), given => {
        const times = new Times();
        const numbers = given.map(one => times.numberOf(one));
        assert.deepEqual(
          numbers.map(one => times.at(one)),
          given,
        );
      }),
    );
  });

  it('is a number for a usual time, whatever its year', () => {
    const times = new Times();
    for (const year of [undefined, 1, 1970, 2026, 9_999]) {
      const last = { year, month: 12, day: 31, ofDay: 86_399_999, offset: undefined };
      assert.ok(times.numberOf(last) > 0);
      assert.deepEqual(times.at(times.numberOf(last)), last);
    }
  });

  it('gives words and rows back, over many blocks', () => {
    const words = new Words();
    assert.deepEqual(
      [words.numberOf(undefined), words.numberOf('a'), words.numberOf('b'), words.numberOf('a')],
      [0, 1, 2, 1],
    );
    assert.deepEqual([words.at(0), words.at(2)], [undefined, 'b']);
    const rows = new NumberRows(2);
    for (let index = 0; index < 2_000; index++) rows.push([index, -index]);
    assert.equal(rows.length, 2_000);
    for (const index of [0, 511, 512, 1_999])
      assert.deepEqual(rows.at(index), [index, index === 0 ? -0 : -index]);
  });

  it('gives syncs back as they were', () => {
    fc.assert(
      fc.property(fc.array(sync, { maxLength: 8 }), given => {
        const packed = new PackedSyncs();
        for (const one of given) packed.push(one);
        assert.deepEqual([...packed], given);
      }),
    );
  });
});
