import assert from 'node:assert/strict';
import path from 'node:path';
import { Explainer } from '../../src/core/explain/explainer';
import { explainLine, type ExplainedLine } from '../../src/core/explain/explainedLine';
import { LineContext } from '../../src/core/explain/lineContext';
import { Names } from '../../src/core/explain/names';
import { Recogniser } from '../../src/core/log/logRecord';
import { RecordReader } from '../../src/core/log/recordReader';
import type { Failover } from '../../src/core/story/failover';
import { identify } from '../../src/core/story/identities';
import { makeReport, type Report } from '../../src/core/story/report';
import { explainedText } from '../../src/core/view/explainedText';
import { reportMarkdown } from '../../src/core/view/reportMarkdown';
import { readExplainTexts } from '../../src/node/files/explainTexts';
import { recordedScenarios, storiesOf, type RecordedScenario } from '../support/corpus';
import { assertGolden, goldenFiles } from '../support/golden';
import { useLanguage, type TestLanguage } from '../support/language';
import { repoRoot } from '../support/repoRoot';

const scenarios = recordedScenarios();
/** The version whose scenarios are looked at in Korean and line by line, too. */
const closeVersion = 'redis-7.0.15';
const recogniser = new Recogniser();

/** The scenarios whose explanations are looked at in Korean, too. */
const explainedInKorean = new Set([
  'e_failover_kill_1',
  'h_not_elected',
  'i_priority_zero',
  'c_auth',
  'd_save_denied',
  'j_admin',
]);

const explainLanguagesOf = ({ version, name }: RecordedScenario): readonly TestLanguage[] =>
  version !== closeVersion ? [] : explainedInKorean.has(name) ? ['en', 'ko'] : ['en'];

const languagesOf = ({ version }: RecordedScenario): readonly TestLanguage[] =>
  version === closeVersion ? ['en', 'ko'] : ['en'];

/** What is explained, each kind of statement once a file: a log says the same again and again. */
function explainScenario({ logs }: RecordedScenario, language: TestLanguage): string {
  const stories = storiesOf(logs);
  const identities = identify(stories.map(story => story.identity));
  const leaders = new Map(makeReport(stories).failovers.map(({ epoch, leader }) => [epoch, leader?.id]));
  const texts = readExplainTexts(path.join(repoRoot, 'l10n'), language);
  const explainer = new Explainer(texts, new Names(identities));
  const parts: string[] = [];
  for (const [file, text] of Object.entries(logs)) {
    const context = new LineContext(
      identities.files.find(known => known.file === file)?.id,
      epoch => leaders.get(epoch) ?? undefined,
    );
    const records = new RecordReader(recogniser);
    const seen = new Set<string>();
    const take = (line: ExplainedLine | undefined): void => {
      if (!line || line.weight === 'detail') return;
      const kind = `${line.id} ${(line.text ?? line.message).replace(/\d+/g, '#')}`;
      if (seen.has(kind)) return;
      seen.add(kind);
      parts.push(explainedText({ ...line, more: line.more.slice(0, 3) }, true));
    };
    for (const line of text.split('\n')) {
      const record = records.read(line);
      take(record && explainLine(file, record, explainer, context));
    }
    const last = records.end();
    take(last && explainLine(file, last, explainer, context));
  }
  return `${parts.join('\n')}\n`;
}

const portOf = (address: string | null | undefined): number => Number(address?.split(':').at(-1));

/** Who logged `+elected-leader` after which `+new-epoch`: found without the code under test. */
function elections({ truth, logs }: RecordedScenario): readonly { epoch: number; port: number | null }[] {
  return truth.nodes.flatMap(({ name, kind, port }) => {
    if (kind !== 'sentinel') return [];
    let epoch = 0;
    return (logs[`${name}.log`] ?? '').split('\n').flatMap(line => {
      epoch = Number(/\+new-epoch (\d+)/.exec(line)?.[1] ?? epoch);
      return line.includes('+elected-leader') ? [{ epoch, port }] : [];
    });
  });
}

function assertTruth(scenario: RecordedScenario, report: Report): void {
  const succeeded = report.failovers.filter(failover => failover.outcome === 'succeeded');
  const byEpoch = (epoch: number): Failover | undefined =>
    succeeded.find(failover => failover.epoch === epoch);
  for (const { epoch, port } of scenario.truth.masters)
    assert.equal(byEpoch(epoch)?.to?.port, port, `new master of epoch ${epoch}`);
  for (const { epoch, port } of elections(scenario)) {
    // Sentinels that do not know each other each count their own epochs.
    const leaders = report.failovers
      .filter(failover => failover.epoch === epoch)
      .map(failover => portOf(failover.leader?.address));
    if (port !== null)
      assert.ok(leaders.includes(port), `leader of epoch ${epoch}: ${port}, not ${leaders.join()}`);
  }
  const epochs = succeeded.map(({ epoch }) => epoch);
  assert.deepEqual(epochs, [...new Set(epochs)], 'each failover once');
  // Those that follow from the logs alone: a switch that no Sentinel undid.
  const last = succeeded.at(-1);
  if (last && scenario.truth.lastMasters.length === 1 && !scenario.name.startsWith('j_admin'))
    assert.equal(last.to?.port, scenario.truth.lastMasters[0], 'the last master');
  for (const failover of report.failovers) {
    const keys = failover.votes.map(({ voter, epoch }) => `${voter} ${epoch}`);
    assert.deepEqual(keys, [...new Set(keys)], 'one vote for each Sentinel and epoch');
  }
}

describe('the story of recorded scenarios', () => {
  after(() => useLanguage('en'));

  for (const scenario of scenarios) {
    const { version, name } = scenario;
    const report = makeReport(storiesOf(scenario.logs));

    it(`${name} of ${version} is what really happened`, () => assertTruth(scenario, report));

    for (const language of languagesOf(scenario)) {
      it(`the report of ${name} of ${version}, in ${language}, is unchanged`, () => {
        useLanguage(language);
        assertGolden(`story/${version}/${name}.report.${language}.golden.md`, `${reportMarkdown(report)}\n`);
      });
    }
    for (const language of explainLanguagesOf(scenario)) {
      it(`the explanation of ${name} of ${version}, in ${language}, is unchanged`, () => {
        useLanguage(language);
        const text = explainScenario(scenario, language);
        assertGolden(`story/${version}/${name}.explain.${language}.golden.txt`, text);
      });
    }
  }

  it('has no golden file that no test looks at', () => {
    const expected = scenarios.flatMap(scenario => {
      const base = `${scenario.version}/${scenario.name}`;
      return [
        ...languagesOf(scenario).map(language => `${base}.report.${language}.golden.md`),
        ...explainLanguagesOf(scenario).map(language => `${base}.explain.${language}.golden.txt`),
      ];
    });
    assert.deepEqual(goldenFiles('story'), expected.toSorted());
  });
});
