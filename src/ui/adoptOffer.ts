import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds } from '../contributions';
import { chooseConfs, isWorthAdopting } from '../core/conf/chooseConfs';
import { findConfs } from '../node/files/findConfs';
import type { LabCatalog } from './labs/labCatalog';

const silentKey = 'redisHaLab.noAdoptOffer';

/** Offers, in a folder with confs of a master, replicas or Sentinels and without a lab, to make a lab of them. */
export async function offerAdoption(catalog: LabCatalog, memory: vscode.Memento): Promise<void> {
  const hasLab = catalog.labs.some(({ isAdded }) => !isAdded);
  if (!vscode.workspace.isTrusted || hasLab || memory.get<boolean>(silentKey) === true) return;
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme !== 'file') continue;
    const confs = chooseConfs((await findConfs(uri.fsPath)).map(({ found }) => found));
    if (isWorthAdopting(confs)) return ask(uri, confs.length, memory);
  }
}

async function ask(folder: vscode.Uri, count: number, memory: vscode.Memento): Promise<void> {
  const show = l10n.t('Add as Lab…');
  const never = l10n.t("Don't Ask Again");
  const answer = await vscode.window.showInformationMessage(
    l10n.t(
      'This folder has {0} conf files of Redis that belong together. They can be a lab, as they are.',
      count,
    ),
    show,
    never,
  );
  if (answer === show) await vscode.commands.executeCommand(commandIds.adoptConfs, folder);
  if (answer === never) await memory.update(silentKey, true);
}
