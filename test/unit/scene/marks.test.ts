import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { markRank } from '../../../src/core/scene/glyphs';
import { MarkColumns, type LaneMarks } from '../../../src/core/scene/markColumns';
import { markGlyphs } from '../../../src/core/scene/markGlyphs';
import { nearestMark, nextMark } from '../../../src/core/scene/nextMark';
import { everything, keysOf, passes, type SceneFilter } from '../../../src/core/scene/sceneFilter';
import { marksOf } from '../../support/scenes';

type Row = [at: number, lane: string, name: string, weight: number];

const rowsOf = (most: number, latest: number): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.tuple(
      fc.nat(latest),
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('ready', '+sdown', '+odown', '+switch-master'),
      fc.nat(3),
    ),
    { maxLength: most },
  );

const filters: fc.Arbitrary<SceneFilter> = fc.record({
  hidden: fc.constant(new Set<string>()),
  weightAtLeast: fc.nat(3),
  found: fc.option(
    fc.array(fc.nat(60)).map(keys => new Set(keys)),
    { nil: undefined },
  ),
});

function columnsOf(rows: readonly Row[]): MarkColumns {
  const marks = new MarkColumns();
  marks.add(marksOf(rows));
  return marks;
}

const times = (lane: LaneMarks | undefined): number[] => [...(lane?.at.subarray(0, lane.count) ?? [])];
const keys = (lane: LaneMarks | undefined): number[] => [...(lane?.key.subarray(0, lane.count) ?? [])];

describe('MarkColumns', () => {
  it('keep every lane in order of time, and what came first before what came later', () => {
    fc.assert(
      fc.property(rowsOf(60, 50), fc.nat(60), (rows, cut) => {
        const marks = new MarkColumns();
        marks.add(marksOf(rows.slice(0, cut)));
        marks.add(marksOf(rows.slice(cut), 1 + Math.min(cut, rows.length)));
        assert.equal(marks.size, rows.length);
        for (const lane of ['a', 'b', 'c']) {
          const expected = rows
            .map(([at, id], index) => ({ at, id, key: index + 1 }))
            .filter(({ id }) => id === lane)
            .toSorted((a, b) => a.at - b.at || a.key - b.key);
          assert.deepEqual(
            times(marks.of(lane)),
            expected.map(({ at }) => at),
          );
          assert.deepEqual(
            keys(marks.of(lane)),
            expected.map(({ key }) => key),
          );
        }
      }),
    );
  });

  it('move names and weights with their marks', () => {
    const marks = columnsOf([
      [20, 'a', '+sdown', 3],
      [10, 'a', 'ready', 1],
    ]);
    const lane = marks.of('a');
    assert.deepEqual(
      [0, 1].map(row => marks.names[lane?.name[row] ?? -1]),
      ['ready', '+sdown'],
    );
    assert.deepEqual([lane?.weight[0], lane?.weight[1]], [1, 3]);
    assert.deepEqual([lane?.rank[0], lane?.rank[1]], [markRank('ready', 1), markRank('+sdown', 3)]);
    assert.deepEqual(marks.extent, { from: 10, to: 20 });
    assert.deepEqual(marks.find('a', 20, 1), { lane: 'a', index: 1 });
    assert.equal(marks.find('a', 20, 2), undefined);
  });

  it('let the oldest go when there are too many, whatever their lane', () => {
    const marks = new MarkColumns(100);
    for (let at = 0; at < 1_000; at++) marks.add(marksOf([[at, at % 3 === 0 ? 'a' : 'b', 'ready', 1]], at));
    assert.ok(marks.size <= 110 && marks.size >= 95, String(marks.size));
    assert.equal(marks.extent?.to, 999);
    assert.equal(marks.extent?.from, 1_000 - marks.size);
    marks.clear();
    assert.equal(marks.extent, undefined);
  });
});

