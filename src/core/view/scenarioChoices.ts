import * as l10n from '@vscode/l10n';
import type { Scenario, ScenarioText } from '../drill/scenario';

/** A scenario with what people read about it. */
export interface ToldScenario {
  readonly scenario: Scenario;
  readonly text: Partial<ScenarioText>;
}

/** A scenario as a row of a list. */
export interface ScenarioChoice extends ToldScenario {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** What the lab lacks for it, one sentence each. */
  readonly obstacles: readonly string[];
}

/** The scenarios as rows, first those that fit. `obstaclesOf` says what the lab lacks that the person has named; undefined: no lab is named yet. */
export function scenarioChoices(
  scenarios: readonly ToldScenario[],
  obstaclesOf: ((scenario: Scenario) => readonly string[]) | undefined,
): readonly ScenarioChoice[] {
  const choices = scenarios.map(told => {
    const { scenario, text } = told;
    const obstacles = obstaclesOf?.(scenario) ?? [];
    return {
      ...told,
      label: text.title ?? scenario.name,
      description: obstacles.length > 0 ? l10n.t('in a lab of its own. {0}', obstacles.join(' ')) : '',
      detail: text.happens ?? '',
      obstacles,
    };
  });
  return choices.toSorted((a, b) => Number(a.obstacles.length > 0) - Number(b.obstacles.length > 0));
}
