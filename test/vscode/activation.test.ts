import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds, settingIds } from '../../src/contributions';
import { extension, extensionId, note } from './support/extension';

describe('activation', () => {
  it('gives its parts to others, and says how long it took', async () => {
    const api = await extension();
    note(`activate() took ${api.activationTime.toFixed(1)} ms`);
    assert.ok(api.activationTime > 0);
    assert.ok(vscode.extensions.getExtension(extensionId)?.isActive);
  });

  it('registers every command that it contributes', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commandIds).filter(id => !known.has(id)),
      [],
    );
  });

  it('has defaults that start nothing by themselves', () => {
    const settings = vscode.workspace.getConfiguration();
    assert.equal(settings.get(settingIds.serverPath), '');
    assert.equal(settings.get(settingIds.startOnOpen), false);
  });

  it('shows no lab in a folder without one', async () => {
    const { catalog, tree } = await extension();
    assert.deepEqual(catalog.labs, []);
    assert.deepEqual(tree.getChildren(), []);
  });
});
