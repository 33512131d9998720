import * as l10n from '@vscode/l10n';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { commandIds, viewId, type CommandId } from '../../contributions';
import { chooseConfs } from '../../core/conf/chooseConfs';
import { HumanError } from '../../core/humanError';
import { adoptionText, foundText, problemText } from '../../core/view/adoptionText';
import { adoptLab, planAdoption, problemError, type AdoptionPlan } from '../../node/files/adoptLab';
import { findConfs, homeOf, readConfs, type ConfOnDisk } from '../../node/files/findConfs';
import { Cancelled } from '../errors';
import type { CommandBody } from './commandContext';
import { revealLab, startOpenedLab } from './labCommands';

/** Makes a lab of conf files that are there: which ones, what they are together, then lab.json. The confs are not changed. */
const adoptConfs: CommandBody = async ({ catalog, tree, view }, target, selected) => {
  if (!vscode.workspace.isTrusted)
    throw new HumanError(
      l10n.t(
        'This workspace is not trusted, so no lab is made in it. "Manage Workspace Trust" changes that.',
      ),
    );
  const found = await search(target, selected);
  const chosen = await pickConfs(found);
  const files = chosen.map(({ file }) => file);
  const directory = labDirectory(files);
  const plan = await planAdoption(directory, await readConfs(files, directory));
  const { start } = await confirm(plan);
  await adoptLab(plan);
  const entry = await catalog.add(directory);
  await vscode.commands.executeCommand(`${viewId}.focus`);
  await revealLab(tree, view, entry.directory);
  if (start && entry.opened) await startOpenedLab(entry.opened);
};

/** The confs of what was clicked on, else of the open folders, else of a folder that the person chooses. */
async function search(target: unknown, selected: unknown): Promise<readonly ConfOnDisk[]> {
  const clicked = [target, ...(Array.isArray(selected) ? (selected as unknown[]) : [])].filter(
    uri => uri instanceof vscode.Uri,
  );
  const paths = [...new Set(clicked.map(({ fsPath }) => fsPath))];
  if (paths.length > 0) return searchIn(paths);
  const open = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const inside = (await Promise.all(open.map(folder => findConfs(folder)))).flat();
  if (inside.length > 0) return inside;
  const [picked] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      title: l10n.t('Choose a folder with conf files of Redis'),
      openLabel: l10n.t('Look for Confs'),
    })) ?? [];
  if (!picked) throw new Cancelled();
  return searchIn([picked.fsPath]);
}

async function searchIn(paths: readonly string[]): Promise<readonly ConfOnDisk[]> {
  const [first] = paths;
  const isFolder = first !== undefined && (await stat(first)).isDirectory();
  // One file alone stands for all that lie beside it.
  const found =
    first !== undefined && paths.length === 1
      ? await findConfs(isFolder ? first : homeOf([first]))
      : await readConfs(paths, homeOf(paths));
  if (found.length > 0) return found;
  throw new HumanError(
    l10n.t(
      'There is no conf of Redis in "{0}". Choose the folder with the confs of a master, its replicas and Sentinels.',
      basename(first ?? ''),
    ),
  );
}

async function pickConfs(found: readonly ConfOnDisk[]): Promise<readonly ConfOnDisk[]> {
  const first = chooseConfs(found.map(conf => conf.found));
  const items = found.map(conf => ({
    label: conf.found.path,
    description: foundText(conf.found),
    picked: first.includes(conf.found),
    conf,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: l10n.t('Add Existing Conf Files as Lab'),
    placeHolder: l10n.t('Which of these {0} conf files make the lab?', found.length),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) throw new Cancelled();
  return picked.map(({ conf }) => conf);
}

/** Beside the confs; outside of the open folders only where the confs lie outside too. */
function labDirectory(files: readonly string[]): string {
  const home = homeOf(files);
  const isInside = (path: string): boolean =>
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path)) !== undefined;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return !isInside(home) && folder && files.every(isInside) ? folder.uri.fsPath : home;
}

/** Shows what the confs are together and what is wrong; only when nothing stands in the way can it be accepted. */
async function confirm(plan: AdoptionPlan): Promise<{ readonly start: boolean }> {
  const { adoption, directory } = plan;
  const errors = adoption.problems.filter(({ severity }) => severity === 'error');
  const [fatal, second] = errors;
  if (fatal && !second) throw problemError(fatal, directory);
  const lines = adoptionText(adoption);
  if (fatal) {
    const open = l10n.t('Open File');
    const detail = [...errors.map(problemText), '', ...lines].join('\n');
    const answer = await vscode.window.showErrorMessage(
      l10n.t('These confs cannot be a lab yet: {0} things to change.', errors.length),
      { modal: true, detail },
      open,
    );
    const { place } = problemError(errors.find(({ file }) => file !== undefined) ?? fatal, directory).details;
    if (answer === open && place)
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(place.file));
    throw new Cancelled();
  }
  const make = l10n.t('Make Lab');
  const makeAndStart = l10n.t('Make and Start');
  const notes = adoption.problems.map(problemText);
  const where = l10n.t(
    'lab.json and the folders data, log and run are made in "{0}". The confs stay as they are; copies of them are kept to show later what the servers changed.',
    directory,
  );
  const detail = [...lines, '', ...(notes.length > 0 ? [...notes, ''] : []), where].join('\n');
  const answer = await vscode.window.showInformationMessage(
    l10n.t('Make the lab "{0}" of {1} conf files?', basename(directory), adoption.nodes.length),
    { modal: true, detail },
    make,
    makeAndStart,
  );
  if (answer === undefined) throw new Cancelled();
  return { start: answer === makeAndStart };
}

export const adoptCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.adoptConfs]: adoptConfs,
};
