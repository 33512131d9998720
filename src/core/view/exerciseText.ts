import * as l10n from '@vscode/l10n';
import { confTargets, editedLines, type ConfEdit } from '../drill/confEdit';
import type { Exercise, ExerciseText } from '../drill/exercise';
import type { Lab } from '../model/lab';

/** An exercise with what people read about it. */
export interface ToldExercise {
  readonly exercise: Exercise;
  readonly text: ExerciseText;
}

/** What the solution is, in sentences: the answer, the hint, and which lines make the lab wrong. */
export function solutionText({ exercise, text }: ToldExercise, lab: Lab): string {
  const answer = text.choices[exercise.right];
  return [
    ...(answer ? [`${answer.text}: ${answer.why}`] : []),
    text.hint,
    ...exercise.breakBy.map(edit => editText(edit, lab)),
  ].join(' ');
}

function editText(edit: ConfEdit, lab: Lab): string {
  const files = confTargets(edit.conf, lab).map(({ conf }) => conf.split('/').at(-1));
  const { written, removed } = editedLines(edit, lab);
  const lines = [...written.map(line => `"${line}"`), ...removed.map(name => l10n.t('no "{0}"', name))];
  return l10n.t('Wrong in {0}: {1}.', files.join(', '), lines.join(', '));
}
