import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readExercise, type Exercise } from '../../../src/core/drill/exercise';
import { messagesIn, readScenario, type Scenario } from '../../../src/core/drill/scenario';
import { allMessages } from '../../../src/core/log/allMessages';
import { readExerciseTexts, readScenarioTexts } from '../../../src/node/files/drillTexts';
import { solutionText } from '../../../src/core/view/exerciseText';
import { exerciseFiles, scenarioFiles } from '../../support/drills';
import { makeLab } from '../../support/labs';
import { repoRoot } from '../../support/repoRoot';

function scenarioOf(name: string, text: string): Scenario {
  const result = readScenario(text, name);
  assert.ok('scenario' in result, `${name}: ${JSON.stringify(result)}`);
  return result.scenario;
}

function exerciseOf(name: string, text: string): Exercise {
  const result = readExercise(text, name);
  assert.ok('exercise' in result, `${name}: ${JSON.stringify(result)}`);
  return result.exercise;
}

const ids = new Set(allMessages.map(({ id }) => id));

describe('the built-in scenarios', () => {
  const files = scenarioFiles();

  it('are there: what a lab can teach by breaking it', () => {
    const names = new Set(files.map(({ name }) => name));
    for (const name of [
      'kill-master',
      'freeze-master',
      'manual-failover',
      'freeze-min-replicas',
      'quorum-lost',
      'no-majority',
      'no-good-replica',
      'two-sentinels-try',
      'isolated-master',
      'flapping-link',
      'sentinel-tilt',
      'empty-master-restart',
      'misconf',
      'replica-output-buffer',
      'small-backlog',
      'wrong-masterauth',
    ])
      assert.ok(names.has(name), name);
  });

  for (const { name, text } of files) {
    it(`${name} is read, named like its file, and expects something`, () => {
      const scenario = scenarioOf(name, text);
      assert.equal(scenario.name, name);
      assert.ok(scenario.act.length > 0 && scenario.expect.length > 0);
      assert.deepEqual(
        messagesIn(scenario).filter(id => !ids.has(id)),
        [],
      );
    });
  }
});

describe('the built-in exercises', () => {
  const files = exerciseFiles();

  it('are a dozen at least', () => assert.ok(files.length >= 12, String(files.length)));

  for (const { name, text } of files) {
    it(`${name} is read, shows a symptom and can be repaired`, () => {
      const exercise = exerciseOf(name, text);
      assert.equal(exercise.name, name);
      assert.ok(exercise.symptom.length > 0 && exercise.repaired.length > 0);
      assert.equal(exercise.choices.length, 4);
      assert.equal(new Set(exercise.choices).size, 4);
      const used = [exercise.symptom, exercise.repaired].flatMap(expect =>
        messagesIn({ ...exercise, expect }),
      );
      assert.deepEqual(
        used.filter(id => !ids.has(id)),
        [],
      );
    });

    it(`${name} has a solution that names the lines and files of the lab`, () => {
      const exercise = exerciseOf(name, text);
      const told = readExerciseTexts(path.join(repoRoot, 'l10n'), 'en')[name];
      assert.ok(told);
      const solution = solutionText({ exercise, text: told }, makeLab());
      assert.ok(solution.includes(told.hint));
      assert.doesNotMatch(solution, /[{}]|undefined/);
      const wrong = solution.match(/Wrong in (?:(?:redis|sentinel)-\d+\.conf(?:, )?)+: (?:no )?"/g) ?? [];
      assert.equal(wrong.length, exercise.breakBy.length);
    });
  }
});

describe('the texts of scenarios and exercises', () => {
  const folder = path.join(repoRoot, 'l10n');
  /** Every text of a value with where it stands. */
  const texts = (value: unknown, place = ''): readonly (readonly [string, string])[] =>
    typeof value === 'string'
      ? [[place, value]]
      : Object.entries(value ?? {}).flatMap(([name, inner]) => texts(inner, `${place}/${name}`));

  for (const [what, read, files] of [
    ['scenarios', readScenarioTexts, scenarioFiles()],
    ['exercises', readExerciseTexts, exerciseFiles()],
  ] as const) {
    it(`of ${what} are there for each and for nothing else, in both languages`, () => {
      const names = files.map(({ name }) => name);
      const [en, ko] = [read(folder, 'en'), read(folder, 'ko')];
      assert.deepEqual(Object.keys(en).toSorted(), names);
      const places = texts(en).map(([place]) => place);
      assert.deepEqual(
        texts(ko).map(([place]) => place),
        places,
      );
      for (const [place, text] of [...texts(en), ...texts(ko)]) assert.ok(text.trim().length > 0, place);
      // What is a directive by its name stays as it is.
      for (const [place, text] of texts(ko))
        assert.match(text, /[가-힣]|^[a-z][a-z -]+$/, `${place}: ${text}`);
    });
  }

  it('have every part, and an answer for each choice of an exercise', () => {
    for (const language of ['en', 'ko']) {
      for (const [name, text] of Object.entries(readScenarioTexts(folder, language)))
        assert.deepEqual(Object.keys(text), ['title', 'happens', 'watch', 'lesson'], name);
      const exercises = readExerciseTexts(folder, language);
      for (const { name, text } of exerciseFiles()) {
        const { choices, right } = exerciseOf(name, text);
        const all = exercises[name];
        assert.ok(all, name);
        const { choices: told, ...parts } = all;
        assert.deepEqual(Object.keys(parts), ['title', 'symptom', 'question', 'hint', 'lesson'], name);
        assert.deepEqual(Object.keys(told).toSorted(), choices.toSorted(), name);
        assert.match(told[right]?.why ?? '', language === 'en' ? /^Right\./ : /^맞습니다\./, name);
        for (const choice of choices.filter(each => each !== right))
          assert.doesNotMatch(told[choice]?.why ?? '', /^(?:Right|맞습니다)/, `${name}.${choice}`);
      }
    }
  });

  it('tell of files that are packed with the extension', () => {
    const ignore = readFileSync(path.join(repoRoot, '.vscodeignore'), 'utf8').split(/\r?\n/);
    assert.ok(ignore.includes('!dist/drills.json'));
  });
});
