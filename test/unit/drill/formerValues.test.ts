import assert from 'node:assert/strict';
import { isSameValue, withFormerOptions, withFormerValues } from '../../../src/core/drill/formerValues';

const conf = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('a conf that was rewritten while a fault was on', () => {
  it('gets the former value back, and keeps every other byte', () => {
    const text = conf('port 6380', '# mine', 'replica-priority 0', '', 'save ""  ');
    assert.equal(
      withFormerValues(text, { former: { 'replica-priority': '100' }, applied: { 'replica-priority': '0' } }),
      text.replace('replica-priority 0', 'replica-priority 100'),
    );
  });

  it('is known by the other name and the other spelling of a value', () => {
    assert.equal(
      withFormerValues(conf('slave-priority 0'), {
        former: { 'replica-priority': '100' },
        applied: { 'replica-priority': '0' },
      }),
      conf('slave-priority 100'),
    );
    assert.equal(
      withFormerValues(conf('repl-backlog-size 16kb'), {
        former: { 'repl-backlog-size': '1048576' },
        applied: { 'repl-backlog-size': '16384' },
      }),
      conf('repl-backlog-size 1048576'),
    );
  });

  it('is left alone where it has not the value of the fault', () => {
    const values = { former: { maxmemory: '0' }, applied: { maxmemory: '1048576' } };
    assert.equal(withFormerValues(conf('maxmemory 2mb'), values), undefined);
    assert.equal(withFormerValues(conf('port 1'), values), undefined);
    assert.equal(withFormerValues('', values), undefined);
  });

  it('has directives of several lines again in the form that every version reads', () => {
    const limits = 'normal 0 0 0 slave 1048576 0 0 pubsub 33554432 8388608 60';
    assert.equal(
      withFormerValues(
        conf(
          'client-output-buffer-limit normal 0 0 0',
          'client-output-buffer-limit replica 1mb 0 0',
          'client-output-buffer-limit pubsub 32mb 8mb 60',
          'port 1',
        ),
        {
          former: { 'client-output-buffer-limit': limits.replace('1048576 0 0', '268435456 67108864 60') },
          applied: { 'client-output-buffer-limit': limits },
        },
      ),
      conf(
        'client-output-buffer-limit normal 0 0 0',
        'client-output-buffer-limit slave 268435456 67108864 60',
        'client-output-buffer-limit pubsub 33554432 8388608 60',
        'port 1',
      ),
    );
    assert.equal(
      withFormerValues(conf('save 1 1'), { former: { save: '3600 1 300 100' }, applied: { save: '1 1' } }),
      conf('save 3600 1', 'save 300 100'),
    );
    assert.equal(
      withFormerValues(conf('save 1 1', 'save 2 2'), { former: { save: '' }, applied: { save: '1 1 2 2' } }),
      conf('save ""'),
    );
  });

  it('of a Sentinel has its options back', () => {
    const text = conf(
      'sentinel monitor mymaster 127.0.0.1 6379 99',
      'sentinel down-after-milliseconds mymaster 600000',
      'sentinel down-after-milliseconds other 600000',
      'sentinel auth-pass mymaster wrong',
    );
    assert.equal(
      withFormerOptions(text, 'mymaster', {
        former: { quorum: '2', 'down-after-milliseconds': '5000', 'auth-pass': '' },
        applied: { quorum: '99', 'down-after-milliseconds': '600000', 'auth-pass': 'wrong' },
      }),
      conf(
        'sentinel monitor mymaster 127.0.0.1 6379 2',
        'sentinel down-after-milliseconds mymaster 5000',
        'sentinel down-after-milliseconds other 600000',
      ),
    );
    assert.equal(
      withFormerOptions(text, 'mymaster', { former: { quorum: '2' }, applied: { quorum: '3' } }),
      undefined,
    );
  });

  it('has values that mean the same', () => {
    for (const [a, b] of [
      ['1mb', '1048576'],
      ['slave 1kb', 'replica 1024'],
      ['YES', 'YES'],
      ['', ''],
    ] as const)
      assert.ok(isSameValue(a, b), `${a} ${b}`);
    for (const [a, b] of [
      ['1', '2'],
      ['1m', '1mb'],
      ['', '0'],
      ['Secret', 'secret'],
    ] as const)
      assert.ok(!isSameValue(a, b), `${a} ${b}`);
  });
});
