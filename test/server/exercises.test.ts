import assert from 'node:assert/strict';
import path from 'node:path';
import { exerciseScenario } from '../../src/core/drill/exerciseScenario';
import { breakLab, builtInExercises, createExerciseLab } from '../../src/node/drill/exerciseLab';
import { lendLab } from '../../src/node/drill/openDrillLab';
import { runDrill } from '../../src/node/drill/runDrill';
import { readLab } from '../../src/node/files/readLab';
import { openLab } from '../../src/node/openLab';
import { DetachedControl } from '../../src/node/process/detachedControl';
import { ServerFinder } from '../../src/node/serverFinder';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { programs } from './support/drills';
import { useLabFolder } from './support/labFolder';
import { processesIn } from './support/processes';
import { testServer } from './support/testServer';

describe('the lab of every exercise', () => {
  const folder = useLabFolder();
  const finder = new ServerFinder(() => testServer);

  for (const { exercise, text } of builtInExercises(programs, path.join(repoRoot, 'l10n'), 'en'))
    it(`shows its symptom: ${text.title}`, async () => {
      const directory = path.join(folder.dir, exercise.name);
      await createExerciseLab(directory, exercise, finder);
      const opened = openLab(directory, await readLab(directory), {
        finder,
        control: files => new DetachedControl(files, programs),
      });
      await breakLab(opened.folder, exercise);
      const { signal } = new AbortController();
      const told: string[] = [];
      const lab = await lendLab(
        opened,
        {
          signal,
          programs,
          getsReady: exercise.ready,
          report: step => told.push(step.text),
          warn: warning => told.push(warning),
        },
        () => opened.session.dispose(),
      );
      try {
        const report = await runDrill(lab, exerciseScenario(exercise, 'symptom'), programs, {
          signal,
          report: step => told.push(step),
        });
        assert.deepEqual(
          report.verdicts.filter(({ ok }) => !ok).map(verdict => `${verdict.text}: ${verdict.found}`),
          [],
        );
        assert.ok(report.isPassed, `${report.record.failure}\n${told.join('\n')}`);
      } finally {
        await lab.close();
      }
      await until('no process is left', () => processesIn(directory).length === 0);
    }).timeout(120_000);
});
