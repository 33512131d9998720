import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readConfEdit, type ConfEdit } from '../../src/core/drill/confEdit';
import type { DrillReport } from '../../src/core/drill/drillReport';
import type { Exercise } from '../../src/core/drill/exercise';
import { exerciseScenario } from '../../src/core/drill/exerciseScenario';
import type { Expectation } from '../../src/core/drill/expectation';
import type { Scenario } from '../../src/core/drill/scenario';
import { solutionText, type ToldExercise } from '../../src/core/view/exerciseText';
import {
  breakLab,
  builtInExercises,
  createExerciseLab,
  editConfs,
  keepConfs,
  restoreConfs,
} from '../../src/node/drill/exerciseLab';
import { lendLab } from '../../src/node/drill/openDrillLab';
import { runDrill } from '../../src/node/drill/runDrill';
import { readLab } from '../../src/node/files/readLab';
import { openLab, type OpenLab } from '../../src/node/openLab';
import { DetachedControl } from '../../src/node/process/detachedControl';
import { ServerFinder } from '../../src/node/serverFinder';
import { firstFreePort } from '../support/freePorts';
import { makeLab } from '../support/labs';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { programs } from './support/drills';
import { inAdvance } from './support/inAdvance';
import { useLabFolder } from './support/labFolder';
import { processesIn } from './support/processes';
import { testServer } from './support/testServer';

const atOnce = 3;
/** The longest shows its symptom after half a minute, and is looked at as long again when it is repaired. */
const longest = 300_000;

/** What a person does who follows the solution: changes of confs as exercises have them, or of lab.json. */
type Repair = readonly object[] | ((labFile: string) => string);

/** `{password}` stands for the password of the lab. */
const repairs: Readonly<Record<string, Repair>> = {
  'backlog-too-small': [{ conf: 'all-servers', set: { 'repl-backlog-size': '1mb' } }],
  'down-after-too-small': [
    { conf: 'all-sentinels', set: { 'sentinel down-after-milliseconds {master}': '5000' } },
  ],
  'duplicate-myid': [{ conf: 'all-sentinels', remove: ['sentinel myid'] }],
  'empty-master-restart': [{ conf: 'all-servers', set: { appendonly: 'yes' } }],
  'masterauth-missing': [{ conf: 'master', set: { masterauth: '{password}' } }],
  'no-replica-eligible': [{ conf: 'all-servers', set: { 'replica-priority': '100' } }],
  'not-enough-replicas': [{ conf: 'all-servers', set: { 'min-replicas-to-write': '1' } }],
  'quorum-above-sentinels': [
    { conf: 'all-sentinels', set: { 'sentinel monitor {master}': '{address:master} 2' } },
  ],
  'renamed-command-blocks-failover': [{ conf: 'all-servers', remove: ['rename-command'] }],
  'replica-output-buffer': [
    { conf: 'all-servers', set: { 'client-output-buffer-limit slave': '256mb 64mb 60' } },
  ],
  'sentinel-auth-pass-missing': [
    { conf: 'all-sentinels', set: { 'sentinel auth-pass {master}': '{password}' } },
  ],
  'sentinels-watch-different-masters': [
    { conf: 'sentinel:3', set: { 'sentinel monitor {master}': '{address:master} 2' } },
  ],
  'split-brain-writes-lost': [
    { conf: 'all-servers', set: { 'min-replicas-to-write': '1', 'min-replicas-max-lag': '3' } },
  ],
  'too-few-sentinels': text => {
    const [last = ''] = /\{[^{}]*\}(?=\s*\])/.exec(text.slice(text.indexOf('"sentinels"'))) ?? [];
    return text.replace(last, `${last}, ${last.replace(/\d+/, port => String(Number(port) + 1))}`);
  },
};

/** What came of an exercise. */
interface DoneExercise {
  readonly broken: DrillReport;
  readonly repaired: DrillReport;
}

