import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Occurrences } from '../../../src/core/diagnose/occurrences';
import { anyText } from '../../support/anyText';
import { findingsOf, logFacts, shortFindings } from '../../support/diagnosis';

describe('occurrences', () => {
  it('keep all of few, and the first and last of many, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), count => {
        const kept = new Occurrences<number>();
        for (let index = 0; index < count; index++) kept.add(index);
        assert.equal(kept.count, count);
        assert.deepEqual(
          kept.all,
          [...kept.all].toSorted((a, b) => a - b),
        );
        assert.equal(kept.all.length, Math.min(count, 120));
        if (count > 0) assert.deepEqual([kept.all[0], kept.all.at(-1)], [0, count - 1]);
      }),
    );
  });
});

describe('the reading of a log', () => {
  it('stays small however long the log is', () => {
    const line = '10011:S 23 Nov 2026 07:03:50.573 # Error condition on socket for SYNC: Connection refused';
    const facts = logFacts('a.log', Array.from({ length: 20_000 }, () => line).join('\n'));
    assert.equal(facts.occurrences.get('error-condition-socket-sync')?.count, 20_000);
    assert.equal(facts.occurrences.get('error-condition-socket-sync')?.all.length, 120);
    assert.equal(facts.outages.length, 1);
    assert.equal(facts.outages[0]?.count, 20_000);
  });

  it('tells the lives of a process apart, even where every one has the pid 1', () => {
    const start = (hour: string): string => `
1:C 23 Nov 2026 ${hour}:03:22.780 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
1:C 23 Nov 2026 ${hour}:03:22.780 # WARNING Memory overcommit must be enabled!
1:C 23 Nov 2026 ${hour}:03:22.780 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=1, just started
1:M 23 Nov 2026 ${hour}:03:22.781 * Running mode=standalone, port=6379.
1:M 23 Nov 2026 ${hour}:03:22.781 * Ready to accept connections
77:C 23 Nov 2026 ${hour}:04:22.781 * DB saved on disk`;
    const { runs } = logFacts('a.log', `${start('07')}${start('08')}`);
    assert.deepEqual(
      runs.map(({ start: from, port, ready }) => [from?.line, port, ready?.line]),
      [
        [1, 6379, 5],
        [7, 6379, 11],
      ],
    );
  });

  it('never throws, whatever a file holds', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 20 }), lines => {
        findingsOf(
          { 'a.log': lines.join('\n'), 'a.conf': lines.join('\n'), 'sentinel.conf': lines.join('\n') },
          '7.0.15',
        );
      }),
    );
  });

  it('one problem in several files is one finding with all its evidence', () => {
    const line = (pid: number): string =>
      `${pid}:X 23 Nov 2026 07:03:40.100 # -failover-abort-slave-timeout master mymaster 127.0.0.1 6379`;
    assert.deepEqual(shortFindings({ 'a.log': line(1), 'b.log': line(2) }), [
      'error renamed-command-blocks-failover a.log:1 b.log:1',
    ]);
  });
});
