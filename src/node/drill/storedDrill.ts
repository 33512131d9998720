import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readDrillFigures, type DrillFigures } from '../../core/drill/compareDrills';
import { HumanError } from '../../core/humanError';
import { parsedJson } from '../../core/parsedJson';

/** Reads the report of a drill from a file that `drill --json` printed; a HumanError says why it cannot be compared. */
export async function readStoredDrill(file: string): Promise<DrillFigures> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new HumanError(l10n.t('This file cannot be read ({0}).', error.code ?? ''), {
      place: { file: resolve(file) },
      cause: error,
    });
  });
  const figures = readDrillFigures(parsedJson(text));
  if (figures) return figures;
  throw new HumanError(l10n.t('This is no report of a drill. "redis-ha-lab drill … --json" prints one.'), {
    place: { file: resolve(file) },
  });
}
