import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { HumanError } from '../../core/humanError';
import type { ToldExercise } from '../../core/view/exerciseText';
import { drillMisses } from '../../core/view/drillTestText';
import type { DrillContext } from '../drills/drillContext';
import { ExerciseProgress } from '../drills/exerciseProgress';
import type { Exercises, ExerciseStep } from '../drills/exercises';
import { Cancelled } from '../errors';
import type { CommandBody } from './commandContext';

async function exercisesOf(context: DrillContext): Promise<Exercises> {
  if (!vscode.workspace.isTrusted)
    throw new HumanError(
      l10n.t(
        'This workspace is not trusted, so no drill is done in it. "Manage Workspace Trust" changes that.',
      ),
    );
  const loaded = await import('../drills/exercises');
  return new loaded.Exercises(context);
}

const exercise: CommandBody = async ({ drilling }) => {
  const exercises = await exercisesOf(drilling);
  const progress = new ExerciseProgress(drilling.memory);
  const states = progress.all;
  const icons = { solved: 'pass-filled', begun: 'circle-large-filled', none: 'circle-large-outline' };
  const words = { solved: l10n.t('solved'), begun: l10n.t('begun'), none: '' };
  const picked = await vscode.window.showQuickPick(
    exercises.all().map(told => {
      const state = states[told.exercise.name] ?? 'none';
      return {
        label: `$(${icons[state]}) ${told.text.title}`,
        description: words[state],
        detail: told.text.symptom,
        told,
      };
    }),
    {
      title: l10n.t('Break it, then repair it'),
      placeHolder: l10n.t('A lab is set up wrong; you see what comes of it, say why, and repair it'),
      matchOnDetail: true,
    },
  );
  if (!picked) throw new Cancelled();
  const { told } = picked;
  await stepping(told, drilling, async step => exercises.showSymptom(told, step));
  await progress.note(told.exercise.name, 'begun');
  await askQuestion(told);
  await exercises.openConf(told.exercise);
  offerCheck(
    l10n.t(
      '{0} The lab is stopped and still wrong. Repair its confs, then check: the drill is done again.',
      told.text.choices[told.exercise.right]?.why ?? '',
    ),
  );
};

/** Asked until the answer is right; a wrong one stays in the list with the reason why it is wrong. */
async function askQuestion({ exercise: { choices, right }, text }: ToldExercise): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const picked = await vscode.window.showQuickPick(
      choices.map(id => ({
        label: `$(${tried.has(id) ? 'error' : 'circle-large-outline'}) ${text.choices[id]?.text ?? id}`,
        detail: tried.has(id) ? (text.choices[id]?.why ?? '') : '',
        id,
      })),
      { title: text.title, placeHolder: text.question, ignoreFocusOut: true },
    );
    if (!picked) throw new Cancelled();
    if (picked.id === right) return;
    tried.add(picked.id);
  }
}

const checkRepair: CommandBody = async ({ drilling }) => {
  const exercises = await exercisesOf(drilling);
  const told = await pickBegun(exercises);
  const missing = await stepping(told, drilling, async step => {
    try {
      return drillMisses(await exercises.check(told, step))[0]?.message;
    } catch (error) {
      // Some labs do not even get ready as long as they are wrong. What names a place or a remedy is told as an error.
      const isMissing =
        error instanceof HumanError && !error.details.place && error.details.remedy === undefined;
      if (isMissing) return error.message;
      throw error;
    }
  });
  if (missing !== undefined) {
    offerCheck(l10n.t('Not repaired yet. {0}', missing));
    return;
  }
  await new ExerciseProgress(drilling.memory).note(told.exercise.name, 'solved');
  const clean = l10n.t('Clean Up');
  void vscode.window
    .showInformationMessage(l10n.t('Repaired. {0}', told.text.lesson), clean)
    .then(async answer => {
      if (answer === clean) await exercises.remove(told.exercise);
    });
};

/** Does not wait for the answer: the person is about to edit. */
function offerCheck(message: string, isSolved = false): void {
  const [check, solution] = [l10n.t('Check Repair'), l10n.t('Show Solution')];
  const buttons = isSolved ? [check] : [check, solution];
  void vscode.window.showInformationMessage(message, ...buttons).then(async answer => {
    if (answer === check) await vscode.commands.executeCommand(commandIds.checkRepair);
    if (answer === solution) await vscode.commands.executeCommand(commandIds.showSolution);
  });
}

const showSolution: CommandBody = async ({ drilling }) => {
  const exercises = await exercisesOf(drilling);
  const told = await pickBegun(exercises);
  const { solutionText } = await import('../../core/view/exerciseText');
  await exercises.openConf(told.exercise);
  const lab = exercises.labOf(told.exercise);
  if (lab) offerCheck(solutionText(told, lab.session.lab), true);
};

const endExercise: CommandBody = async ({ drilling }) => {
  const exercises = await exercisesOf(drilling);
  const told = await pickBegun(exercises);
  await exercises.remove(told.exercise);
};

/** The exercise whose file is in the editor, the only one that is begun, or the one that the person picks. */
async function pickBegun(exercises: Exercises): Promise<ToldExercise> {
  const begun = exercises.begun();
  const file = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  const [first, second] = begun;
  if (!first)
    throw new HumanError(l10n.t('No exercise is begun. "Break It, Then Repair It…" begins one.'), {
      remedy: 'beginExercise',
    });
  if (!second) return first;
  const shown = begun.find(({ exercise: each }) => {
    const directory = exercises.labOf(each)?.folder.paths.directory;
    return directory !== undefined && file.startsWith(directory);
  });
  if (shown) return shown;
  const picked = await vscode.window.showQuickPick(
    begun.map(told => ({ label: told.text.title, told })),
    { placeHolder: l10n.t('Choose an exercise') },
  );
  if (!picked) throw new Cancelled();
  return picked.told;
}

async function stepping<T>(
  { text }: ToldExercise,
  { log }: DrillContext,
  work: (step: ExerciseStep) => Promise<T>,
): Promise<T> {
  const title = l10n.t('Exercise: {0}', text.title);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) =>
      work({
        token,
        tell: message => {
          progress.report({ message });
          log.info(`${title}: ${message}`);
        },
      }),
  );
}

export const exerciseCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.exercise]: exercise,
  [commandIds.checkRepair]: checkRepair,
  [commandIds.showSolution]: showSolution,
  [commandIds.endExercise]: endExercise,
};
