import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readFromPanel, readToPanel } from '../../../src/protocol/logPanel';
import { readState } from '../../../src/webview/logPanel/panelState';
import { firstFilter } from '../../../src/core/view/logFilter';
import { logRow } from '../../support/logRows';

describe('messages of the log panel', () => {
  it('to the extension are taken apart and made anew', () => {
    assert.deepEqual(readFromPanel({ type: 'open', row: 7, file: '/etc/passwd' }), { type: 'open', row: 7 });
    assert.deepEqual(readFromPanel({ type: 'copy', rows: [1, 2] }), { type: 'copy', rows: [1, 2] });
    assert.deepEqual(readFromPanel({ type: 'ready' }), { type: 'ready' });
  });

  it('to the extension are refused when they are not what they should be', () => {
    const wrong: unknown[] = [
      undefined,
      null,
      'ready',
      [],
      {},
      { type: 'exec' },
      { type: 'open' },
      { type: 'open', row: -1 },
      { type: 'open', row: '1' },
      { type: 'open', row: 1.5 },
      { type: 'copy', rows: [1, '2'] },
      { type: 'copy', rows: { length: 1 } },
    ];
    for (const message of wrong) assert.equal(readFromPanel(message), undefined, JSON.stringify(message));
  });

  it('to the page are refused when they are not what they should be', () => {
    const rows = { type: 'rows', rows: [logRow(1)], batch: 1, isLast: true };
    assert.equal(readToPanel(rows), rows);
    const wrong: unknown[] = [
      { ...rows, rows: [{ ...logRow(1), text: 5 }] },
      { ...rows, batch: 'x' },
      { type: 'rows' },
      { type: 'toString' },
      { type: 'details', row: 1, parts: [{}] },
      { type: 'reword', texts: [['1', 'x']] },
    ];
    for (const message of wrong) assert.equal(readToPanel(message), undefined, JSON.stringify(message));
  });

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        readFromPanel(value);
        readToPanel(value);
        readState(value);
      }),
    );
  });

  it('keep the choices of a person over a reload, and nothing that is none', () => {
    const filter = { ...firstFilter, text: 'down', node: { of: 'node', lab: '/l', node: 'n' } } as const;
    assert.deepEqual(readState({ filter, top: { id: 3, at: 4 } }), { filter, top: { id: 3, at: 4 } });
    assert.deepEqual(readState({ filter: { weight: 'heavy', node: 7 } }), {
      filter: firstFilter,
      top: undefined,
    });
  });
});
