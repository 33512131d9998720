import assert from 'node:assert/strict';
import path from 'node:path';
import * as fc from 'fast-check';
import { Explainer } from '../../../src/core/explain/explainer';
import { ExplainedJson } from '../../../src/core/explain/explainedJson';
import { explainLine } from '../../../src/core/explain/explainedLine';
import { LineContext } from '../../../src/core/explain/lineContext';
import { Names } from '../../../src/core/explain/names';
import { Recogniser, RememberingRecogniser } from '../../../src/core/log/logRecord';
import { RecordReader } from '../../../src/core/log/recordReader';
import { identify } from '../../../src/core/story/identities';
import { makeReport } from '../../../src/core/story/report';
import { reportJson } from '../../../src/core/view/reportJson';
import { reportMarkdown } from '../../../src/core/view/reportMarkdown';
import { timelineSvg } from '../../../src/core/view/timelineSvg';
import { readExplainTexts } from '../../../src/node/files/explainTexts';
import { readStory, recordedScenarios } from '../../support/corpus';
import { hostileFile } from '../../support/hostile';
import { repoRoot } from '../../support/repoRoot';

const recogniser = new Recogniser();
const texts = readExplainTexts(path.join(repoRoot, 'l10n'), 'en');
const scenarios = recordedScenarios().filter(({ name }) =>
  /^(e_failover_kill_1|i_priority|b_full_partial$)/.test(name),
);
const logs = scenarios.flatMap(scenario => Object.values(scenario.logs)).map(text => Buffer.from(text));

/** A real log with bytes changed, cut out, or put in from elsewhere. */
const damagedLog = fc
  .tuple(
    fc.constantFrom(...logs),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 200 }), fc.uint8Array({ maxLength: 12 })), { maxLength: 12 }),
  )
  .map(([log, changes]) => {
    let bytes: Buffer = log;
    for (const [place, length, insert] of changes) {
      const at = place % (bytes.length + 1);
      bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + length)]);
    }
    return bytes;
  });

const anyLog = fc.oneof(hostileFile, damagedLog);

describe('any logs', () => {
  it('are told as a story in every form without an error', () => {
    fc.assert(
      fc.property(fc.array(anyLog, { minLength: 1, maxLength: 3 }), files => {
        const stories = files.map((file, index) => readStory(`sentinel-${index}.log`, file));
        const report = makeReport(stories);
        assert.deepEqual(JSON.parse([...reportJson(report)].join('')), JSON.parse(JSON.stringify(report)));
        reportMarkdown(report);
        assert.doesNotMatch(timelineSvg(report), /NaN|undefined|Infinity/);
      }),
      { numRuns: 150 },
    );
  });

  it('are explained line by line without an error, as text and as JSON', () => {
    fc.assert(
      fc.property(anyLog, file => {
        const story = readStory('a.log', file);
        const explainer = new Explainer(texts, new Names(identify([story.identity])));
        const [context, again] = [new LineContext(undefined), new LineContext(undefined)];
        const records = new RecordReader(new RememberingRecogniser(recogniser));
        const json = new ExplainedJson(explainer);
        for (const line of Buffer.from(file).toString('utf8').split('\n')) {
          const record = records.read(line);
          if (!record) continue;
          assert.deepEqual(record.said, recogniser.recognise(record.head) ?? record.said);
          const explained = explainLine('a.log', record, explainer, context);
          assert.equal(json.of('a.log', record, again).join(''), JSON.stringify(explained));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('give the same story wherever a file is cut into pieces', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 1, max: 5_000 }), (file, size) => {
        assert.deepEqual(readStory('a.log', file, size), readStory('a.log', file));
      }),
      { numRuns: 150 },
    );
  });
});
