import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fixture } from '../support/fixtures';
import { until } from '../support/until';
import { extension, note, workspaceFolder } from './support/extension';

const modern = `# redis-version: 3.0.504\n${fixture('conf/modern.sentinel.conf')}`;

describe('the diagnostics of confs', () => {
  let folder = '';

  before(async () => {
    await extension();
    folder = path.join(workspaceFolder(), 'confs to check');
    await mkdir(folder, { recursive: true });
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  async function open(name: string, content: string | Buffer): Promise<vscode.TextDocument> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    await vscode.window.showTextDocument(document);
    return document;
  }
  const errors = (document: vscode.TextDocument): vscode.Diagnostic[] =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
  const codes = (document: vscode.TextDocument): string[] =>
    errors(document).map(({ code }) => (typeof code === 'string' ? code : ''));

  it('find the six lines of a modern sentinel.conf that 3.0.504 does not know', async () => {
    const document = await open('sentinel26379.conf', modern);
    await until('they are there', () => errors(document).length === 6);
    assert.deepEqual(new Set(codes(document)), new Set(['directive-not-supported']));
    assert.deepEqual(
      errors(document).map(({ range }) => document.getText(range)),
      [
        'protected-mode',
        'acllog-max-len',
        'sentinel deny-scripts-reconfig',
        'SENTINEL resolve-hostnames',
        'SENTINEL announce-hostnames',
        'SENTINEL master-reboot-down-after-period',
      ],
    );
  });

  it('comment all of them out with one quick fix', async () => {
    const document = vscode.window.activeTextEditor!.document;
    const [first] = errors(document);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      first!.range,
    );
    const all = actions.find(({ title }) => title === 'Fix all 6 that can be fixed safely');
    assert.ok(all?.edit, actions.map(({ title }) => title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(all.edit));
    assert.equal(document.lineAt(1).text, '# protected-mode no');
    assert.equal(document.lineAt(4).text, 'sentinel monitor mymaster 127.0.0.1 6379 2');
    await until('nothing is left', () => errors(document).length === 0);
  });

  it('follow what is typed, in a conf of 2,000 lines', async () => {
    const comments =
      '# What the directive below does, in the words of the conf that ships with the server.\n';
    const head = '# redis-version: 7.0.15\nport 6379\nappendonly yes\n';
    const document = await open('redis-6379.conf', head + comments.repeat(1_997));
    await until('it is looked at', () => vscode.languages.getDiagnostics(document.uri).length === 0);
    const samples: string[] = [];
    for (let turn = 0; turn < 10; turn++) {
      const value = turn % 2 === 0 ? 'maybe' : 'yes';
      const edit = new vscode.WorkspaceEdit();
      const line = document.lineAt(2);
      edit.replace(document.uri, line.range, `appendonly ${value}`);
      const expected = turn % 2 === 0 ? 'value-not-accepted' : '';
      const began = performance.now();
      let arrived = began;
      const listening = vscode.workspace.onDidChangeTextDocument(() => (arrived = performance.now()));
      // Asked again and again: VS Code tells listeners of changed diagnostics only 50 ms after they have changed.
      const told = until('the diagnostics', () => codes(document).join() === expected, { every: 1 });
      await vscode.workspace.applyEdit(edit);
      await told;
      listening.dispose();
      samples.push(`${(performance.now() - began).toFixed(0)} (${(arrived - began).toFixed(0)})`);
    }
    note(`an edit to its diagnostics (to the text in the extension host): ${samples.join(', ')} ms`);
  });

  it('see the confs beside it', async () => {
    const document = await open('redis-6380.conf', '# redis-version: 7.0.15\nport 6379\n');
    await until('the port is taken', () => codes(document).includes('port-in-use'));
  });

  it('are told anew when a conf beside them changes', async () => {
    const first = await open('redis-6391.conf', '# redis-version: 7.0.15\nport 6391\n');
    const second = await open('redis-6392.conf', '# redis-version: 7.0.15\nport 6392\n');
    await until('all is well', () => codes(first).length === 0 && codes(second).length === 0);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(second.uri, second.lineAt(1).range, 'port 6391');
    await vscode.workspace.applyEdit(edit);
    await until('both show it', () =>
      [first, second].every(document => codes(document).includes('port-in-use')),
    );
    // What another program writes counts, too.
    await second.save();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await writeFile(second.uri.fsPath, '# redis-version: 7.0.15\nport 6392\n');
    await until('it is gone', () => !codes(first).includes('port-in-use'));
  });

  it('offer to make a folder that is missing', async () => {
    const data = path.join(folder, 'new data');
    const document = await open('redis-6393.conf', `# redis-version: 7.0.15\nport 6393\ndir "${data}"\n`);
    await until('it is missing', () => codes(document).includes('data-folder-missing'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      document.lineAt(2).range,
    );
    const make = actions.find(({ title }) => title.startsWith('Make the folder'));
    assert.ok(make?.command, actions.map(({ title }) => title).join(', '));
    await vscode.commands.executeCommand(make.command.command, ...(make.command.arguments ?? []));
    await until('it is there', () => !codes(document).includes('data-folder-missing'));
    assert.ok((await stat(data)).isDirectory());
  });

  it('see a byte order mark that the editor hides, and save the file without it', async () => {
    const document = await open('bom.conf', Buffer.from('\uFEFFport 7001\n'));
    await vscode.languages.setTextDocumentLanguage(document, 'redis-conf');
    await until('it is seen', () => codes(document).includes('bad-bytes-in-conf'));
    await vscode.commands.executeCommand('redisHaLab.saveConfAsUtf8', document.uri);
    assert.equal((await readFile(document.uri.fsPath, 'utf8')).charCodeAt(0), 'p'.charCodeAt(0));
  });
});
