import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sceneMarks } from '../../../src/core/scene/sceneMarks';
import { readFromTimeline, readTimelineSource, readToTimeline } from '../../../src/protocol/timeline';
import { firstState, readPageState } from '../../../src/webview/timeline/pageState';

describe('messages of a timeline', () => {
  it('to the extension are taken apart and made anew', () => {
    assert.deepEqual(readFromTimeline({ type: 'open', key: 7, file: '/etc/passwd' }), {
      type: 'open',
      key: 7,
    });
    assert.deepEqual(readFromTimeline({ type: 'cursor', at: null }), { type: 'cursor', at: null });
    assert.deepEqual(readFromTimeline({ type: 'cursor', at: 12.5 }), { type: 'cursor', at: 12.5 });
    assert.deepEqual(readFromTimeline({ type: 'picture', format: 'png', content: 'AA==' }), {
      type: 'picture',
      format: 'png',
      content: 'AA==',
    });
  });

  it('to the extension are refused when they are not what they should be', () => {
    const wrong: unknown[] = [
      undefined,
      null,
      'ready',
      [],
      { type: 'exec' },
      { type: 'open', key: -1 },
      { type: 'open', key: '1' },
      { type: 'cursor' },
      { type: 'cursor', at: Number.NaN },
      { type: 'search', text: 5 },
      { type: 'openNode', node: 7 },
      { type: 'picture', format: 'exe', content: '' },
    ];
    for (const message of wrong) assert.equal(readFromTimeline(message), undefined, JSON.stringify(message));
  });

  it('to the page are refused when they are not what they should be', () => {
    const marks = sceneMarks([{ key: 1, at: 2, node: 'redis-6379', weight: 'problem', name: '+sdown' }]);
    const message = { type: 'marks', marks, batch: 1, isLast: true };
    assert.equal(readToTimeline(message), message);
    const wrong: unknown[] = [
      { ...message, marks: { ...marks, at: [1, 2] } },
      { ...message, marks: { ...marks, key: ['1'] } },
      { ...message, batch: -1 },
      { type: 'scene', scene: {} },
      { type: 'steps', times: ['x'] },
      { type: 'found', keys: [1.5] },
      { type: 'moment', at: 1 },
      { type: 'askPicture', format: 'exe' },
      { type: 'toString' },
    ];
    for (const each of wrong) assert.equal(readToTimeline(each), undefined, JSON.stringify(each));
  });

  it('name what a timeline shows, and nothing else', () => {
    assert.deepEqual(readTimelineSource({ kind: 'lab', lab: '/l', more: 1 }), { kind: 'lab', lab: '/l' });
    assert.deepEqual(readTimelineSource({ kind: 'files', files: ['/a'] }), { kind: 'files', files: ['/a'] });
    for (const wrong of [
      undefined,
      {},
      { kind: 'lab' },
      { kind: 'files', files: [1] },
      { kind: 'url', url: 'x' },
    ])
      assert.equal(readTimelineSource(wrong), undefined);
  });

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        readFromTimeline(value);
        readToTimeline(value);
        readTimelineSource(value);
        readPageState(value);
      }),
    );
  });

  it('keep what was looked at over a reload, and nothing that is none', () => {
    const state = {
      range: { from: 1, to: 2 },
      cursor: 1.5,
      weight: 'problem',
      words: 'down',
      isTable: true,
    } as const;
    assert.deepEqual(readPageState({ ...state, source: { kind: 'lab', lab: '/l' } }), state);
    assert.deepEqual(
      readPageState({ range: { from: 2, to: 1 }, cursor: '1', weight: 'heavy', words: 4, isTable: 1 }),
      firstState,
    );
  });
});
