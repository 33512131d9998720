import * as vscode from 'vscode';
import { settingIds } from '../contributions';

/** The server the person chose for all labs; VS Code itself leaves out the workspace's value where the workspace is not trusted. */
export function serverPathSetting(): string | undefined {
  return vscode.workspace.getConfiguration().get<string>(settingIds.serverPath) || undefined;
}

export async function chooseServerPath(path: string): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(settingIds.serverPath, path, vscode.ConfigurationTarget.Global);
}

/** Whether the labs of this folder are started when it is opened. */
export function startsOnOpen(folder: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(undefined, folder).get<boolean>(settingIds.startOnOpen) === true;
}

/** Whether the channel of events has every line of the logs, and not only what is worth a person's attention. */
export function showsAllEvents(): boolean {
  return vscode.workspace.getConfiguration().get<string>(settingIds.events) === 'all';
}
