import assert from 'node:assert/strict';
import { FileClock } from '../../../src/core/log/lineTime';
import { readLogLine } from '../../../src/core/log/logLine';
import { makeReport, type Report } from '../../../src/core/story/report';
import { readStory } from '../../support/corpus';

const ids = { a: 'a'.repeat(40), b: 'b'.repeat(40), c: 'c'.repeat(40) };

function reportOf(logs: Readonly<Record<string, readonly string[]>>, year = 2026): Report {
  return makeReport(
    Object.entries(logs).map(([file, lines]) =>
      readStory(file, Buffer.from(lines.join('\n')), undefined, { year, month: 1, day: 5 }),
    ),
  );
}

describe('the order of log lines', () => {
  const clock = (): FileClock => new FileClock({ year: 2026, month: 1, day: 5 });
  const at = (used: FileClock, stamp: string): string => {
    const { time } = readLogLine(`1:X ${stamp} # x`);
    assert.ok(time);
    return new Date(used.at(time)).toISOString();
  };

  it('goes over New Year without years: the last line is of the year in which the file was changed', () => {
    const used = clock();
    assert.equal(at(used, '31 Dec 23:59:59.900'), '2025-12-31T23:59:59.900Z');
    assert.equal(at(used, '01 Jan 00:00:00.100'), '2026-01-01T00:00:00.100Z');
    // Lines of two processes may be mixed there.
    assert.equal(at(used, '31 Dec 23:59:59.950'), '2025-12-31T23:59:59.950Z');
    assert.equal(at(used, '01 Jan 00:00:00.200'), '2026-01-01T00:00:00.200Z');
  });

  it('goes over midnight', () => {
    const used = clock();
    const before = Date.parse(at(used, '03 Jan 23:59:59.999'));
    assert.equal(Date.parse(at(used, '04 Jan 00:00:00.001')) - before, 2);
  });

  it('keeps a failover over New Year together, in files without a year', () => {
    const report = reportOf({
      'sentinel-26379.log': [
        `1:X 31 Dec 23:59:59.100 # +sdown master m 10.0.0.1 6379`,
        `1:X 31 Dec 23:59:59.200 # +odown master m 10.0.0.1 6379 #quorum 2/2`,
        `1:X 31 Dec 23:59:59.200 # +new-epoch 1`,
        `1:X 31 Dec 23:59:59.200 # +try-failover master m 10.0.0.1 6379`,
        `1:X 31 Dec 23:59:59.210 # +vote-for-leader ${ids.a} 1`,
        `1:X 31 Dec 23:59:59.300 # +elected-leader master m 10.0.0.1 6379`,
        `1:X 01 Jan 00:00:00.100 # +promoted-slave slave 10.0.0.2:6379 10.0.0.2 6379 @ m 10.0.0.1 6379`,
        `1:X 01 Jan 00:00:00.300 # +failover-end master m 10.0.0.1 6379`,
        `1:X 01 Jan 00:00:00.300 # +switch-master m 10.0.0.1 6379 10.0.0.2 6379`,
      ],
      // This file begins after New Year.
      'sentinel-26380.log': [
        `2:X 01 Jan 00:00:00.200 # +config-update-from sentinel 10.0.0.3:26379 10.0.0.3 26379 @ m 10.0.0.1 6379`,
        `2:X 01 Jan 00:00:00.200 # +switch-master m 10.0.0.1 6379 10.0.0.2 6379`,
      ],
    });
    assert.equal(report.failovers.length, 1);
    const [failover] = report.failovers;
    assert.equal(failover?.durationMs, 1_200);
    assert.equal(failover?.outcome, 'succeeded');
    assert.equal(failover?.startedAt, '--12-31T23:59:59.100');
    assert.equal(failover?.observers.length, 2);
  });

  it('tells causes before effects where several files have the same millisecond', () => {
    const report = reportOf({
      'b.log': [
        `2:X 02 Jan 2026 10:00:00.000 # +sdown master m 10.0.0.1 6379`,
        `2:X 02 Jan 2026 10:00:00.010 # +new-epoch 7`,
        `2:X 02 Jan 2026 10:00:00.010 # +vote-for-leader ${ids.a} 7`,
      ],
      'a.log': [
        `1:X 02 Jan 2026 10:00:00.000 # +sdown master m 10.0.0.1 6379`,
        `1:X 02 Jan 2026 10:00:00.010 # +odown master m 10.0.0.1 6379 #quorum 2/2`,
        `1:X 02 Jan 2026 10:00:00.010 # +new-epoch 7`,
        `1:X 02 Jan 2026 10:00:00.010 # +try-failover master m 10.0.0.1 6379`,
        `1:X 02 Jan 2026 10:00:00.010 # +vote-for-leader ${ids.a} 7`,
        `1:X 02 Jan 2026 10:00:00.010 # +elected-leader master m 10.0.0.1 6379`,
      ],
    });
    const lines = report.failovers[0]?.evidence.map(({ file, line }) => `${file}:${line}`) ?? [];
    const order = ['a.log:2', 'a.log:3', 'a.log:4', 'a.log:5', 'b.log:2', 'b.log:3', 'a.log:6'];
    assert.deepEqual(lines.slice(2), order);
  });
});

