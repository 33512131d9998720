import * as l10n from '@vscode/l10n';
import type { ConfEdit } from '../drill/confEdit';
import type { Exercise, ExerciseText } from '../drill/exercise';

/** An exercise with what people read about it. */
export interface ToldExercise {
  readonly exercise: Exercise;
  readonly text: ExerciseText;
}

/** What the solution is, in sentences: the answer, the hint, and which lines made the lab wrong. */
export function solutionText({ exercise, text }: ToldExercise): string {
  const answer = text.choices[exercise.right];
  return [
    ...(answer ? [`${answer.text}: ${answer.why}`] : []),
    text.hint,
    ...exercise.breakBy.map(editText),
  ].join(' ');
}

function editText({ conf, set, remove }: ConfEdit): string {
  const lines = [
    ...Object.entries(set).map(([name, value]) => l10n.t('set to "{0}"', `${name} ${value}`)),
    ...remove.map(name => l10n.t('without "{0}"', name)),
  ];
  return l10n.t('What was done to {0}: {1}.', conf, lines.join(', '));
}
