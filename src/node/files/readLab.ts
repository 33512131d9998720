import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { HumanError } from '../../core/humanError';
import type { Lab } from '../../core/model/lab';
import { readLabFile } from '../../core/model/labFile';
import { LabPaths } from './labPaths';

/** Reads the lab of a folder; the error of a faulty lab.json names the file, the line and every problem. */
export async function readLab(directory: string): Promise<Lab> {
  const folder = resolve(directory);
  const { labFile } = new LabPaths(folder);
  const result = readLabFile(await readText(labFile), basename(folder));
  if ('lab' in result) return result.lab;
  const [first, ...rest] = result.problems;
  const more = rest.map(problem => l10n.t('line {0}: {1}', problem.line, problem.message));
  const message = [first?.message ?? '', ...more].join(' ');
  throw new HumanError(message, { place: { file: labFile, line: first?.line ?? 1 }, remedy: 'openLabFile' });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? l10n.t(
            'There is no lab here: the file does not exist. Make one with "Redis HA: Create Lab…" or "redis-ha-lab create".',
          )
        : l10n.t('The file cannot be read ({0}).', code ?? '');
    throw new HumanError(message, { place: { file }, cause: error });
  }
}