describe('markGlyphs', () => {
  it('count every mark in the range exactly once', () => {
    fc.assert(
      fc.property(
        rowsOf(60, 1_000),
        fc.nat(1_000),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 90 }),
        filters,
        (rows, from, length, gap, filter) => {
          const marks = columnsOf(rows);
          const lane = marks.of('a');
          if (!lane) return;
          const range = { from, to: from + length };
          const glyphs = markGlyphs(lane, range, gap, filter);
          const seen = glyphs.flatMap(({ first, end }) => [
            ...keysOf(marks, { lane: 'a', first, end }, filter),
          ]);
          assert.equal(new Set(seen).size, seen.length);
          assert.equal(
            glyphs.reduce((sum, { count }) => sum + count, 0),
            seen.length,
          );
          for (let row = 0; row < lane.count; row++) {
            const at = lane.at[row] ?? 0;
            if (at >= range.from && at <= range.to && passes(lane, row, filter))
              assert.ok(seen.includes(lane.key[row] ?? 0), `the mark at ${at}`);
          }
        },
      ),
    );
  });

  it('stand no closer than the gap, and each shows its most important mark', () => {
    fc.assert(
      fc.property(rowsOf(60, 1_000), fc.integer({ min: 1, max: 90 }), (rows, gap) => {
        const lane = columnsOf(rows).of('a');
        if (!lane) return;
        const glyphs = markGlyphs(lane, { from: 0, to: 1_000 }, gap, everything);
        glyphs.forEach(({ index, first, end }, place) => {
          const before = glyphs[place - 1];
          if (before) assert.ok((lane.at[index] ?? 0) - (lane.at[before.index] ?? 0) >= gap);
          for (let row = first; row < end; row++) assert.ok((lane.rank[row] ?? 0) <= (lane.rank[index] ?? 0));
        });
      }),
    );
  });

  it('have the numbers of this example', () => {
    const lane = columnsOf([
      [100, 'a', 'ready', 1],
      [103, 'a', '+odown', 3],
      [109, 'a', '+sdown', 3],
      [150, 'a', 'ready', 0],
      [158, 'a', 'ready', 2],
      [162, 'a', 'ready', 1],
    ]).of('a');
    assert.ok(lane);
    assert.deepEqual(markGlyphs(lane, { from: 0, to: 200 }, 10, everything), [
      { index: 1, count: 3, first: 0, end: 3 },
      { index: 4, count: 3, first: 3, end: 6 },
    ]);
    assert.deepEqual(markGlyphs(lane, { from: 0, to: 200 }, 1, everything).length, 6);
    assert.deepEqual(markGlyphs(lane, { from: 155, to: 170 }, 1, { ...everything, weightAtLeast: 2 }), [
      { index: 4, count: 1, first: 4, end: 5 },
    ]);
  });

  it('stay the same while the picture is moved', () => {
    const lane = columnsOf(
      Array.from({ length: 500 }, (_, index): Row => [
        (index * 37) % 1_000,
        'a',
        index % 9 === 0 ? '+sdown' : 'x',
        1,
      ]),
    ).of('a');
    assert.ok(lane);
    const inside = (from: number): readonly unknown[] =>
      markGlyphs(lane, { from, to: from + 400 }, 7, everything).filter(
        ({ index }) => (lane.at[index] ?? 0) >= 320 && (lane.at[index] ?? 0) <= 480,
      );
    for (let from = 101; from < 300; from += 13) assert.deepEqual(inside(from), inside(100));
  });
});

describe('nextMark', () => {
  const lanes = ['a', 'b', 'c'];

  it('visits every mark once, forward and back', () => {
    fc.assert(
      fc.property(rowsOf(40, 20), filters, (rows, filter) => {
        const marks = columnsOf(rows);
        const expected = lanes
          .flatMap((lane, order) => {
            const list = marks.of(lane);
            return Array.from({ length: list?.count ?? 0 }, (_, index) => ({
              lane,
              order,
              index,
              at: list?.at[index] ?? 0,
              isShown: list !== undefined && passes(list, index, filter),
            }));
          })
          .filter(({ isShown }) => isShown)
          .toSorted((a, b) => a.at - b.at || a.order - b.order || a.index - b.index)
          .map(({ lane, index }) => ({ lane, index }));
        for (const step of [1, -1] as const) {
          const visited: unknown[] = [];
          let place = nextMark(marks, lanes, filter, step === 1 ? -Infinity : Infinity, step);
          while (place && visited.length <= rows.length) {
            visited.push(place);
            place = nextMark(marks, lanes, filter, place, step);
          }
          assert.deepEqual(visited, step === 1 ? expected : expected.toReversed());
        }
      }),
    );
  });

  it('goes on from a moment, and leaves out hidden lanes', () => {
    const marks = columnsOf([
      [10, 'a', 'x', 1],
      [10, 'b', 'x', 1],
      [20, 'c', 'x', 1],
    ]);
    assert.deepEqual(nextMark(marks, lanes, everything, 10, 1), { lane: 'c', index: 0 });
    assert.deepEqual(nextMark(marks, lanes, everything, 11, -1), { lane: 'b', index: 0 });
    const hidden = { ...everything, hidden: new Set(['b', 'c']) };
    assert.deepEqual(nextMark(marks, lanes, hidden, 0, 1), { lane: 'a', index: 0 });
    assert.equal(nextMark(marks, lanes, hidden, 10, 1), undefined);
  });

  it('finds the nearest of a lane', () => {
    const marks = columnsOf([
      [10, 'a', 'x', 1],
      [20, 'a', 'x', 3],
    ]);
    assert.deepEqual(nearestMark(marks, 'a', 14, everything), { lane: 'a', index: 0 });
    assert.deepEqual(nearestMark(marks, 'a', 15, everything), { lane: 'a', index: 1 });
    assert.deepEqual(nearestMark(marks, 'a', 0, { ...everything, weightAtLeast: 2 }), {
      lane: 'a',
      index: 1,
    });
    assert.equal(nearestMark(marks, 'b', 0, everything), undefined);
  });
});
