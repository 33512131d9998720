import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { NumberRanges } from '../../../src/core/probe/numberRanges';
import { NumberSet } from '../../../src/core/probe/numberSet';
import type { ProbeClientName } from '../../../src/core/probe/probeConfig';
import { promotionsSeen } from '../../../src/core/probe/promotions';
import { verifyLedger, type PresentNumbers } from '../../../src/core/probe/verifyLedger';
import { anyAttempts, recordOf, told, type ToldAttempt } from './anyRecord';

function present(
  numbers: Partial<Record<ProbeClientName, readonly number[]>>,
  highest = 1_000,
): PresentNumbers {
  return new Map(
    Object.entries(numbers).map(([client, list]) => {
      const set = new NumberSet(highest);
      for (const number of list) set.add(number);
      return [client as ProbeClientName, set];
    }),
  );
}

/** Attempts and which of them are there, any of them. */
const anyOutcome = anyAttempts.chain(attempts =>
  fc.record({
    attempts: fc.constant(attempts),
    there: fc.array(fc.boolean(), { minLength: attempts.length, maxLength: attempts.length }),
  }),
);

const numbersWhere = (
  attempts: readonly ToldAttempt[],
  is: (attempt: ToldAttempt, index: number) => boolean,
): number[] => attempts.flatMap((attempt, index) => (is(attempt, index) ? [index + 1] : []));

describe('the ledger held against what is there', () => {
  it('puts every write that is there, or acknowledged, into exactly one class', () => {
    fc.assert(
      fc.property(anyOutcome, ({ attempts, there }) => {
        const numbers = numbersWhere(attempts, (_, index) => there[index]!);
        const record = recordOf({ sentinel: attempts });
        const [client] = verifyLedger(record, present({ sentinel: numbers }, attempts.length)).clients;
        assert.equal(client!.present, numbers.length);
        assert.deepEqual(
          [...client!.lostAcknowledged],
          numbersWhere(attempts, ({ result }, index) => result === 'ok' && !there[index]),
        );
        assert.deepEqual(
          [...client!.unacknowledgedButPresent],
          numbersWhere(attempts, ({ fate }, index) => fate === 'unanswered' && there[index]!),
        );
        const acknowledged = attempts.filter(({ result }) => result === 'ok').length;
        assert.equal(
          client!.present,
          acknowledged -
            client!.lostAcknowledged.count +
            client!.unacknowledgedButPresent.count +
            client!.unexplained.count,
        );
      }),
    );
  });

  it('counts all of a client of which nothing was looked up as lost', () => {
    const [client] = verifyLedger(recordOf({ fixed: told('ok', 'TIMEOUT', 'ok') }), new Map()).clients;
    assert.deepEqual(client!.lostAcknowledged.ranges, [
      [1, 1],
      [3, 3],
    ]);
  });

  it('says so when something is there that cannot be', () => {
    const record = recordOf({ sentinel: told('ECONNREFUSED', 'READONLY', 'TIMEOUT') });
    const [client] = verifyLedger(record, present({ sentinel: [1, 2, 3] })).clients;
    assert.deepEqual([...client!.unexplained], [1, 2]);
    assert.deepEqual([...client!.unacknowledgedButPresent], [3]);
  });

  it('measures how long an old master went on acknowledging, and how much of it is lost', () => {
    const record = recordOf({
      sentinel: told('ok', 'ok', 'ECONNRESET', 'ok@1', 'ok@1', 'ok@1', 'ok@1', 'ok@1'),
      fixed: told('ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'READONLY', 'READONLY'),
    });
    const found = verifyLedger(record, present({ sentinel: [1, 2, 4, 5, 6, 7, 8], fixed: [1, 2, 3, 4] }));
    // The other one acknowledged first at 1,031; what the old one acknowledged at that very moment is already too late.
    assert.deepEqual(found.staleMasters, [
      { port: 6379, runId: 'run of 6379', first: 1_031, last: 1_051, ms: 20, acknowledged: 3, lost: 2 },
    ]);
    assert.equal(found.staleMasterWindowMs, 20);
  });

  it('believes those who know better when the promotion was', () => {
    const record = recordOf({
      sentinel: told('ok', 'ok', 'ok', 'ok@1'),
      fixed: told('ok', 'ok', 'ok', 'ok'),
    });
    const promotions = [
      { port: 6380, at: 1_005 },
      { port: 6379, at: Number.NEGATIVE_INFINITY },
    ];
    const [stale] = verifyLedger(record, present({}), promotions).staleMasters;
    assert.deepEqual([stale?.first, stale?.last, stale?.acknowledged], [1_011, 1_031, 5]);
  });

  it('tells two terms of a master that came back apart', () => {
    const record = recordOf({ fixed: told('ok', 'ok', 'ok', 'ok', 'ok', 'ok') });
    const promotions = [
      { port: 6379, at: 0 },
      { port: 6380, at: 1_005 },
      { port: 6379, at: 1_025 },
      { port: 6381, at: 1_045 },
    ];
    assert.deepEqual(
      verifyLedger(record, present({}), promotions).staleMasters.map(({ first, last }) => [first, last]),
      [
        [1_011, 1_021],
        [1_051, 1_051],
      ],
    );
  });

  it('finds no stale master where one took all writes, also after its restart', () => {
    const record = recordOf(
      { sentinel: told('ok', 'ECONNREFUSED', 'ok@1'), fixed: told('ok', 'ECONNREFUSED', 'ok@1') },
      {
        servers: [
          { port: 6379, runId: 'before' },
          { port: 6379, runId: 'after' },
        ],
      },
    );
    const found = verifyLedger(record, present({}));
    assert.deepEqual([found.staleMasters, found.staleMasterWindowMs], [[], 0]);
    assert.equal(promotionsSeen(record).length, 1);
  });
});

describe('ranges of numbers', () => {
  it('give back every number, and have no neighbours', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 })), numbers => {
        const sorted = numbers.toSorted((a, b) => a - b);
        const ranges = new NumberRanges();
        for (const number of sorted) ranges.add(number);
        assert.deepEqual([...ranges], sorted);
        assert.equal(ranges.count, sorted.length);
        for (const [index, [from]] of ranges.ranges.entries())
          if (index > 0) assert.ok(from > ranges.ranges[index - 1]![1] + 1);
      }),
    );
  });

  it('take no number twice and none that is lower', () => {
    const ranges = new NumberRanges();
    ranges.add(5);
    assert.throws(() => ranges.add(5), RangeError);
    assert.throws(() => ranges.add(4), RangeError);
  });
});

describe('a set of numbers', () => {
  it('has what was added and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 })), numbers => {
        const set = new NumberSet(100);
        for (const number of numbers) set.add(number);
        const expected = new Set(numbers);
        assert.equal(set.size, expected.size);
        for (let number = 0; number <= 101; number++) assert.equal(set.has(number), expected.has(number));
      }),
    );
  });

  it('takes only numbers that it was made for', () => {
    for (const number of [0, -1, 8, 1.5]) assert.throws(() => new NumberSet(7).add(number), RangeError);
  });
});
