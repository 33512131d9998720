import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeReport } from '../../src/core/story/report';
import { reportMarkdown } from '../../src/core/view/reportMarkdown';
import { timelineSvg } from '../../src/core/view/timelineSvg';
import { readStory, recordedScenarios, wholeCorpus } from '../support/corpus';

const corpus = wholeCorpus();

describe('the whole corpus (REDIS_HA_LAB_CORPUS)', () => {
  it('tells the same failovers uncut as the fixtures do', function () {
    if (corpus === undefined) this.skip();
    for (const { version, name, logs } of recordedScenarios()) {
      const folder = path.join(corpus, version, name, 'logs');
      const stories = Object.keys(logs).map(file => readStory(file, readFileSync(path.join(folder, file))));
      const fixtures = Object.entries(logs).map(([file, text]) => readStory(file, Buffer.from(text)));
      const told = makeReport(stories).failovers.map(({ epoch, to, leader, outcome }) => ({
        epoch,
        to,
        leader,
        outcome,
      }));
      const cut = makeReport(fixtures).failovers.map(({ epoch, to, leader, outcome }) => ({
        epoch,
        to,
        leader,
        outcome,
      }));
      assert.deepEqual(told, cut, `${version} ${name}`);
    }
  });

  it('is told in every form without an error, every file alone', function () {
    if (corpus === undefined) this.skip();
    this.timeout(120_000);
    for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(log|txt|out)$/.test(name)) continue;
      const report = makeReport([readStory(name, readFileSync(path.join(corpus, name)))]);
      assert.notEqual(reportMarkdown(report), '');
      assert.doesNotMatch(timelineSvg(report), /NaN|undefined/);
    }
  });
});
