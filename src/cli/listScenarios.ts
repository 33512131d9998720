import { join } from 'node:path';
import { readScenarioTexts } from '../node/files/drillTexts';
import { readBuiltInDrills } from '../node/files/drillFiles';
import type { CliContext } from './context';
import { currentLanguage } from './language';

/** Prints the built-in scenarios. */
export function listScenarios(isJson: boolean, { print }: CliContext): number {
  const texts = readScenarioTexts(join(__dirname, '..', 'l10n'), currentLanguage());
  const { scenarios } = readBuiltInDrills(__dirname);
  if (isJson) {
    print(
      JSON.stringify(
        scenarios.map(({ name }) => ({ name, ...texts[name] })),
        undefined,
        2,
      ),
    );
    return 0;
  }
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  for (const { name } of scenarios) print(`${name.padEnd(width)}  ${texts[name]?.title ?? ''}`);
  return 0;
}
