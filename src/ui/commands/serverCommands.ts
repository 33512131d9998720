import * as l10n from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commandIds, contextKeys, type CommandId } from '../../contributions';
import { displayVersion } from '../../core/conf/serverVersion';
import { installCommand, type Platform } from '../../core/launch/serverCandidates';
import type { ServerFinder } from '../../node/serverFinder';
import { Cancelled } from '../errors';
import { chooseServerPath } from '../settings';
import type { CommandBody } from './commandContext';

/** How long a shell may take until its prompt is there, in milliseconds. */
const promptTime = 3_000;
/** The shell tells of itself just before it draws its prompt. */
const settleTime = 200;

/** Types the right command into a terminal and leaves it to the person to run it. */
const installRedis: CommandBody = async () => {
  const platform = process.platform as Platform;
  if (platform === 'win32') {
    const wsl = l10n.t('Install WSL…');
    const picked = await vscode.window.showInformationMessage(
      l10n.t(
        'On Windows there are three ways: an unpacked archive of Redis for Windows, then "Choose a Binary…"; Memurai; or WSL, where redis-server comes from the package manager and VS Code opens the folder in WSL.',
      ),
      wsl,
    );
    if (picked !== wsl) return;
  }
  const command = installCommand(platform, process.getuid?.() === 0);
  if (command === undefined) return;
  const terminal = vscode.window.createTerminal({
    name: l10n.t('Install Redis'),
    iconPath: new vscode.ThemeIcon('cloud-download'),
    isTransient: true,
  });
  terminal.show();
  await promptOf(terminal);
  await sleep(settleTime);
  terminal.sendText(command, false);
};

/** Waits until the shell can be typed into: what comes before is shown twice. Some shells never tell. */
async function promptOf(terminal: vscode.Terminal): Promise<void> {
  // The folder is known with the first prompt.
  const isThere = (): boolean => terminal.shellIntegration?.cwd !== undefined;
  if (isThere()) return;
  await new Promise<void>(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(end, promptTime);
    const listening = vscode.window.onDidChangeTerminalShellIntegration(event => {
      if (event.terminal === terminal && isThere()) end();
    });
  });
}

const chooseServer: CommandBody = async ({ finder }) => {
  const found = await finder.findAll();
  const browse = { label: l10n.t('$(folder-opened) Browse…'), description: '', path: undefined };
  const items = [
    ...found.map(server => ({
      label: displayVersion(server.version),
      description: server.path,
      path: server.path,
    })),
    browse,
  ];
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: l10n.t('The redis-server or valkey-server for all labs that name none'),
    matchOnDescription: true,
  });
  if (!picked) throw new Cancelled();
  const path = picked.path ?? (await browseForServer());
  // Asked before it is kept: what is no redis-server is refused here and not at the next start.
  await finder.find(path, '/');
  await chooseServerPath(path);
  await tellWhetherServerIsThere(finder);
};

async function browseForServer(): Promise<string> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectMany: false,
    title: l10n.t('Choose redis-server or valkey-server'),
  });
  const [uri] = picked ?? [];
  if (!uri) throw new Cancelled();
  return uri.fsPath;
}

/** The welcome view says different things with and without a redis-server. */
export async function tellWhetherServerIsThere(finder: ServerFinder): Promise<void> {
  const isThere = await finder.find(undefined, '/').then(
    () => true,
    () => false,
  );
  await vscode.commands.executeCommand('setContext', contextKeys.serverFound, isThere);
  await vscode.commands.executeCommand('setContext', contextKeys.serverMissing, !isThere);
}

export const serverCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.installRedis]: installRedis,
  [commandIds.chooseServer]: chooseServer,
};