describe('the lab of every exercise', () => {
  const folder = useLabFolder();
  const finder = new ServerFinder(() => testServer);
  const exercises = builtInExercises(programs, path.join(repoRoot, 'l10n'), 'en');
  let done: ReadonlyMap<ToldExercise, Promise<DoneExercise>>;

  before('they begin', () => {
    done = inAdvance(exercises, atOnce, doExercise);
  });

  /** As the extension does it: broken and shown, broken again for the person, repaired, and checked. */
  async function doExercise({ exercise }: ToldExercise): Promise<DoneExercise> {
    const directory = path.join(folder.dir, exercise.name);
    // One more than asked for: the next port is for who adds a Sentinel.
    await createExerciseLab(directory, exercise, finder, (count, companion) =>
      firstFreePort(count + 1, companion),
    );
    const lab = openLab(directory, await readLab(directory), {
      finder,
      control: files => new DetachedControl(files, programs),
    });
    try {
      await breakLab(lab.folder, exercise);
      const symptom = exerciseScenario(exercise, 'symptom');
      const broken = await drill(lab, { ...symptom, expect: [...symptom.expect, ...missed(exercise)] });
      await breakLab(lab.folder, exercise);
      await repair(lab, repairs[exercise.name] ?? []);
      const confs = await keepConfs(lab.folder);
      await restoreConfs(lab.folder, confs);
      const repaired = await drill(lab, exerciseScenario(exercise, 'repaired'));
      await until('no process is left', () => processesIn(directory).length === 0);
      return { broken, repaired };
    } finally {
      lab.session.dispose();
    }
  }

  async function drill(opened: OpenLab, scenario: Scenario): Promise<DrillReport> {
    const { signal } = new AbortController();
    const told: string[] = [];
    await opened.session.refresh();
    try {
      const lab = await lendLab(opened, {
        signal,
        programs,
        getsReady: scenario.ready,
        report: step => told.push(step.text),
        warn: warning => told.push(warning),
      });
      try {
        return await runDrill(lab, scenario, programs, { signal, report: step => told.push(step) });
      } finally {
        await lab.close();
      }
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${told.join('\n')}`, { cause: error });
    }
  }

  it('has a repair', () => {
    assert.deepEqual(exercises.map(({ exercise }) => exercise.name).toSorted(), Object.keys(repairs));
  });

  for (const told of exercises) {
    const { exercise, text } = told;

    it(`shows its symptom, and what a repair must show is not there: ${text.title}`, async () => {
      const { broken } = await done.get(told)!;
      const count = exercise.symptom.length;
      assert.deepEqual(
        missesOf(broken).filter(({ at }) => at < count),
        [],
      );
      assert.equal(broken.record.failure, undefined);
      assert.ok(
        missesOf(broken).some(({ at }) => at >= count),
        'the check would pass without a repair',
      );
    }).timeout(longest);

    it(`is repaired as its solution says: ${text.title}`, async () => {
      const { repaired } = await done.get(told)!;
      assert.deepEqual(missesOf(repaired), []);
      assert.equal(repaired.record.failure, undefined);
      assert.ok(repaired.isPassed);
    }).timeout(longest);

    it(`names in its solution what is changed: ${text.title}`, () => {
      const solution = solutionText(told, makeLab());
      for (const name of changedNames(repairs[exercise.name] ?? []))
        assert.ok(solution.includes(name), `${name} in: ${solution}`);
    });
  }
});

/** What a repair must show, as far as it can be looked for in a lab that never gets ready. */
function missed({ repaired }: Exercise): readonly Expectation[] {
  return repaired.filter(({ kind }) => kind !== 'ready');
}

function missesOf({ verdicts }: DrillReport): readonly { readonly at: number; readonly text: string }[] {
  return verdicts.flatMap(({ ok, text, found }, at) => (ok ? [] : [{ at, text: `${text}: ${found}` }]));
}

/** Does to the confs, or to lab.json, what a person would do in an editor. */
async function repair({ folder, session }: OpenLab, changes: Repair): Promise<void> {
  if (typeof changes === 'function') {
    const { labFile, directory } = folder.paths;
    writeFileSync(labFile, changes(readFileSync(labFile, 'utf8')));
    session.change(await readLab(directory));
    return;
  }
  const [server] = folder.spec.nodes;
  const password = (server && (await folder.passwordOf(server))) ?? '';
  const edits = changes.map(editOf).map(edit => ({
    ...edit,
    set: Object.fromEntries(
      Object.entries(edit.set).map(([name, value]) => [name, value.replace('{password}', password)]),
    ),
  }));
  await editConfs(folder, edits);
}

function editOf(change: object): ConfEdit {
  const read = readConfEdit(change, []);
  assert.ok('value' in read, JSON.stringify(read));
  return read.value;
}

/** What a solution must name: the directives of a repair without the master's name. */
function changedNames(changes: Repair): readonly string[] {
  if (typeof changes === 'function') return ['lab.json'];
  return changes
    .map(editOf)
    .flatMap(({ set, remove }) => [...Object.keys(set), ...remove])
    .map(name => name.replace(' {master}', ''));
}
