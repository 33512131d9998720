import assert from 'node:assert/strict';
import { makeLedger } from '../../../src/core/probe/ledger';
import { NumberSet } from '../../../src/core/probe/numberSet';
import type { ProbeClientName } from '../../../src/core/probe/probeConfig';
import type { ProbeRecord } from '../../../src/core/probe/probeRecord';
import { verifyLedger } from '../../../src/core/probe/verifyLedger';
import { ledgerJson } from '../../../src/core/view/ledgerJson';
import { ledgerText, probeEventText } from '../../../src/core/view/ledgerText';
import { useLanguage } from '../../support/language';
import { recordOf, told } from '../probe/anyRecord';

const record: ProbeRecord = recordOf(
  {
    sentinel: told('ok', 'ok', 'ECONNRESET', 'ECONNREFUSED', 'ok@1', 'ok@1'),
    fixed: told('ok', 'ok', 'TIMEOUT', 'ok', 'ok', 'READONLY'),
  },
  {
    reads: [{ at: 1_000, port: 6381, result: 'ok', behind: 3, staleMs: 1_250 }],
    stalls: [{ at: 1_000, ms: 300 }],
    otherErrors: ['OOM command not allowed'],
  },
);
const there = (...numbers: number[]): NumberSet => {
  const set = new NumberSet(6);
  for (const number of numbers) set.add(number);
  return set;
};
const present = new Map<ProbeClientName, NumberSet>([
  ['sentinel', there(1, 2, 3, 5, 6)],
  ['fixed', there(1, 2)],
]);
const verification = verifyLedger(record, present, [
  { port: 6379, at: 0 },
  { port: 6380, at: 1_020 },
]);
/** Times of day depend on the zone. */
const withoutClock = (text: string): string[] => text.replace(/\d\d:\d\d:\d\d\.\d{3}/g, '<time>').split('\n');

describe('a ledger for people', () => {
  afterEach(() => useLanguage('en'));

  it('says what each client felt and what is lost', () => {
    assert.deepEqual(withoutClock(ledgerText(makeLedger(record), verification)), [
      'sentinel (client that asks the Sentinels)',
      '  4 of 6 writes acknowledged',
      '  no acknowledged write is lost',
      '  writes without an answer: 1, of these present: 1',
      '  errors: ECONNRESET 1, ECONNREFUSED 1',
      '  outage of 30 ms from <time> to <time>, failed attempts: 2',
      'fixed (client that keeps the first address)',
      '  4 of 6 writes acknowledged',
      '  acknowledged writes that are lost: 2',
      '  writes without an answer: 1, of these present: 0',
      '  errors: TIMEOUT 1, READONLY 1',
      '  outage of 20 ms from <time> to <time>, failed attempts: 1',
      '  outage of 9 ms from <time> to the end, failed attempts: 1',
      '6379 went on acknowledging for 10 ms after another master had been promoted. Writes: 2, lost: 2.',
      'Reads from 6381: 1, stale: 1 (at most 3 writes or 1.3 s behind).',
      'The probe itself stood still for 300 ms: this machine was too busy, and what was measured then says nothing about Redis.',
      'Other error: OOM command not allowed',
    ]);
  });

  it('says nothing of losses when nobody could look', () => {
    const text = ledgerText(makeLedger(record), undefined);
    assert.doesNotMatch(text, /lost|present|went on/);
  });

  it('is Korean, too', () => {
    useLanguage('ko');
    const lines = withoutClock(ledgerText(makeLedger(record), verification));
    assert.ok(lines.includes('  OK 응답을 받은 쓰기 2건이 사라졌습니다'), lines.join('\n'));
    for (const line of lines.filter(line => !/^ {2}\S+: |^OOM/.test(line))) assert.match(line, /[가-힣]/);
  });

  it('lists at most ten outages one by one', () => {
    const many = recordOf({ fixed: told(...Array.from({ length: 13 }, () => ['ok', 'READONLY']).flat()) });
    const lines = ledgerText(makeLedger(many), undefined).split('\n');
    assert.equal(lines.filter(line => line.includes('outage of')).length, 10);
    assert.equal(lines.at(-1), '  further outages: 3');
  });

  it('tells of outages while they happen, and keeps the rest to programs', () => {
    const at = 5;
    assert.equal(
      probeEventText({ type: 'failing', client: 'fixed', at, error: 'READONLY' }),
      'fixed: writes fail (READONLY)',
    );
    assert.equal(
      probeEventText({ type: 'writing', client: 'sentinel', at, afterMs: 2_345 }),
      'sentinel: writes get through again, after 2.3 s',
    );
    assert.equal(
      probeEventText({ type: 'writing', client: 'sentinel', at, afterMs: undefined }),
      'sentinel: writes get through',
    );
    assert.equal(probeEventText({ type: 'progress', at, clients: [] }), undefined);
  });
});

describe('a ledger as JSON', () => {
  it('has numbers where there was a master to look at, and null where there was none', () => {
    const [json, without] = [verification, undefined].map(
      checked =>
        JSON.parse(JSON.stringify(ledgerJson(makeLedger(record), checked))) as {
          startedAt: string;
          staleMasterWindowMs: number | null;
          staleMasters: unknown[];
          clients: Record<string, unknown>[];
        },
    );
    assert.equal(json?.startedAt, '2026-11-23T00:00:01.000Z');
    assert.equal(json.staleMasterWindowMs, 10);
    const { client, attempted, acknowledged, lost, lostNumbers, unacknowledgedButPresent, errors } =
      json.clients[1]!;
    assert.deepEqual(
      { client, attempted, acknowledged, lost, lostNumbers, unacknowledgedButPresent, errors },
      {
        client: 'fixed',
        attempted: 6,
        acknowledged: 4,
        lost: 2,
        lostNumbers: [[4, 5]],
        unacknowledgedButPresent: 0,
        errors: { TIMEOUT: 1, READONLY: 1 },
      },
    );
    assert.deepEqual([without?.staleMasterWindowMs, without?.clients[0]?.['lost']], [null, null]);
    assert.deepEqual(without?.staleMasters, []);
  });
});
