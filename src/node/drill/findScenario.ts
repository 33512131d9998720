import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { messagesIn, readScenario, type Scenario } from '../../core/drill/scenario';
import { HumanError } from '../../core/humanError';
import { allMessages } from '../../core/log/allMessages';
import { readBuiltInDrills, readDrillFile, type DrillFile } from '../files/drillFiles';

/**
 * The scenario that a person names: a built-in one by its name, any other one by the path of its file. A HumanError says what is wrong
 * with the file, with the line. `programs` is where `drills.json` is.
 */
export function findScenario(wanted: string, programs: string): Scenario {
  const builtIn = readBuiltInDrills(programs).scenarios;
  const known = builtIn.find(({ name }) => name === wanted);
  if (known) return scenarioIn(known, wanted);
  if (existsSync(wanted)) return scenarioIn(read(wanted), resolve(wanted));
  if (/[\\/]|\.json$/.test(wanted))
    throw new HumanError(l10n.t('This file does not exist.'), { place: { file: resolve(wanted) } });
  throw new HumanError(
    l10n.t(
      'There is no scenario "{0}". "redis-ha-lab drill --list" shows those that are built in; one of yours is named by the path of its file.',
      wanted,
    ),
    { place: { file: wanted } },
  );
}

function read(file: string): DrillFile {
  try {
    return readDrillFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new HumanError(l10n.t('This file cannot be read ({0}).', code ?? ''), {
      place: { file: resolve(file) },
      cause: error,
    });
  }
}

/** Reads a scenario; `file` is how messages name it. */
export function scenarioIn({ name, text }: DrillFile, file: string): Scenario {
  const result = readScenario(text, name);
  if ('problems' in result) {
    const [first] = result.problems;
    throw new HumanError(first?.message ?? '', { place: { file, line: first?.line ?? 1 } });
  }
  const { scenario } = result;
  const ids = new Set(allMessages.map(({ id }) => id));
  const unknown = messagesIn(scenario).find(id => !ids.has(id));
  if (unknown !== undefined)
    throw new HumanError(l10n.t('No message has the id "{0}".', unknown), {
      place: { file, line: lineOf(`"${unknown}"`, text) },
    });
  return scenario;
}

function lineOf(words: string, text: string): number {
  return text.slice(0, text.indexOf(words)).split('\n').length;
}
