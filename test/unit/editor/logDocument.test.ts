import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { buildLogDocument } from '../../../src/core/editor/logDocument';
import { makeReport } from '../../../src/core/story/report';
import { anyLogText } from '../../support/logTexts';
import { fixture } from '../../support/fixtures';
import { useLanguage } from '../../support/language';
import { documentOf, linesOf, logTools } from './support';

const outline = (text: string): string[] =>
  documentOf(text).outline.map(({ kind, first, last, name }) => `${kind} ${first}-${last} ${name}`);
const master = 'master mymaster 127.0.0.1 6379';
const at = (message: string, pid = 12, role = 'M'): string =>
  `${pid}:${role} 23 Nov 2026 06:47:41.584 # ${message}`;
const starts = (pid: number, version = '7.0.15'): string[] => [
  at('oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo', pid, 'C'),
  at(`Redis version=${version}, bits=64, commit=00000000, modified=0, pid=${pid}, just started`, pid, 'C'),
  at('Running mode=standalone, port=6379.', pid),
  at('Ready to accept connections', pid),
];

describe('the outline of a log', () => {
  before(() => useLanguage('en'));

  it('names the failover as each Sentinel of the note saw it', () => {
    const failover = 'failover of mymaster, epoch 1: 6379 → 6380';
    assert.deepEqual(outline(fixture('logs/failover-sentinel-26379.log')), [`failover 1-9 ${failover}`]);
    assert.deepEqual(outline(fixture('logs/failover-sentinel-26380.log')), [`failover 1-7 ${failover}`]);
    assert.deepEqual(outline(fixture('logs/failover-sentinel-26381.log')), [`failover 1-16 ${failover}`]);
  });

  it('tells how a failover ended that moved nothing', () => {
    const id = 'a'.repeat(40);
    const lines = [
      `+sdown ${master}`,
      `+odown ${master} #quorum 1/1`,
      '+new-epoch 3',
      `+try-failover ${master}`,
      `+vote-for-leader ${id} 3`,
      `-failover-abort-not-elected ${master}`,
    ].map(message => at(message, 12, 'X'));
    assert.deepEqual(outline(lines.join('\n')), [
      'failover 1-6 failover of mymaster, epoch 3: 127.0.0.1:6379, given up, no leader was elected',
    ]);
    assert.deepEqual(outline(lines.slice(0, 5).join('\n')), [
      'failover 1-5 failover of mymaster, epoch 3: 127.0.0.1:6379, its end is not in this log',
    ]);
  });

  it('has every start with version, port and pid, and every shutdown', () => {
    const text = [
      ...starts(12),
      at('User requested shutdown...'),
      at('Saving the final RDB snapshot before exiting.'),
      at('Redis is now ready to exit, bye bye...'),
      ...starts(13).slice(0, 3),
      ...starts(14),
    ].join('\n');
    assert.deepEqual(outline(text), [
      'start 1-4 start: 7.0.15, port 6379, pid 12',
      'stop 5-7 shutdown, pid 12',
      'start 8-10 start: 7.0.15, port 6379, pid 13, not ready in this log',
      'start 11-14 start: 7.0.15, port 6379, pid 14',
    ]);
  });

  it('reads an old start from its logo, which folds', () => {
    const logo = [
      '                _._',
      "           _.-``__ ''-._",
      "      _.-``    `.  `_.  ''-._           Redis 3.0.504 (00000000/0) 64 bit",
      " (    '      ,       .-`  | `,    )     Running in sentinel mode",
      " |`-._`-...-` __...-.``-._|'` _.-'|     Port: 26379",
      " |    `-._   `._    /     _.-'    |     PID: 34788",
      "              `-.__.-'",
      '',
      `[34788] 29 Dec 21:11:27.182 # Sentinel runid is ${'a'.repeat(40)}`,
    ].join('\r\n');
    assert.deepEqual(outline(logo), ['start 1-9 start: 3.0.504, port 26379, pid 34788']);
    assert.deepEqual(documentOf(logo).folded, [{ first: 1, last: 7 }]);
  });

  it('has syncs with their kind and outcome', () => {
    const text = [
      'Connecting to MASTER 127.0.0.1:6379',
      'MASTER <-> REPLICA sync started',
      'Full resync from master: 26b17b7b23f9bd0ea32d4ccc8a7c4b3a27a4e4cb:1',
      'MASTER <-> REPLICA sync: Finished with success',
      'Connecting to MASTER 127.0.0.1:6379',
      'MASTER <-> REPLICA sync started',
      'Error condition on socket for SYNC: Connection refused',
    ].map(message => at(message, 12, 'S'));
    assert.deepEqual(outline(text.join('\n')), [
      'sync 2-4 sync with 127.0.0.1:6379: full, succeeded',
      'sync 6-7 sync with 127.0.0.1:6379: partial, failed',
    ]);
  });

  it('has crash reports and config errors, which fold', () => {
    const text = [
      at(''),
      '',
      '=== REDIS BUG REPORT START: Cut & paste starting from here ===',
      at('Redis 7.0.15 crashed by signal: 11, si_code: 0'),
      '------ STACK TRACE ------',
      'EIP:',
      '/usr/bin/redis-server *:6379(+0x1)[0x1]',
      '',
      '=== REDIS BUG REPORT END. Make sure to include from START to END. ===',
      '',
      '*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***',
      'Reading the configuration file, at line 2',
      ">>> 'sav 1 1'",
      'Bad directive or wrong number of arguments',
    ].join('\n');
    const [crash, error] = documentOf(text).outline;
    assert.deepEqual([crash?.kind, crash?.first, crash?.last], ['crash', 1, 9]);
    assert.deepEqual([error?.kind, error?.first], ['configError', 11]);
  });

  it('is in Korean, too', () => {
    useLanguage('ko');
    try {
      assert.deepEqual(outline(fixture('logs/failover-sentinel-26379.log')), [
        'failover 1-9 mymaster 페일오버, 에포크 1: 6379 → 6380',
      ]);
    } finally {
      useLanguage('en');
    }
  });
});

