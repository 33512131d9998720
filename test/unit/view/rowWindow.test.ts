import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { moveSelection, noSelection, selectedRange } from '../../../src/core/view/rowSelection';
import { rowWindow, scrollToRow } from '../../../src/core/view/rowWindow';

describe('rowWindow', () => {
  it('has every row in sight, and as many rows wherever the list stands', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(2_000), fc.nat(2_100_000), (count, height, scrollTop) => {
        const { first, end } = rowWindow(count, 20, scrollTop, height);
        assert.ok(first >= 0 && first <= end && end <= count);
        for (
          let index = Math.floor(scrollTop / 20);
          index * 20 < scrollTop + height && index < count;
          index++
        )
          assert.ok(index >= first && index < end);
        if (scrollTop + height <= count * 20)
          assert.equal(end - first, Math.min(count, Math.ceil(height / 20) + 9));
      }),
    );
  });

  it('scrolls no further than needed', () => {
    assert.equal(scrollToRow(3, 20, { scrollTop: 100, height: 200 }), 60);
    assert.equal(scrollToRow(8, 20, { scrollTop: 100, height: 200 }), 100);
    assert.equal(scrollToRow(20, 20, { scrollTop: 100, height: 200 }), 220);
  });
});

describe('moveSelection', () => {
  const of = { count: 100, page: 10, extend: false };
  const at = (active: number, anchor = active): { anchor: number; active: number } => ({ anchor, active });

  it('moves by row, page and to both ends, and stays inside', () => {
    assert.deepEqual(moveSelection(at(5), 'ArrowDown', of), at(6));
    assert.deepEqual(moveSelection(at(0), 'ArrowUp', of), at(0));
    assert.deepEqual(moveSelection(at(95), 'PageDown', of), at(99));
    assert.deepEqual(moveSelection(at(50), 'PageUp', of), at(40));
    assert.deepEqual(moveSelection(at(50), 'Home', of), at(0));
    assert.deepEqual(moveSelection(at(50), 'End', of), at(99));
  });

  it('begins at the newest row', () => {
    assert.deepEqual(moveSelection(noSelection, 'ArrowUp', of), at(99));
    assert.deepEqual(moveSelection(noSelection, 'ArrowDown', of), at(99));
  });

  it('extends from the anchor', () => {
    const moved = moveSelection(at(5), 'ArrowUp', { ...of, extend: true });
    assert.deepEqual(moved, at(4, 5));
    assert.deepEqual(selectedRange(at(4, 5)), { first: 4, end: 6 });
    assert.deepEqual(selectedRange(noSelection), { first: 0, end: 0 });
  });

  it('leaves other keys and empty lists alone', () => {
    assert.equal(moveSelection(at(5), 'x', of), undefined);
    assert.equal(moveSelection(at(5), 'toString', of), undefined);
    assert.equal(moveSelection(noSelection, 'End', { ...of, count: 0 }), undefined);
  });
});
