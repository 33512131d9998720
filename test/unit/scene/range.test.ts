import { emptyScene } from '../../../src/core/scene/scene';
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MarkColumns } from '../../../src/core/scene/markColumns';
import { placeFlags } from '../../../src/core/scene/placeFlags';
import { clamp, fit, fitFailover, pan, reveal, sceneExtent, zoom } from '../../../src/core/scene/sceneRange';
import { roughMeasure } from '../../../src/core/scene/sceneView';
import { durationWords, shorten } from '../../../src/core/scene/sceneWords';
import { timeTicks } from '../../../src/core/scene/timeTicks';
import { failoverScene, noon, sceneTexts } from '../../support/scenes';

const second = 1_000;
const ranges = fc
  .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 20, max: 1e8 }))
  .map(([from, length]) => ({ from: noon + from, to: noon + from + length }));

describe('the range of time that is seen', () => {
  it('is that before after zooming in and out again', () => {
    fc.assert(
      fc.property(
        ranges,
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (range, factor, part) => {
          const around = range.from + (range.to - range.from) * part;
          const back = zoom(zoom(range, factor, around), 1 / factor, around);
          assert.ok(Math.abs(back.from - range.from) < 0.01 && Math.abs(back.to - range.to) < 0.01);
        },
      ),
    );
  });

  it('keeps the place around which it is zoomed, and never gets shorter than 10 ms', () => {
    assert.deepEqual(zoom({ from: 0, to: 100 }, 0.5, 20), { from: 10, to: 60 });
    assert.deepEqual(zoom({ from: 0, to: 100 }, 0.001, 50), { from: 45, to: 55 });
    assert.deepEqual(pan({ from: 0, to: 100 }, 30), { from: 30, to: 130 });
  });

  it('fits what there is with some room', () => {
    assert.deepEqual(fit({ from: 0, to: 10_000 }), { from: -300, to: 10_300 });
    assert.deepEqual(fitFailover({ from: 0, to: 10_000 }), { from: -1_200, to: 11_200 });
    // one event
    assert.deepEqual(fit({ from: 5_000, to: 5_000 }), { from: 4_470, to: 5_530 });
  });

  it('stays at what there is', () => {
    fc.assert(
      fc.property(ranges, ranges, (range, extent) => {
        const clamped = clamp(range, extent);
        assert.ok(clamped.from < clamped.to && clamped.from <= extent.to && clamped.to >= extent.from);
        const again = clamp(clamped, extent);
        assert.ok(Math.abs(again.from - clamped.from) < 0.01 && Math.abs(again.to - clamped.to) < 0.01);
      }),
    );
    assert.deepEqual(clamp({ from: 100, to: 5_000 }, { from: 0, to: 10_000 }), { from: 100, to: 5_000 });
    assert.deepEqual(clamp({ from: 20_000, to: 22_000 }, { from: 0, to: 10_000 }), {
      from: 9_000,
      to: 11_000,
    });
    // no more than all of it, half as long again; two minutes where that is less
    assert.deepEqual(clamp({ from: -1e6, to: 1e6 + 10_000 }, { from: 0, to: 10_000 }), {
      from: -55_000,
      to: 65_000,
    });
    assert.deepEqual(clamp({ from: -1e9, to: 1e9 + 1e6 }, { from: 0, to: 1e6 }), {
      from: -250_000,
      to: 1_250_000,
    });
  });

  it('moves no further than it takes to have a moment in sight', () => {
    const range = { from: 100, to: 200 };
    assert.equal(reveal(range, 150).from, 100);
    assert.deepEqual(reveal(range, 300), { from: 210, to: 310 });
    assert.deepEqual(reveal(range, 50), { from: 40, to: 140 });
  });

  it('knows the first and the last thing of a scene', () => {
    const marks = new MarkColumns();
    assert.equal(sceneExtent(emptyScene, marks), undefined);
    assert.deepEqual(sceneExtent(failoverScene, marks), { from: noon, to: noon + 8_004 - 4 });
    assert.deepEqual(sceneExtent(failoverScene, marks, noon + 9_000), { from: noon, to: noon + 9_000 });
  });
});

