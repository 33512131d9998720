import assert from 'node:assert/strict';
import { makeReport, type Report } from '../../src/core/story/report';
import { failoverComparison, type ToldFailover } from '../../src/core/view/failoverComparison';
import { failoverComparisonMarkdown } from '../../src/core/view/failoverComparisonMarkdown';
import { failoverComparisonSvg } from '../../src/core/view/failoverComparisonSvg';
import { recordedScenarios, storiesOf } from '../support/corpus';
import { assertGolden, goldenFiles } from '../support/golden';
import { useLanguage } from '../support/language';

const scenarios = recordedScenarios();

function reportOf(version: string, name: string): Report {
  const scenario = scenarios.find(each => each.version === version && each.name === name);
  return makeReport(storiesOf(scenario?.logs ?? {}));
}

function told(report: Report, index = 0, settings?: ToldFailover['settings']): ToldFailover {
  const failover = report.failovers[index];
  assert.ok(failover);
  return { failover, report, ...(settings ? { settings } : {}) };
}

const killed = reportOf('redis-7.0.15', 'e_failover_kill_1');
const notElected = reportOf('redis-7.0.15', 'h_not_elected');
const requested = reportOf('redis-7.0.15', 'g_sentinel_failover');
const priorityZero = reportOf('redis-7.0.15', 'i_priority_zero');

const pairs: Readonly<Record<string, readonly [ToldFailover, ToldFailover]>> = {
  same: [told(killed), told(killed)],
  versions: [told(killed), told(reportOf('redis-3.0.7', 'e_failover_kill_1'))],
  'given-up-then-moved': [told(notElected, 0), told(notElected, 2)],
  'asked-for-twice': [told(requested, 0), told(requested, 1)],
  'asked-for-or-not': [told(killed), told(requested, 0)],
  'no-good-replica': [told(priorityZero, 0), told(priorityZero, 2)],
  settings: [
    told(killed, 0, { 'down-after-milliseconds': '2000', quorum: '2' }),
    told(notElected, 2, { 'down-after-milliseconds': '5000', quorum: '2' }),
  ],
};

describe('two failovers beside each other', () => {
  after(() => useLanguage('en'));

  for (const language of ['en', 'ko'] as const)
    for (const [name, [first, second]] of Object.entries(pairs)) {
      it(`${name}, in ${language}, are told as before`, () => {
        useLanguage(language);
        const comparison = failoverComparison(first, second);
        const text = failoverComparisonMarkdown(comparison, { picture: 'comparison.svg' });
        assertGolden(`failoverComparison/${name}.${language}.golden.md`, text);
        assertGolden(
          `failoverComparison/${name}.${language}.golden.svg`,
          failoverComparisonSvg(comparison, 'light'),
        );
      });
    }

  it('begin at the same moment, and turn round with them', () => {
    useLanguage('en');
    for (const [first, second] of Object.values(pairs)) {
      const there = failoverComparison(first, second);
      const back = failoverComparison(second, first);
      const begins = (side: 'first' | 'second'): number =>
        Math.min(...there.phases.flatMap(phase => phase[side]?.from ?? []));
      for (const side of ['first', 'second'] as const)
        if (there.totals[0] !== null) assert.ok(begins(side) >= 0);
      assert.deepEqual(
        back.phases.map(({ difference }) => difference),
        there.phases.map(({ difference }) => (difference === undefined ? undefined : 0 - difference)),
      );
      const ids = (of: typeof there): readonly string[] =>
        of.differences.map(({ id }) => id.replace(/^only-(?:first|second)$/, 'only')).toSorted();
      assert.deepEqual(ids(back), ids(there));
    }
  });

  it('say that nothing differs where nothing does', () => {
    useLanguage('en');
    const { differences } = failoverComparison(told(killed), told(killed));
    assert.deepEqual(
      differences.map(({ id }) => id),
      ['alike'],
    );
  });

  it('have no golden file that no test looks at', () => {
    const expected = Object.keys(pairs).flatMap(name =>
      ['en', 'ko'].flatMap(language => [`${name}.${language}.golden.md`, `${name}.${language}.golden.svg`]),
    );
    assert.deepEqual(goldenFiles('failoverComparison'), expected.toSorted());
  });
});
