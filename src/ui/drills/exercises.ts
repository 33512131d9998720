import * as l10n from '@vscode/l10n';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { DrillReport } from '../../core/drill/drillReport';
import type { Exercise } from '../../core/drill/exercise';
import { exerciseScenario } from '../../core/drill/exerciseScenario';
import { HumanError } from '../../core/humanError';
import { isAlive, nodesOf } from '../../core/model/labState';
import type { ToldExercise } from '../../core/view/exerciseText';
import {
  breakLab,
  builtInExercises,
  createExerciseLab,
  keepConfs,
  restoreConfs,
} from '../../node/drill/exerciseLab';
import { readLab } from '../../node/files/readLab';
import type { OpenedLab } from '../labs/labEntry';
import type { DrillContext } from './drillContext';
import { drillPage } from './drillPage';
import { doOneDrill } from './oneDrill';

/** How a step of an exercise is told, and ended. */
export interface ExerciseStep {
  readonly token: vscode.CancellationToken;
  readonly tell: (text: string) => void;
}

/** The exercises: their labs, how each is broken, shown, checked and cleaned up. */
export class Exercises {
  constructor(private readonly context: DrillContext) {}

  all(): readonly ToldExercise[] {
    const { programs, l10nFolder } = this.context;
    return builtInExercises(programs, l10nFolder, vscode.env.language);
  }

  /** Those whose labs are there. */
  begun(): readonly ToldExercise[] {
    return this.all().filter(({ exercise }) => this.labOf(exercise) !== undefined);
  }

  labOf(exercise: Exercise): OpenedLab | undefined {
    return this.context.catalog.get(this.directoryOf(exercise))?.opened;
  }

  /** By its number: the name of an exercise says what is wrong. */
  private directoryOf({ name }: Exercise): string {
    const index = this.all().findIndex(({ exercise }) => exercise.name === name);
    return path.join(this.context.storage.fsPath, 'exercises', `exercise-${index + 1}`);
  }

  /** Sets the lab up wrong, anew where it was there, and shows what comes of it. The lab is stopped and wrong afterwards. */
  async showSymptom({ exercise, text }: ToldExercise, { token, tell }: ExerciseStep): Promise<void> {
    const { catalog, finder, pages } = this.context;
    await this.remove(exercise);
    const directory = this.directoryOf(exercise);
    await createExerciseLab(directory, exercise, finder);
    const { opened } = await catalog.add(directory);
    if (!opened) throw new HumanError(l10n.t('The lab of the exercise could not be made.'));
    await breakLab(opened.folder, exercise);
    try {
      await doOneDrill(exerciseScenario(exercise, 'symptom'), this.context, {
        lab: opened,
        token,
        tell,
        asks: false,
        onReport: async report =>
          pages.show(
            await drillPage(report, { title: text.title, happens: text.symptom }, { isRiddle: true }),
          ),
      });
    } catch (error) {
      await this.remove(exercise);
      throw error;
    }
    await stopLab(opened);
    await breakLab(opened.folder, exercise);
  }

  /** Does the drill with the confs as the person left them, and shows what came of it. They are left the same. */
  async check({ exercise, text }: ToldExercise, { token, tell }: ExerciseStep): Promise<DrillReport> {
    const lab = this.labOf(exercise);
    if (!lab) throw new HumanError(l10n.t('The lab of this exercise is not there any more. Begin it anew.'));
    const { directory } = lab.folder.paths;
    await saveAll(directory);
    // A lab.json that was saved just now is told of by its watcher only later.
    lab.session.change(await readLab(directory));
    await stopLab(lab);
    const confs = await keepConfs(lab.folder);
    await restoreConfs(lab.folder, confs);
    try {
      return await doOneDrill(exerciseScenario(exercise, 'repaired'), this.context, {
        lab,
        token,
        tell,
        asks: false,
        ifNotReady: l10n.t('So it is not repaired yet. Change its confs, then choose "Check Repair" again.'),
        onReport: async report =>
          this.context.pages.show(
            await drillPage(report, { title: text.title, lesson: text.lesson }, { isRiddle: true }),
          ),
      });
    } finally {
      await stopLab(lab);
      await restoreConfs(lab.folder, confs);
    }
  }

  /** Takes the lab of an exercise away, with everything in it. */
  async remove(exercise: Exercise): Promise<void> {
    const directory = this.directoryOf(exercise);
    const lab = this.labOf(exercise);
    if (lab) await stopLab(lab);
    await closeAll(directory);
    // Before the list changes: then all open confs are looked at, and nothing is wrong with one that is gone.
    await rm(path.join(directory, 'conf'), { recursive: true, force: true, maxRetries: 5 });
    await this.context.catalog.remove(directory);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Opens what is to be repaired: the conf that was made wrong, or lab.json and the master's conf. */
  async openConf(exercise: Exercise): Promise<void> {
    const lab = this.labOf(exercise);
    if (!lab) return;
    const { confTargets } = await import('../../core/drill/confEdit');
    const { paths, spec } = lab.folder;
    const [edit] = exercise.breakBy;
    const [node] = confTargets(edit?.conf ?? 'master', spec);
    const files = [...(edit ? [] : [paths.labFile]), ...(node ? [paths.conf(node)] : [])];
    for (const file of files) await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
  }
}

async function saveAll(directory: string): Promise<void> {
  for (const document of vscode.workspace.textDocuments)
    if (document.isDirty && isBelow(document.uri, directory)) await document.save();
}

/** Editors of files that are about to go. They are saved first, or each would ask what to do with it. */
async function closeAll(directory: string): Promise<void> {
  await saveAll(directory);
  const { tabGroups } = vscode.window;
  const tabs = tabGroups.all
    .flatMap(group => group.tabs)
    .filter(({ input }) => {
      if (input instanceof vscode.TabInputText) return isBelow(input.uri, directory);
      return input instanceof vscode.TabInputTextDiff && isBelow(input.modified, directory);
    });
  if (tabs.length > 0) await tabGroups.close(tabs);
}

function isBelow({ fsPath }: vscode.Uri, directory: string): boolean {
  return fsPath.startsWith(directory + path.sep);
}

async function stopLab({ session, operator }: OpenedLab): Promise<void> {
  await session.refresh();
  if (!nodesOf(session.store.state).some(isAlive)) return;
  const { signal } = new AbortController();
  await operator.stopLab({ signal, report: () => {}, warn: () => {} });
}
