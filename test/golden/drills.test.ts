import assert from 'node:assert/strict';
import path from 'node:path';
import type { DrillRecord } from '../../src/core/drill/drillRecord';
import { makeDrillReport, type DrillReport } from '../../src/core/drill/drillReport';
import { compareDrills, readDrillFigures } from '../../src/core/drill/compareDrills';
import type { ScenarioText } from '../../src/core/drill/scenario';
import { makeReport } from '../../src/core/story/report';
import { comparisonMarkdown } from '../../src/core/view/comparisonMarkdown';
import { drillJson } from '../../src/core/view/drillJson';
import { drillMarkdown } from '../../src/core/view/drillMarkdown';
import { drillSvg } from '../../src/core/view/drillSvg';
import { readScenarioTexts } from '../../src/node/files/drillTexts';
import { recordedScenarios, storiesOf } from '../support/corpus';
import { killedMasterRecord } from '../support/drillRecords';
import { assertGolden } from '../support/golden';
import { useLanguage } from '../support/language';
import { repoRoot } from '../support/repoRoot';

const recorded = recordedScenarios().find(
  ({ version, name }) => version === 'redis-7.0.15' && name === 'e_failover_kill_1',
);
const story = makeReport(storiesOf(recorded?.logs ?? {}));

/** The same drill in three turns: as it should be, with an expectation that fails, and cut short. */
const records: Readonly<Record<string, () => DrillRecord>> = {
  passed: () => killedMasterRecord(),
  missed: () => {
    const record = killedMasterRecord();
    return {
      ...record,
      nodes: record.nodes.map(node => (node.keys === undefined ? node : { ...node, keys: 12 })),
    };
  },
  'cut-short': () => {
    const record = killedMasterRecord();
    const [first, second] = record.steps;
    return {
      ...record,
      steps: [
        first!,
        { ...second!, end: 'late', message: 'Not within 20 s: all Sentinels name another master.' },
      ],
      failure: 'Not within 20 s: all Sentinels name another master.',
      probe: undefined,
      leftFaults: ['redis-23288 does not start.'],
    };
  },
};

const reportOf = (name: string): DrillReport => makeDrillReport(records[name]!(), story);

for (const language of ['en', 'ko'] as const)
  describe(`the report of a drill (${language})`, () => {
    const text: Partial<ScenarioText> =
      readScenarioTexts(path.join(repoRoot, 'l10n'), language)['kill-master'] ?? {};
    before(() => useLanguage(language));
    after(() => useLanguage('en'));

    for (const name of Object.keys(records))
      it(`says how the drill went: ${name}`, () => {
        assertGolden(`drills/${name}.${language}.golden.md`, drillMarkdown(reportOf(name), { text }));
      });

    it('is a picture, too', () => {
      assertGolden(`drills/passed.${language}.golden.svg`, drillSvg(reportOf('passed'), text.title, 'light'));
    });

    it('stands beside another one', () => {
      const [a, b] = ['passed', 'missed'].map(name => readDrillFigures(drillJson(reportOf(name))));
      assert.ok(a && b);
      const slower = {
        ...b,
        settings: { ...b.settings, 'down-after-milliseconds': '5000', 'min-replicas-to-write': '1' },
        probe: b.probe && { ...b.probe, outageMs: 6_210, lost: 12, errors: { NOREPLICAS: 146 } },
      };
      assertGolden(
        `drills/comparison.${language}.golden.md`,
        comparisonMarkdown(compareDrills(a, slower), ['a.json', 'b.json']),
      );
    });
  });

describe('the report of a drill as JSON', () => {
  it('has the promised fields', () => {
    const { acknowledged, lost, errors, outageMs, staleMasterWindowMs } = drillJson(reportOf('passed'))[
      'probe'
    ] as Readonly<Record<string, unknown>>;
    assert.deepEqual(
      { acknowledged, lost, errors, outageMs, staleMasterWindowMs },
      {
        acknowledged: 1_800,
        lost: 400,
        errors: { READONLY: 15, ECONNREFUSED: 1_315 },
        outageMs: 2_160,
        staleMasterWindowMs: 3_990,
      },
    );
    assertGolden(
      'drills/passed.golden.json',
      `${JSON.stringify(drillJson(reportOf('passed')), undefined, 2)}\n`,
    );
  });

  it('leaves out what the logs tell of other times', () => {
    const record = killedMasterRecord();
    const later = makeDrillReport(
      { ...record, actAt: record.actAt + 3_600_000, storyEndedAt: record.actAt + 3_700_000 },
      story,
    );
    assert.deepEqual(later.story.failovers, []);
    assert.equal(later.failover, undefined);
    assert.equal(later.isPassed, false);
  });
});
