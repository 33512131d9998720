import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { messagesIn, readScenario, type Scenario, type ScenarioResult } from '../../core/drill/scenario';
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

/** Reads a scenario; `file` is how messages name it. A HumanError names the first problem. */
export function scenarioIn(drill: DrillFile, file: string): Scenario {
  const result = readKnownScenario(drill);
  if ('scenario' in result) return result.scenario;
  const [first] = result.problems;
  throw new HumanError(first?.message ?? '', { place: { file, line: first?.line ?? 1 } });
}

/** Reads a scenario and looks whether the log messages that it names are known. */
export function readKnownScenario({ name, text }: DrillFile): ScenarioResult {
  const result = readScenario(text, name);
  if ('problems' in result) return result;
  const ids = new Set(allMessages.map(({ id }) => id));
  const unknown = messagesIn(result.scenario).filter(id => !ids.has(id));
  if (unknown.length === 0) return result;
  return {
    problems: unknown.map(id => ({
      line: lineOf(`"${id}"`, text),
      column: 1,
      message: l10n.t('No message has the id "{0}".', id),
    })),
  };
}

function lineOf(words: string, text: string): number {
  return text.slice(0, text.indexOf(words)).split('\n').length;
}
