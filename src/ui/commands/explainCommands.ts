import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { Cancelled } from '../errors';
import type { CommandBody } from './commandContext';

/** The Explorer gives the row and all selected ones; the editor its document; the palette nothing, so it asks. */
const explainLogs: CommandBody = async ({ explaining }, target, selected) => {
  const uris = urisOf(target, selected);
  const chosen = uris.length > 0 ? uris : await chooseLogs(l10n.t('Explain'));
  const { explainLogFiles } = await import('../editor/explainLogs');
  await explainLogFiles(
    chosen.map(uri => uri.fsPath),
    explaining,
  );
};

const explainClipboard: CommandBody = async ({ explaining }) => {
  const loaded = await import('../editor/explainLogs');
  await loaded.explainClipboard(explaining);
};

export function urisOf(target: unknown, selected: unknown): readonly vscode.Uri[] {
  const all: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [target];
  return all.filter(item => item instanceof vscode.Uri);
}

/** Asks for log files; `label` is what the button of the dialog says. */
export async function chooseLogs(label: string): Promise<readonly vscode.Uri[]> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  const picked = await vscode.window.showOpenDialog({
    ...(shown?.scheme === 'file' ? { defaultUri: vscode.Uri.joinPath(shown, '..') } : {}),
    canSelectMany: true,
    canSelectFiles: true,
    // Windows and Linux know no dialog for both; folders are explained from the Explorer.
    canSelectFolders: process.platform === 'darwin',
    openLabel: label,
    title: l10n.t('Choose the logs of all nodes: they are told as one story'),
    filters: { [l10n.t('Logs')]: ['log', 'txt', '1', '2', '3'], [l10n.t('All files')]: ['*'] },
  });
  if (!picked) throw new Cancelled();
  return picked;
}

export const explainCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.explainLogs]: explainLogs,
  [commandIds.explainClipboard]: explainClipboard,
};
