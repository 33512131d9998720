import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { insertByTime } from '../../../src/core/log/insertByTime';

describe('insertByTime', () => {
  const times = fc.array(fc.nat(20)).map(list => list.toSorted((a, b) => a - b));

  it('gives the list that a stable sort gives', () => {
    fc.assert(
      fc.property(times, times, (old, added) => {
        const list = old.map(at => ({ at, isNew: false }));
        const batch = added.map(at => ({ at, isNew: true }));
        const expected = [...list, ...batch].toSorted((a, b) => a.at - b.at);
        insertByTime(list, batch);
        assert.deepEqual(list, expected);
      }),
    );
  });
});