describe('timeTicks', () => {
  const labels = (from: number, to: number, count: number): string[] =>
    timeTicks({ from, to }, () => (to - from) / count).map(({ label }) => label);

  it('stand at round times of the wall clock, in words as fine as needed', () => {
    assert.deepEqual(labels(noon, noon + 60 * second, 6), [
      '12:00:00',
      '12:00:10',
      '12:00:20',
      '12:00:30',
      '12:00:40',
      '12:00:50',
      '12:01:00',
    ]);
    assert.deepEqual(labels(noon + 1, noon + 9, 4), [
      '12:00:00.002',
      '12:00:00.004',
      '12:00:00.006',
      '12:00:00.008',
    ]);
    assert.deepEqual(labels(noon, noon + 3_600 * second, 4), ['12:00', '12:15', '12:30', '12:45', '13:00']);
    assert.deepEqual(labels(noon, noon + 48 * 3_600 * second, 8), [
      '12:00',
      '18:00',
      '11-24',
      '06:00',
      '12:00',
      '18:00',
      '11-25',
      '06:00',
      '12:00',
    ]);
    assert.deepEqual(labels(noon, noon + 4 * 86_400 * second, 4), ['11-24', '11-25', '11-26', '11-27']);
  });

  it('are in the range, in order, and as far apart as they must be', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 1, max: 20 }), (range, count) => {
        const room = (range.to - range.from) / count;
        const ticks = timeTicks(range, () => room);
        ticks.forEach(({ at }, index) => {
          assert.ok(at >= range.from && at <= range.to);
          // a day that loses an hour to summer time
          if (index > 0) assert.ok(at - (ticks[index - 1]?.at ?? 0) >= room - 3_600 * second);
        });
        assert.ok(ticks.length <= count + 1);
      }),
    );
  });
});

describe('placeFlags', () => {
  it('lets none lie on another or on its pole', () => {
    const flags = fc.array(
      fc.record({
        x: fc.nat(500),
        choices: fc.array(
          fc.record({
            text: fc.constant('x'),
            width: fc.integer({ min: 1, max: 120 }),
            isLeft: fc.boolean(),
          }),
          { maxLength: 3 },
        ),
      }),
    );
    fc.assert(
      fc.property(flags, list => {
        const sorted = list.toSorted((a, b) => a.x - b.x);
        const placed = placeFlags(sorted, 3).flatMap((flag, index) => {
          const pole = sorted[index]?.x ?? 0;
          if (!flag) return [];
          const from = flag.isLeft ? pole - flag.width : pole;
          return [{ pole, row: flag.row, from, to: from + flag.width }];
        });
        for (const flag of placed)
          for (const other of placed) {
            if (flag === other) continue;
            if (other.row === flag.row) assert.ok(other.to <= flag.from || other.from >= flag.to);
            if (other.row >= flag.row) assert.ok(other.pole <= flag.from || other.pole >= flag.to);
          }
      }),
    );
  });

  it('goes down to the right like stairs', () => {
    const flag = (x: number): { x: number; choices: { text: string; width: number }[] } => ({
      x,
      choices: [
        { text: 'long', width: 100 },
        { text: 'short', width: 20 },
      ],
    });
    const rows = placeFlags([flag(0), flag(200), flag(210), flag(215)], 3).map(
      placed => placed && [placed.row, placed.text],
    );
    assert.deepEqual(rows, [
      [0, 'long'],
      [2, 'long'],
      [1, 'long'],
      [0, 'long'],
    ]);
    assert.deepEqual(
      placeFlags([flag(0), flag(30)], 1).map(placed => placed?.text),
      ['short', 'long'],
    );
  });

  it('puts a text to the left where there is no room to the right, and no pole in its way', () => {
    const left = { text: 'left', width: 50, isLeft: true };
    const right = { text: 'right', width: 50 };
    assert.deepEqual(
      placeFlags(
        [
          { x: 0, choices: [right] },
          { x: 120, choices: [left] },
        ],
        1,
      ).map(placed => placed?.text),
      ['right', 'left'],
    );
    assert.deepEqual(
      placeFlags(
        [
          { x: 80, choices: [right] },
          { x: 120, choices: [left] },
        ],
        2,
      ).map(placed => placed?.row),
      [0, undefined],
    );
  });
});

describe('the words of a picture', () => {
  it('tell durations as reports do', () => {
    assert.deepEqual(
      [76, 3_240, 125_000].map(length => durationWords(length, sceneTexts)),
      ['76 ms', '3.2 s', '2 min 5 s'],
    );
  });

  it('are cut where there is no room', () => {
    const measure = roughMeasure(10);
    assert.equal(shorten('replica', 100, measure), 'replica');
    assert.equal(shorten('a rather long sentence', 60, measure), 'a rather…');
    assert.equal(shorten('replica', 12, measure), '');
    assert.equal(shorten('마스터가 바뀌었습니다', 60, measure), '마스터가…');
  });
});
