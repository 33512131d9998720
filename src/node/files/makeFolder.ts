import * as l10n from '@vscode/l10n';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HumanError } from '../../core/humanError';

/**
 * Makes a folder and those above it that are missing; gives the topmost one that was made. Not Node's own `recursive`, which tries
 * for ever where the system lets nobody make anything in a folder that is there (ENOENT in /proc).
 */
export async function makeFolder(path: string, mode?: number): Promise<string | undefined> {
  try {
    await mkdir(path, { mode });
    return path;
  } catch (error) {
    if (await isFolder(path)) return undefined;
    const parent = dirname(path);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || parent === path || (await isFolder(parent))) throw error;
    const top = await makeFolder(parent, mode);
    const made = await makeFolder(path, mode);
    return top ?? made;
  }
}

/** Makes a folder that only this user may read; what fails is told to the person. */
export async function makePrivateFolder(path: string): Promise<void> {
  await makeFolder(path, 0o700).catch(failedOn(path));
}

export function failedOn(path: string): (error: NodeJS.ErrnoException) => never {
  return error => {
    throw new HumanError(
      l10n.t(
        '"{0}" cannot be written ({1}). Give yourself write permission there, or put the lab into another folder.',
        path,
        error.code ?? '',
      ),
      { cause: error },
    );
  };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    info => info.isDirectory(),
    () => false,
  );
}
