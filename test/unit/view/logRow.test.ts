import assert from 'node:assert/strict';
import { logMarkdown } from '../../../src/core/view/logMarkdown';
import { fullTime, rowLine, rowTime } from '../../../src/core/view/logRow';
import { logRow } from '../../support/logRows';

const at = new Date(2026, 10, 23, 7, 3, 4, 56).getTime();

describe('a row of the log panel', () => {
  it('has the time of day, and the day where it is another one', () => {
    assert.equal(rowTime(at, at + 1_000), '07:03:04.056');
    assert.equal(rowTime(at, at + 86_400_000), '11-23 07:03:04.056');
    assert.equal(fullTime(at), '2026-11-23 07:03:04.056');
  });

  it('is copied as one line that stands for itself', () => {
    const row = logRow(1, { at, text: 'The master is down.', message: '+sdown master' });
    assert.equal(rowLine(row), '2026-11-23 07:03:04.056  redis-6379  The master is down.  +sdown master');
    assert.equal(rowLine({ ...row, text: '' }), '2026-11-23 07:03:04.056  redis-6379  +sdown master');
  });

  it('is exported as a row of a table that nothing in it can break', () => {
    const row = logRow(1, { at, text: 'a|b *c*\nd', message: 'x `y` | <z>' });
    const [head, line, last] = logMarkdown([row]).trimEnd().split('\n');
    assert.equal(head, '| Time | Node | What it means | Log line |');
    assert.equal(line, '| --- | --- | --- | --- |');
    assert.equal(
      last,
      String.raw`| 2026-11-23 07:03:04.056 | redis-6379 | a\|b \*c\* d | ${'``'} x ${'`'}y${'`'} \| <z> ${'``'} |`,
    );
  });
});
