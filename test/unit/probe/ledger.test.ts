import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { errorClasses } from '../../../src/core/probe/errorClass';
import { makeLedger, type ClientLedger } from '../../../src/core/probe/ledger';
import { anyAttempts, recordOf, told, type ToldAttempt } from './anyRecord';

function ledgerOf(attempts: readonly ToldAttempt[], endedAt?: number): ClientLedger {
  const record = recordOf({ sentinel: attempts }, endedAt === undefined ? {} : { endedAt });
  return makeLedger(record).clients[0]!;
}

describe('the ledger', () => {
  it('accounts for every attempt exactly once', () => {
    fc.assert(
      fc.property(anyAttempts, attempts => {
        const ledger = ledgerOf(attempts);
        const errors = errorClasses.reduce((sum, name) => sum + (ledger.errors[name] ?? 0), 0);
        assert.equal(ledger.attempted, attempts.length);
        assert.equal(ledger.acknowledged + errors, ledger.attempted);
        const refused = attempts.filter(({ result, fate }) => result !== 'ok' && fate === 'answered').length;
        assert.equal(ledger.unacknowledged + ledger.unsent + refused, errors);
        assert.equal(
          ledger.servers.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
          ledger.acknowledged,
        );
        for (const count of Object.values(ledger.errors)) assert.ok(count > 0);
      }),
    );
  });

  it('has every failed attempt in exactly one outage, between two acknowledgements', () => {
    fc.assert(
      fc.property(anyAttempts, attempts => {
        const ledger = ledgerOf(attempts);
        assert.equal(
          ledger.outages.reduce((sum, { failed }) => sum + failed, 0),
          ledger.attempted - ledger.acknowledged,
        );
        const acknowledged = new Set(
          attempts.filter(({ result }) => result === 'ok').map(({ sentAt, latency }) => sentAt + latency),
        );
        let before = Number.NEGATIVE_INFINITY;
        for (const [index, outage] of ledger.outages.entries()) {
          assert.ok(outage.begunAt >= before);
          before = outage.endedAt ?? Number.POSITIVE_INFINITY;
          assert.ok(
            acknowledged.has(outage.begunAt) || (index === 0 && outage.begunAt === attempts[0]?.sentAt),
          );
          if (outage.endedAt === undefined) assert.equal(index, ledger.outages.length - 1);
          else assert.ok(acknowledged.has(outage.endedAt));
          assert.equal(
            Object.values(outage.errors).reduce((sum, count) => sum + count, 0),
            outage.failed,
          );
          assert.ok(outage.ms >= 0);
        }
        assert.equal(ledger.outageMs, Math.max(0, ...ledger.outages.map(({ ms }) => ms)));
      }),
    );
  });

  it('measures no longer gap than the longest between neighbouring acknowledgements', () => {
    fc.assert(
      fc.property(anyAttempts, attempts => {
        const times = attempts
          .filter(({ result }) => result === 'ok')
          .map(({ sentAt, latency }) => sentAt + latency);
        const gaps = times.slice(1).map((time, index) => time - times[index]!);
        assert.equal(ledgerOf(attempts).longestGapMs, Math.max(0, ...gaps));
      }),
    );
  });

  it('tells an outage from the last OK before to the first OK after', () => {
    const ledger = ledgerOf(told('ok', 'ok', 'ECONNRESET', 'ECONNREFUSED', 'ECONNREFUSED', 'ok@1', 'ok@1'));
    assert.deepEqual(ledger.outages, [
      { begunAt: 1_011, endedAt: 1_051, ms: 40, failed: 3, errors: { ECONNRESET: 1, ECONNREFUSED: 2 } },
    ]);
    assert.deepEqual(
      [ledger.acknowledged, ledger.unacknowledged, ledger.unsent, ledger.outageMs, ledger.longestGapMs],
      [4, 1, 2, 40, 40],
    );
    assert.deepEqual(
      ledger.servers.map(({ port, acknowledged, first, last }) => [port, acknowledged, first, last]),
      [
        [6379, 2, 1_001, 1_011],
        [6380, 2, 1_051, 1_061],
      ],
    );
  });

  it('lets an outage begin with the probe and last to its end', () => {
    const ledger = ledgerOf(told('TIMEOUT', 'ok', 'READONLY', 'READONLY'), 1_100);
    assert.deepEqual(
      ledger.outages.map(({ begunAt, endedAt, ms }) => [begunAt, endedAt, ms]),
      [
        [1_000, 1_011, 11],
        [1_011, undefined, 89],
      ],
    );
    assert.equal(ledger.outageMs, 89);
  });

  it('sees a pause in which nothing failed as a gap, not as an outage', () => {
    const [first, second] = told('ok', 'ok');
    const ledger = ledgerOf([first!, { ...second!, latency: 900 }]);
    assert.deepEqual([ledger.outageMs, ledger.longestGapMs], [0, 909]);
  });

  it('tells how long writes took', () => {
    const [one] = told('ok');
    const latencies = Array.from({ length: 100 }, (_, index) => ({ ...one!, latency: 100 - index }));
    assert.deepEqual(ledgerOf(latencies).latency, { p50: 51, p99: 100, max: 100 });
    assert.equal(ledgerOf([]).latency, undefined);
  });

  it('adds up reads by replica', () => {
    const read = { at: 1, result: 'ok', behind: 0, staleMs: 0 } as const;
    const record = recordOf(
      {},
      {
        reads: [
          { ...read, port: 6381 },
          { ...read, port: 6380, behind: 7, staleMs: 70 },
          { ...read, port: 6380, behind: 3, staleMs: 90 },
          { ...read, port: 6380, result: 'MASTERDOWN' },
        ],
      },
    );
    assert.deepEqual(makeLedger(record).reads, [
      { port: 6380, reads: 3, errors: { MASTERDOWN: 1 }, stale: 2, mostBehind: 7, longestStaleMs: 90 },
      { port: 6381, reads: 1, errors: {}, stale: 0, mostBehind: 0, longestStaleMs: 0 },
    ]);
  });

  it('says how long the probe itself stood still', () => {
    const stalls = [
      { at: 1, ms: 300 },
      { at: 900, ms: 450 },
    ];
    assert.equal(makeLedger(recordOf({}, { stalls })).stalledMs, 750);
  });
});
