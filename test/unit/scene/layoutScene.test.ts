import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { layoutScene } from '../../../src/core/scene/layoutScene';
import { MarkColumns } from '../../../src/core/scene/markColumns';
import { emptyScene, type Scene } from '../../../src/core/scene/scene';
import { everything } from '../../../src/core/scene/sceneFilter';
import { indexScene } from '../../../src/core/scene/sceneIndex';
import type { SceneView } from '../../../src/core/scene/sceneView';
import { targetAt, type ScenePicture, type Shape } from '../../../src/core/scene/shape';
import { failoverMarks, failoverScene, marksOf, noon, sceneTexts, sceneView } from '../../support/scenes';

const index = indexScene(failoverScene);
const marks = new MarkColumns();
marks.add(failoverMarks);

function picture(changes: Partial<SceneView> = {}): ScenePicture {
  return layoutScene(index, marks, sceneView(changes), sceneTexts);
}

function shapesOf<K extends Shape['kind']>(of: ScenePicture, kind: K): Extract<Shape, { kind: K }>[] {
  return of.layers.flatMap(({ shapes }) =>
    shapes.filter((shape): shape is Extract<Shape, { kind: K }> => shape.kind === kind),
  );
}

const texts = (of: ScenePicture): string[] => shapesOf(of, 'text').map(({ text }) => text);

