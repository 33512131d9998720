import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { compareDrills, readDrillFigures, type DrillFigures } from '../core/drill/compareDrills';
import { HumanError } from '../core/humanError';
import { comparisonMarkdown } from '../core/view/comparisonMarkdown';
import type { CliContext } from './context';
import { UsageError } from './usageError';

/** Prints two drills side by side, from the files that `drill --json` made. */
export async function compareFiles(
  files: readonly string[],
  isJson: boolean,
  { print }: CliContext,
): Promise<number> {
  const [first, second, ...more] = files;
  if (first === undefined || second === undefined || more.length > 0)
    throw new UsageError(l10n.t('Expected: {0}.', 'compare A.json B.json'));
  const comparison = compareDrills(await read(first), await read(second));
  print(
    isJson
      ? JSON.stringify(comparison, undefined, 2)
      : comparisonMarkdown(comparison, [basename(first), basename(second)]).trimEnd(),
  );
  return 0;
}

async function read(file: string): Promise<DrillFigures> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new HumanError(l10n.t('This file cannot be read ({0}).', error.code ?? ''), {
      place: { file: resolve(file) },
      cause: error,
    });
  });
  const figures = readDrillFigures(parsed(text));
  if (figures) return figures;
  throw new HumanError(l10n.t('This is no report of a drill. "redis-ha-lab drill … --json" prints one.'), {
    place: { file: resolve(file) },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
