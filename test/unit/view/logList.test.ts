import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { firstFilter, isFirstFilter, rowFilter, type LogFilter } from '../../../src/core/view/logFilter';
import { LogList } from '../../../src/core/view/logList';
import type { LogRow } from '../../../src/core/view/logRow';
import { logRow } from '../../support/logRows';

const shows = (filter: Partial<LogFilter>, row: Partial<LogRow>): boolean =>
  rowFilter({ ...firstFilter, ...filter })(logRow(1, row));

describe('the filter of the log panel', () => {
  it('leaves out details at first, and nothing else', () => {
    assert.equal(shows({}, { weight: 'detail' }), false);
    for (const weight of ['routine', 'noteworthy', 'problem'] as const) assert.ok(shows({}, { weight }));
    assert.ok(isFirstFilter(firstFilter));
    assert.equal(isFirstFilter({ ...firstFilter, text: 'x' }), false);
  });

  it('finds words in any order, in any case, in explanation, log line and node', () => {
    const row = { node: 'sentinel-26379', text: 'The master is DOWN', message: '+sdown master' };
    for (const text of ['down MASTER', '+sdown', 'sentinel-26379 +SD', '  ', 'The'])
      assert.ok(shows({ text }, row), text);
    for (const text of ['down replica', 's.own', '+sdownx']) assert.equal(shows({ text }, row), false, text);
  });

  it('finds Korean, and takes signs of regular expressions as they are', () => {
    assert.ok(shows({ text: '마스터 (a' }, { text: '마스터가 내려갔습니다 (a|b)' }));
    fc.assert(fc.property(fc.string(), text => shows({ text }, { message: text })));
  });

  it('finds a node of one lab, or all of a kind', () => {
    const node = { of: 'node', lab: '/lab', node: 'redis-6379' } as const;
    assert.ok(shows({ node }, {}));
    assert.equal(shows({ node }, { node: 'redis-6380' }), false);
    assert.equal(shows({ node }, { lab: '/other' }), false);
    assert.ok(shows({ node: { of: 'server' } }, {}));
    assert.equal(shows({ node: { of: 'sentinel' } }, {}), false);
  });

  it('finds a phase, and all phases of a failover', () => {
    assert.ok(shows({ phase: 'election' }, { phase: 'election' }));
    assert.equal(shows({ phase: 'election' }, { phase: 'abort' }), false);
    assert.ok(shows({ phase: 'failover' }, { phase: 'abort' }));
    assert.equal(shows({ phase: 'failover' }, { phase: 'topology' }), false);
    assert.equal(shows({ phase: 'failover' }, { phase: null }), false);
  });
});

describe('the list of the log panel', () => {
  const rows = (count: number, from = 0): LogRow[] =>
    Array.from({ length: count }, (_, index) => logRow(from + index, { text: `no${from + index}` }));

  it('shows by the filter what is there and what comes', () => {
    const list = new LogList(100);
    list.add(rows(5));
    list.filter = { ...firstFilter, text: 'no3' };
    assert.deepEqual(
      list.shown.map(({ id }) => id),
      [3],
    );
    assert.deepEqual(list.add(rows(10, 30)), { dropped: 0, added: 10, inserted: 0 });
    assert.deepEqual(
      list.shown.map(({ id }) => id),
      [3, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39],
    );
    assert.equal(list.total, 15);
  });

  it('tells how many rows came before rows that were shown', () => {
    const list = new LogList(100);
    list.add([logRow(1, { at: 10 }), logRow(2, { at: 20 })]);
    assert.equal(list.add([logRow(3, { at: 15 }), logRow(4, { at: 30 })]).inserted, 1);
    assert.deepEqual(
      list.shown.map(({ id }) => id),
      [1, 3, 2, 4],
    );
  });

  it('keeps the newest rows, and tells how many of those that were shown are gone', () => {
    const list = new LogList(100);
    list.filter = { ...firstFilter, text: 'even' };
    const added = rows(200).map(row => ({ ...row, text: row.id % 2 === 0 ? 'even' : '' }));
    list.add(added.slice(0, 100));
    assert.deepEqual(list.add(added.slice(100)), { dropped: 50, added: 50, inserted: 0 });
    assert.equal(list.total, 100);
    assert.equal(list.shown[0]?.id, 100);
  });

  it('finds the place of a row, also among rows of the same moment', () => {
    const list = new LogList(100);
    list.add(rows(20).map(row => ({ ...row, at: Math.floor(row.id / 5) })));
    for (const [index, row] of list.shown.entries()) assert.equal(list.indexOf(row), index);
    assert.equal(list.indexOf({ id: 99, at: 2 }), -1);
    assert.equal(list.indexOf({ id: 1, at: 99 }), -1);
  });

  it('takes other words for a row, and lets go of a lab', () => {
    const list = new LogList(100);
    list.add([logRow(1), logRow(2, { lab: '/other' })]);
    list.reword(new Map([[1, 'a better text']]));
    assert.equal(list.shown[0]?.text, 'a better text');
    list.remove('/other');
    assert.deepEqual(
      list.shown.map(({ id }) => id),
      [1],
    );
    list.clear();
    assert.equal(list.total, 0);
  });

  // With a look at all rows for each new one this would not end within the time of a test.
  it('bears 100,000 rows', () => {
    const list = new LogList(100_000);
    const many = rows(100_000).map(row => ({
      ...row,
      text: 'The replica 127.0.0.1:6380 asks for a sync'.repeat(3),
    }));
    for (let from = 0; from < many.length; from += 5_000) list.add(many.slice(from, from + 5_000));
    list.filter = { ...firstFilter, text: 'sync 77' };
    assert.equal(list.total, 100_000);
    assert.ok(list.shown.length > 0);
  });
});
