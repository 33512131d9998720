import type { ExerciseText } from '../../core/drill/exercise';
import type { ScenarioText } from '../../core/drill/scenario';
import { readTexts } from './textFiles';

/** What people read about the built-in scenarios, by their names. */
export function readScenarioTexts(
  l10nFolder: string,
  language: string,
): Readonly<Record<string, ScenarioText>> {
  return readTexts(l10nFolder, 'scenarios', language);
}

/** What people read about the exercises, by their names. */
export function readExerciseTexts(
  l10nFolder: string,
  language: string,
): Readonly<Record<string, ExerciseText>> {
  return readTexts(l10nFolder, 'exercises', language);
}
