import type { ToldScenario } from '../../core/view/scenarioChoices';
import { readBuiltInDrills } from '../files/drillFiles';
import { readScenarioTexts } from '../files/drillTexts';
import { scenarioIn } from './findScenario';

/** The scenarios that come with the program, with their texts in a language. `programs` is where `drills.json` is. */
export function builtInScenarios(
  programs: string,
  l10nFolder: string,
  language: string,
): readonly ToldScenario[] {
  const texts = readScenarioTexts(l10nFolder, language);
  return readBuiltInDrills(programs).scenarios.map(file => ({
    scenario: scenarioIn(file, file.name),
    text: texts[file.name] ?? {},
  }));
}
