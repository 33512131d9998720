import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { HumanError } from '../../core/humanError';
import { isAlive, nodesOf } from '../../core/model/labState';
import { requestFailover } from '../../lab/failover';
import { sendCommand } from '../../node/redis/command';
import { Cancelled, openPlace } from '../errors';
import type { LabEntry, OpenedLab } from '../labs/labEntry';
import { isNodeRef } from '../labs/nodeRef';
import type { CommandBody, CommandContext } from './commandContext';
import { pickLab } from './pickTarget';
import { withProgress } from './withProgress';

const runs = (lab: OpenedLab): boolean => nodesOf(lab.session.store.state).some(isAlive);
const isStopped = (lab: OpenedLab): boolean => nodesOf(lab.session.store.state).some(node => !isAlive(node));

export async function startOpenedLab({ session, operator }: OpenedLab): Promise<void> {
  await withProgress(l10n.t('Starting {0}', session.lab.name), 'long', options => operator.startLab(options));
}

async function stopOpenedLab({ session, operator }: OpenedLab): Promise<void> {
  await withProgress(l10n.t('Stopping {0}', session.lab.name), 'short', options => operator.stopLab(options));
}

const startLab: CommandBody = async ({ catalog }, target) =>
  startOpenedLab((await pickLab(catalog, target, isStopped)).lab);
const stopLab: CommandBody = async ({ catalog }, target) =>
  stopOpenedLab((await pickLab(catalog, target, runs)).lab);

const restartLab: CommandBody = async ({ catalog }, target) => {
  const { lab } = await pickLab(catalog, target, runs);
  await stopOpenedLab(lab);
  await startOpenedLab(lab);
};

const startAll: CommandBody = async ({ catalog, errors }) => {
  for (const entry of openedLabs(catalog.labs))
    await startOpenedLab(entry.opened).catch((error: unknown) => errors.report(error, entry.directory));
};

const stopAll: CommandBody = async ({ catalog, errors }) => {
  for (const entry of openedLabs(catalog.labs))
    await stopOpenedLab(entry.opened).catch((error: unknown) => errors.report(error, entry.directory));
};

function openedLabs(entries: readonly LabEntry[]): readonly (LabEntry & { readonly opened: OpenedLab })[] {
  return entries.filter(
    (entry): entry is LabEntry & { readonly opened: OpenedLab } => entry.opened !== undefined,
  );
}

const failover: CommandBody = async ({ catalog }, target) => {
  const { lab } = await pickLab(catalog, target, runs);
  const { session, folder } = lab;
  await withProgress(l10n.t('Failing over {0}', session.lab.masterName), 'long', async ({ signal }) => {
    await requestFailover(
      session,
      async sentinel => {
        await sendCommand(
          sentinel.listenPort,
          await folder.passwordOf(sentinel),
          'SENTINEL',
          'FAILOVER',
          session.lab.masterName,
        );
      },
      signal,
    );
  });
};

const resetLab: CommandBody = async ({ catalog }, target) => {
  const { lab } = await pickLab(catalog, target);
  const { folder, session, faults } = lab;
  const reset = l10n.t('Reset');
  const size = await folder.dataSize();
  const detail = [
    l10n.t(
      'Data and logs of {0} nodes ({1}) are deleted; confs go back to their first form.',
      session.lab.nodes.length,
      sizeText(size),
    ),
    ...(runs(lab) ? [l10n.t('The lab is stopped first.')] : []),
  ].join(' ');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Reset {0}?', session.lab.name),
    { modal: true, detail },
    reset,
  );
  if (answer !== reset) throw new Cancelled();
  if (runs(lab)) await stopOpenedLab(lab);
  if (runs(lab)) throw new HumanError(l10n.t('"{0}" still runs, so it was not reset.', session.lab.name));
  await faults.undoAll({ start: false });
  await folder.reset();
  await session.refresh();
};

/** Bytes in the largest sensible unit. */
function sizeText(bytes: number): string {
  if (bytes < 1_000) return l10n.t('{0} bytes', bytes);
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const openLabFile: CommandBody = async ({ catalog }, target) => {
  const entry = isNodeRef(target) ? catalog.get(target.lab) : (await pickLab(catalog, target)).entry;
  if (entry?.error?.details.place) await openPlace(entry.error.details.place);
  else if (entry?.opened) await openPlace({ file: entry.opened.folder.paths.labFile });
};

const revealFolder: CommandBody = async ({ catalog }, target) => {
  const directory = isNodeRef(target) ? target.lab : (await pickLab(catalog, target)).entry.directory;
  const uri = vscode.Uri.file(directory);
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(isInside ? 'revealInExplorer' : 'revealFileInOS', uri);
};

const removeLab: CommandBody = async ({ catalog }, target) => {
  const { entry, lab } = await pickLab(catalog, target);
  if (!entry.isAdded)
    throw new HumanError(
      l10n.t(
        '"{0}" belongs to the open folder, so it stays in the list; deleting its lab.json takes it out.',
        lab.session.lab.name,
      ),
    );
  if (runs(lab)) throw new HumanError(l10n.t('"{0}" still runs. Stop it first.', lab.session.lab.name));
  await catalog.remove(entry.directory);
};

const openLab: CommandBody = async ({ catalog, tree, view }) => {
  const picked = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: l10n.t('Open Lab'),
    title: l10n.t('Choose a folder with a lab.json'),
  });
  const [uri] = picked ?? [];
  if (!uri) throw new Cancelled();
  const entry = await catalog.add(uri.fsPath);
  if (entry.error) {
    const { error } = entry;
    if (error.details.remedy !== 'openLabFile') await catalog.remove(uri.fsPath);
    throw error;
  }
  await revealLab(tree, view, entry.directory);
};

/** Shows and selects the row of a lab. */
export async function revealLab(
  tree: CommandContext['tree'],
  view: CommandContext['view'],
  directory: string,
): Promise<void> {
  tree.getChildren();
  const element = tree.find(directory);
  if (element) await view.reveal(element, { select: true, focus: false, expand: true });
}

const refresh: CommandBody = async ({ catalog }) => catalog.refresh();

export const labCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.startLab]: startLab,
  [commandIds.stopLab]: stopLab,
  [commandIds.restartLab]: restartLab,
  [commandIds.startAll]: startAll,
  [commandIds.stopAll]: stopAll,
  [commandIds.failover]: failover,
  [commandIds.resetLab]: resetLab,
  [commandIds.openLabFile]: openLabFile,
  [commandIds.revealFolder]: revealFolder,
  [commandIds.removeLab]: removeLab,
  [commandIds.openLab]: openLab,
  [commandIds.refresh]: refresh,
};
