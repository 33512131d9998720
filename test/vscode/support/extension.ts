import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { viewId, type CommandId } from '../../../src/contributions';
import type { RedisHaLabApi } from '../../../src/extension';

export const extensionId = 'redis-ha-lab.redis-ha-lab';

/** The extension under test, activated. */
export async function extension(): Promise<RedisHaLabApi> {
  const found = vscode.extensions.getExtension<RedisHaLabApi>(extensionId);
  assert.ok(found, `${extensionId} is not installed`);
  return found.activate();
}

/** The folder that the window has open. */
export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return folder.uri.fsPath;
}

/** Shows the tree, which is when nodes are asked every second. */
export async function showView(): Promise<void> {
  await vscode.commands.executeCommand(`${viewId}.focus`);
}

/** Takes the tree out of sight. */
export async function hideView(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.explorer');
}

/**
 * Runs a command as a click on a row does, and gives the error messages that it showed. Nobody is there to close them, so
 * they are answered at once, with no button.
 */
export async function runCommand(id: CommandId, target?: unknown): Promise<readonly string[]> {
  const shown = await messagesDuring('showErrorMessage', async () => {
    await vscode.commands.executeCommand(id, target);
  });
  return shown.map(([text = '']) => text);
}

/** Does the work, and gives every message of this kind that is shown meanwhile: its text and its buttons. None of them is pressed. */
export async function messagesDuring(
  kind: 'showErrorMessage' | 'showInformationMessage',
  work: () => Promise<void>,
): Promise<readonly (readonly string[])[]> {
  const shown: string[][] = [];
  const former = vscode.window[kind];
  const value = async (...texts: string[]): Promise<undefined> => void shown.push(texts);
  Object.defineProperty(vscode.window, kind, { value, configurable: true });
  try {
    await work();
  } finally {
    Object.defineProperty(vscode.window, kind, { value: former, configurable: true });
  }
  return shown;
}

/** Runs a command that must work. */
export async function runsWell(id: CommandId, target?: unknown): Promise<void> {
  assert.deepEqual(await runCommand(id, target), []);
}

/** Prints a line among those of the tests. */
export function note(text: string): void {
  console.log(`${process.env['REDIS_HA_LAB_TEST_PREFIX'] ?? ''}        ${text}`);
}