describe('the model of a log', () => {
  it('names the leader where its id and its address stand in different lines', () => {
    const { names } = documentOf(fixture('logs/failover-sentinel-26380.log'));
    assert.equal(names.of('5fa1beaee1927ce5983c791437454d71620d1cf2'), 'sentinel-26381');
  });

  it('says which lines a failover stands on', () => {
    const { failoverAt, outline: entries } = documentOf(fixture('logs/failover-sentinel-26379.log'));
    assert.deepEqual(
      [...failoverAt.keys()].toSorted((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    assert.equal(failoverAt.get(4), entries[0]);
  });

  it('tells the failovers as the report of the file alone does', () => {
    const text = Array<string>(3).fill(fixture('logs/failover-sentinel-26381.log').trimEnd()).join('\n');
    const collector = logTools.story.collector('a.log', 2026);
    for (const line of text.split('\n')) collector.read(line);
    assert.deepEqual(documentOf(text).report, makeReport([collector.finish()]));
  });

  it('is read in pieces, so that others have their turn', () => {
    const line = at('Background saving started by pid 13');
    const lines = linesOf(Array<string>(10_000).fill(line));
    const steps = buildLogDocument(lines, logTools, { file: 'a.log', year: 2026 });
    let count = 0;
    while (!steps.next().done) count++;
    assert.ok(count >= 20, String(count));
  });

  it('never throws, and never points outside of the text', () => {
    fc.assert(
      fc.property(anyLogText, text => {
        const { outline: entries, folded, variants } = documentOf(text);
        const count = text.split(/\r?\n/).length;
        for (const { first, last } of [...entries, ...folded])
          assert.ok(first >= 1 && first <= last && last <= count, `${first}-${last} of ${count}`);
        for (const line of variants.keys()) assert.ok(line >= 1 && line <= count);
        for (const [index, { first }] of folded.entries())
          assert.ok(index === 0 || first > (folded[index - 1]?.last ?? 0));
      }),
    );
  });
});