describe('layoutScene', () => {
  // The widest name, "sentinel-26379" in bold, is 83.1 px; with 16 px of room time begins at 99 and ends at 994.
  it('gives time the room that the names of the lanes leave', () => {
    const { left, right, head, width, height, fullHeight } = picture();
    assert.deepEqual([left, right, width], [99, 994, 1_000]);
    // axis 1.75, a row of 1.4 for each of its three phases, 0.3 below, of a font of 10 px
    assert.equal(head, 62);
    // faults in two rows 35, two data nodes 30 each, two Sentinels 22 each, 4 below
    assert.deepEqual([height, fullHeight], [62 + 35 + 60 + 44 + 4, 205]);
  });

  it('draws roles where they are: 895 px are ten seconds', () => {
    const bars = shapesOf(picture(), 'rect').filter(({ fill }) => fill === 'master' || fill === 'replica');
    assert.deepEqual(
      bars.map(({ x, y, width, height, fill }) => [x, y, width, height, fill]),
      [
        [99, 100, 716, 14, 'master'],
        [99, 130, 626.5, 14, 'replica'],
        [725.5, 130, 268.5, 14, 'master'],
      ],
    );
    assert.deepEqual(
      shapesOf(picture(), 'hatch').map(({ x, width }) => [x, width]),
      [[636, 358]],
    );
  });

  it('gives every mark the shape of its meaning, and a count to those that are one', () => {
    const glyphs = shapesOf(picture(), 'glyph').map(({ glyph, x, y }) => [glyph, Math.round(x), y]);
    assert.deepEqual(glyphs, [
      // the end of a sync that failed
      ['cross', 233, 150],
      ['dot', 108, 120],
      ['cross', 189, 150],
      ['triangle', 639, 168],
      ['square', 815, 168],
      ['diamond', 637, 190],
      ['square', 815, 190],
    ]);
    assert.ok(texts(picture()).includes('3'));
    const near = picture({ from: noon + 5_990, to: noon + 6_040 });
    assert.deepEqual(
      shapesOf(near, 'glyph').map(({ glyph }) => glyph),
      ['triangle', 'triangle', 'diamond', 'circle'],
    );
  });

  it('names phases with their lengths, faults, roles and who led', () => {
    const said = texts(picture());
    for (const text of [
      'Detection 5.0 s',
      'Election 100 ms',
      'Promotion 1.9 s',
      'redis-6379 is killed',
      'the link is slow',
      'master',
      'replica',
      'down',
      'leader of epoch 1',
      'epoch 1',
      '12:00:05',
      '2026-11-23',
    ])
      assert.ok(said.includes(text), `${text} in ${said.join(', ')}`);
  });

  it('says of faults that lie on each other how many more there are', () => {
    const fault = (number: number): Scene['bars'][number] => ({
      lane: 'faults',
      from: noon + number,
      to: noon + 9_000,
      look: 'fault',
      text: `fault ${number}`,
    });
    const scene: Scene = {
      ...emptyScene,
      lanes: [{ id: 'faults', label: 'Faults', kind: 'faults' }],
      bars: [1, 2, 3, 4, 5, 6, 7].map(fault),
    };
    const said = texts(layoutScene(indexScene(scene), new MarkColumns(), sceneView(), sceneTexts));
    assert.deepEqual(
      said.filter(text => text.startsWith('fault')),
      ['fault 1', 'fault 2', 'fault 3', 'fault 4', 'fault 5 (+2)'],
    );
  });

  it('draws votes from the voter to the candidate, the winner’s bold', () => {
    const [self, other] = shapesOf(picture(), 'arrow');
    assert.ok(Math.abs((self?.lineWidth ?? 0) - 1.8) < 1e-9);
    assert.deepEqual(
      other?.points.map(value => Math.round(value)),
      [640, 172, 651, 174, 651, 180, 642, 186],
    );
    const lost: Scene = {
      ...failoverScene,
      votes: failoverScene.votes.map(vote => ({ ...vote, wins: false })),
    };
    const thin = layoutScene(indexScene(lost), marks, sceneView(), sceneTexts);
    assert.ok((shapesOf(thin, 'arrow')[0]?.lineWidth ?? 0) < 1);
  });

  it('finds what is at a place, marks first', () => {
    const at = (x: number, y: number): unknown => targetAt(picture(), x, y)?.of;
    assert.deepEqual(at(637, 191), {
      type: 'mark',
      lane: 'sentinel-26380',
      key: 4,
      count: 3,
      first: 0,
      end: 3,
    });
    assert.deepEqual(at(300, 108), { type: 'role', index: 0 });
    assert.deepEqual(at(700, 108), { type: 'down', index: 0 });
    assert.deepEqual(at(200, 151), { type: 'sync', index: 0 });
    assert.deepEqual(at(300, 40), { type: 'phase', index: 0 });
    assert.deepEqual(at(600, 72), { type: 'bar', index: 0 });
    assert.deepEqual(at(700, 185), { type: 'failover', index: 0 });
    assert.equal(at(20, 191), undefined);
  });

  it('shows failovers as one sign each where phases would be too narrow', () => {
    const far = picture({ from: noon - 3_600_000, to: noon + 3_600_000 });
    assert.ok(texts(far).includes('epoch 1'));
    assert.ok(!texts(far).some(text => text.startsWith('Detection')));
    assert.equal(shapesOf(far, 'arrow').length, 0);
    assert.deepEqual(targetAt(far, 547, 56)?.of, { type: 'failover', index: 0 });
  });

  it('shows the cursor with its time, and no time of the axis under it', () => {
    const said = texts(picture({ cursor: noon + 5_010 }));
    assert.ok(said.includes('12:00:05.010'));
    assert.ok(!said.includes('12:00:05'));
    assert.ok(!texts(picture({ cursor: noon + 20_000 })).includes('12:00:20.000'));
  });

  it('leaves out hidden lanes, light marks and what a search did not find', () => {
    const some = picture({
      filter: { hidden: new Set(['redis-6379', 'faults']), weightAtLeast: 3, found: new Set([3, 4]) },
    });
    assert.ok(!texts(some).includes('redis-6379'));
    assert.equal(some.height, 62 + 30 + 44 + 4);
    assert.deepEqual(
      some.targets.flatMap(({ of }) => (of.type === 'mark' ? [[of.key, of.count]] : [])),
      [[4, 2]],
    );
  });

  it('scrolls lanes below the axis', () => {
    const part = picture({ height: 120, top: 65 });
    assert.deepEqual([part.height, part.fullHeight], [120, 205]);
    const names = texts(part).filter(text => text.includes('-6') || text === 'Faults');
    assert.deepEqual(names, ['redis-6380']);
    for (const { y } of part.targets) assert.ok(y >= 17);
  });

  it('grows with the font', () => {
    const large = picture({ fontSize: 20, measure: text => text.length * 11 });
    assert.equal(large.head, 125);
    assert.ok(shapesOf(large, 'text').every(({ size }) => size >= 15));
  });

  it('says that nothing has happened', () => {
    const empty = layoutScene(indexScene(emptyScene), new MarkColumns(), sceneView(), sceneTexts);
    assert.ok(texts(empty).includes('Nothing has happened yet.'));
    assert.deepEqual(empty.targets, []);
  });

  it('keeps to its room, whatever is looked at', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20_000, max: 20_000 }),
        fc.integer({ min: 10, max: 1e7 }),
        fc.integer({ min: 120, max: 3_000 }),
        fc.option(fc.integer({ min: -20_000, max: 20_000 }), { nil: undefined }),
        (from, length, width, cursor) => {
          const all = picture({
            from: noon + from,
            to: noon + from + length,
            width,
            cursor: cursor === undefined ? undefined : noon + cursor,
          });
          for (const { clip, shapes } of all.layers) {
            assert.ok(clip.x >= 0 && clip.y >= 0);
            assert.ok(clip.x + clip.width <= all.width && clip.y + clip.height <= all.height);
            for (const shape of shapes)
              for (const value of Object.values(shape))
                if (typeof value === 'number') assert.ok(Number.isFinite(value));
          }
          for (const shape of shapesOf(all, 'rect')) {
            assert.ok(shape.width >= 0 && shape.height >= 0);
            assert.ok(shape.x >= -1 && shape.x + shape.width <= Math.max(width, all.left + 60) + 8);
          }
          for (const { x } of shapesOf(all, 'glyph')) assert.ok(x >= all.left - 1 && x <= all.right + 5);
          for (const { x, y, width: wide, height } of all.targets) {
            assert.ok(x >= all.left - 7 && x + wide <= Math.max(width, all.left + 60) + 8);
            assert.ok(y >= 0 && y + height <= all.height + 1);
          }
        },
      ),
    );
  });

  it('draws as many glyphs as there is room for, however many marks there are', () => {
    const many = new MarkColumns();
    many.add(
      marksOf(Array.from({ length: 20_000 }, (_, at) => [noon + at / 2, 'sentinel-26379', 'x', 1] as const)),
    );
    const dense = layoutScene(index, many, sceneView({ filter: everything }), sceneTexts);
    const glyphs = shapesOf(dense, 'glyph').length;
    assert.ok(glyphs > 100 && glyphs < 180, String(glyphs));
  });
});
