import * as l10n from '@vscode/l10n';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { sentinelCanKeep } from '../../core/conf/sentinelConf';
import { HumanError } from '../../core/humanError';
import { sentinelNodes } from '../../core/model/lab';
import { readLabFile } from '../../core/model/labFile';
import { writeLabFile, type LabPlan } from '../../core/model/labPlan';
import type { ServerFinder } from '../serverFinder';
import { LabFolder } from './labFolder';
import { LabPaths } from './labPaths';
import { makeFolder } from './makeFolder';

/**
 * Writes a new lab into a folder: lab.json, and a conf for every node, valid for the server that will run it. The folder may exist,
 * a lab in it may not. When it fails, nothing is left of it.
 */
export async function createLab(
  directory: string,
  plan: LabPlan,
  options: { readonly finder: ServerFinder; readonly password: string | undefined },
): Promise<void> {
  const paths = new LabPaths(resolve(directory));
  const text = writeLabFile(plan, undefined);
  const result = readLabFile(text, basename(paths.directory));
  if (!('lab' in result)) {
    const [problem] = result.problems;
    throw new HumanError(l10n.t('This lab cannot be made: {0}', problem?.message ?? ''));
  }
  const { lab } = result;
  if (options.password !== undefined && sentinelNodes(lab).length > 0 && !sentinelCanKeep(options.password)) {
    throw new HumanError(
      l10n.t(
        'This password has blanks or quotes. Sentinel writes it into its conf without quoting it and could not start again, so choose another password or a lab without Sentinels.',
      ),
    );
  }
  const taken = [paths.labFile, ...lab.nodes.map(node => paths.conf(node))];
  for (const file of taken) {
    if (await exists(file))
      throw new HumanError(
        l10n.t('This file is there already and is not overwritten. Choose another folder, or remove it.'),
        { place: { file } },
      );
  }
  const folder = new LabFolder(paths, () => lab, options.finder);
  // Asked before anything is written, so that a missing or wrong redis-server leaves no half-made lab.
  for (const node of lab.nodes) await folder.server(node);
  const before = await readdir(paths.directory).catch(() => []);
  let made: string | undefined;
  try {
    made = await makeFolder(paths.directory);
    await folder.writeMissing(lab.nodes, options.password);
    await writeFile(paths.labFile, text, { flag: 'wx' });
  } catch (error) {
    await removeAll(made === undefined ? [...taken, paths.firstFolder, ...newParts(paths, before)] : [made]);
    if (error instanceof HumanError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new HumanError(
      l10n.t(
        '"{0}" cannot be written ({1}). Give yourself write permission there, or choose another folder.',
        paths.directory,
        code ?? '',
      ),
      { cause: error },
    );
  }
}

/** What a lab puts into its folder and was not there before. */
function newParts(paths: LabPaths, before: readonly string[]): readonly string[] {
  return ['conf', 'data', 'log']
    .filter(name => !before.includes(name))
    .map(name => join(paths.directory, name));
}

/** What cannot be removed either must not hide why the lab could not be made. */
async function removeAll(files: readonly string[]): Promise<void> {
  for (const path of files) await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