describe('two masters that the same Sentinels watch', () => {
  it('have each its own failover, votes and epoch', () => {
    const prefix = '02 Jan 2026 10:00:0';
    const down = (pid: number): readonly string[] => [
      `${pid}:X ${prefix}0.000 # +sdown master one 10.0.0.1 6379`,
      `${pid}:X ${prefix}0.001 # +sdown master two 10.0.0.1 6380`,
    ];
    const report = reportOf({
      'sentinel-26379.log': [
        ...down(1),
        `1:X ${prefix}0.100 # +odown master one 10.0.0.1 6379 #quorum 2/2`,
        `1:X ${prefix}0.100 # +new-epoch 1`,
        `1:X ${prefix}0.100 # +try-failover master one 10.0.0.1 6379`,
        `1:X ${prefix}0.101 # +vote-for-leader ${ids.a} 1`,
        `1:X ${prefix}0.150 # ${ids.b} voted for ${ids.a} 1`,
        `1:X ${prefix}0.160 # +elected-leader master one 10.0.0.1 6379`,
        `1:X ${prefix}0.400 # +new-epoch 2`,
        `1:X ${prefix}0.401 # +vote-for-leader ${ids.b} 2`,
        `1:X ${prefix}1.000 # +promoted-slave slave 10.0.0.2:6379 10.0.0.2 6379 @ one 10.0.0.1 6379`,
        `1:X ${prefix}1.100 # +failover-end master one 10.0.0.1 6379`,
        `1:X ${prefix}1.100 # +switch-master one 10.0.0.1 6379 10.0.0.2 6379`,
        `1:X ${prefix}1.300 # +config-update-from sentinel ${ids.b} 10.0.0.1 26380 @ two 10.0.0.1 6380`,
        `1:X ${prefix}1.300 # +switch-master two 10.0.0.1 6380 10.0.0.2 6380`,
      ],
      'sentinel-26380.log': [
        ...down(2),
        `2:X ${prefix}0.110 # +new-epoch 1`,
        `2:X ${prefix}0.111 # +vote-for-leader ${ids.a} 1`,
        `2:X ${prefix}0.390 # +odown master two 10.0.0.1 6380 #quorum 2/2`,
        `2:X ${prefix}0.390 # +new-epoch 2`,
        `2:X ${prefix}0.390 # +try-failover master two 10.0.0.1 6380`,
        `2:X ${prefix}0.391 # +vote-for-leader ${ids.b} 2`,
        `2:X ${prefix}0.410 # ${ids.a} voted for ${ids.b} 2`,
        `2:X ${prefix}0.420 # +elected-leader master two 10.0.0.1 6380`,
        `2:X ${prefix}1.110 # +config-update-from sentinel ${ids.a} 10.0.0.1 26379 @ one 10.0.0.1 6379`,
        `2:X ${prefix}1.110 # +switch-master one 10.0.0.1 6379 10.0.0.2 6379`,
        `2:X ${prefix}1.200 # +promoted-slave slave 10.0.0.2:6380 10.0.0.2 6380 @ two 10.0.0.1 6380`,
        `2:X ${prefix}1.250 # +failover-end master two 10.0.0.1 6380`,
        `2:X ${prefix}1.250 # +switch-master two 10.0.0.1 6380 10.0.0.2 6380`,
      ],
    });
    const told = report.failovers
      .map(({ masterName, epoch, leader, outcome, votes, observers }) => ({
        masterName,
        epoch,
        leader: leader?.id,
        outcome,
        votes: votes
          .map(({ voter, candidate }) => `${voter.slice(0, 1)}>${candidate.slice(0, 1)}`)
          .toSorted(),
        observers: observers.length,
      }))
      .toSorted((a, b) => (a.epoch ?? 0) - (b.epoch ?? 0));
    assert.deepEqual(told, [
      {
        masterName: 'one',
        epoch: 1,
        leader: ids.a,
        outcome: 'succeeded',
        votes: ['a>a', 'b>a'],
        observers: 2,
      },
      {
        masterName: 'two',
        epoch: 2,
        leader: ids.b,
        outcome: 'succeeded',
        votes: ['a>b', 'b>b'],
        observers: 2,
      },
    ]);
  });
});
