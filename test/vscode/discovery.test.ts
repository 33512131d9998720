import assert from 'node:assert/strict';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import { until } from '../support/until';
import { extension, runCommand, showView } from './support/extension';
import { TestLab } from './support/testLab';

describe('labs of the open folder', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;

  before(async () => {
    api = await extension();
    await showView();
    lab = await TestLab.write(api, 'found-lab', { replicas: 1, sentinels: 1 });
  });
  after(() => lab.remove());

  it('finds a lab.json that is written while the window is open', async () => {
    await lab.appears();
    assert.equal(lab.labRow.label, 'found-lab');
    assert.equal(lab.labRow.description, 'stopped');
    assert.equal(lab.labRow.context, 'lab stopped sentinels');
  });

  it('shows all its nodes as not running', () => {
    assert.deepEqual(
      lab.rows().map(({ label }) => label),
      [
        'found-lab',
        'Not Running (2)',
        ...lab.servers.map(String),
        'Sentinels (1)',
        ...lab.sentinels.map(String),
      ],
    );
    assert.equal(lab.row(lab.servers[0]!).context, 'node server stopped');
  });

  it('keeps the last good form while lab.json is being edited, and takes over the new one', async () => {
    await lab.writeLabFile(lab.text.replace('"name"', 'name'));
    await lab.writeLabFile(lab.text.replace('"found-lab"', '"renamed-lab"'));
    await lab.until('the new name', () => lab.labRow.label === 'renamed-lab');
    await lab.writeLabFile(lab.text);
    await lab.until('the old name', () => lab.labRow.label === 'found-lab');
  });

  it('takes the row away with lab.json, and gives it back', async () => {
    await rm(lab.file);
    await until('the row is gone', () => lab.rows().length === 0);
    await lab.writeLabFile(lab.text);
    await lab.appears();
    assert.equal(lab.labRow.description, 'stopped');
  });
});

describe('the folder of a lab', () => {
  let lab: TestLab;
  let moved: string;

  before(async () => {
    lab = await TestLab.write(await extension(), 'moved-lab', { replicas: 1, sentinels: 0 });
    await lab.appears();
    moved = `${lab.directory}-elsewhere`;
  });
  after(() => lab.remove());

  it('is followed when it is renamed', async () => {
    const { catalog } = await extension();
    await rename(lab.directory, moved);
    await until('the old row is gone', () => !catalog.get(lab.directory));
    await until('the new row is there', () => catalog.get(moved)?.opened);
    await rename(moved, lab.directory);
    await until('the new row is gone', () => !catalog.get(moved));
    await lab.appears();
  });
});

describe('a lab.json with an error', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;

  before(async () => {
    api = await extension();
    lab = await TestLab.write(api, 'faulty-lab', { replicas: 1, sentinels: 0 });
    // Found for the first time, it is faulty already.
    await rm(lab.file);
    await until('it was taken away again', () => !api.catalog.get(lab.directory));
    await lab.writeLabFile(lab.text.replace(`"port": ${lab.servers[1]!}`, '"port": "many"'));
    await until('the fault is seen', () => api.catalog.get(lab.directory)?.error);
  });
  after(() => lab.remove());

  it('has a row that says the line and what is wrong there', () => {
    const { label, description, context, icon } = lab.labRow;
    assert.equal(label, 'faulty-lab');
    assert.match(description, /^lab\.json line \d+: "servers\.1\.port" must be a number\.$/);
    assert.equal(context, 'faulty');
    assert.equal(icon, 'error');
  });

  it('opens the file at that line', async () => {
    const { command } = api.tree.getTreeItem(lab.labRow.element);
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const editor = await until('the editor', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.uri.fsPath, path.join(lab.directory, 'lab.json'));
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /many/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('cannot be started, and says why', async () => {
    const [message] = await runCommand(commandIds.startLab, { lab: lab.directory, nodes: undefined });
    assert.match(message ?? '', /faulty-lab\/lab\.json:\d+: "servers\.1\.port" must be a number\./);
  });

  it('is a lab as soon as the file is repaired', async () => {
    await lab.writeLabFile(lab.text);
    await lab.appears();
    assert.equal(lab.labRow.description, 'stopped');
    assert.equal(api.tree.getTreeItem(lab.labRow.element).command, undefined);
  });
});
