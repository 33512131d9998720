import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds, confLanguageId, settingIds } from '../../src/contributions';
import { formatVersion } from '../../src/core/conf/serverVersion';
import type { RedisHaLabApi } from '../../src/extension';
import { sendCommand } from '../../src/node/redis/command';
import { fixture } from '../support/fixtures';
import { until } from '../support/until';
import { extension, runCommand, runsWell, showView, workspaceFolder } from './support/extension';
import { TestLab } from './support/testLab';

describe('confs in the editor', () => {
  let api: RedisHaLabApi;
  let folder: string;
  const uriOf = (name: string): vscode.Uri => vscode.Uri.file(path.join(folder, name));

  const open = async (name: string, text?: string): Promise<vscode.TextDocument> => {
    if (text !== undefined) await writeFile(uriOf(name).fsPath, text);
    return vscode.workspace.openTextDocument(uriOf(name));
  };

  before(async () => {
    api = await extension();
    folder = path.join(workspaceFolder(), 'confs');
    await mkdir(folder, { recursive: true });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => rm(folder, { recursive: true, force: true }));

  it('are in the language by their name or by their first lines', async () => {
    const names = [
      'redis.conf',
      'redis.master.conf',
      'redis.windows-service.conf',
      'sentinel26379.conf',
      'sentinel.26380.conf',
      'my-sentinel.conf',
      'valkey.conf',
      'team.redis.conf',
      '6380.conf',
      '26381.conf',
    ];
    for (const name of names) assert.equal((await open(name, '')).languageId, confLanguageId, name);
    await open('cache.conf', 'port 6379\nappendonly yes\nreplicaof 127.0.0.1 6380\n');
    await until(
      'cache.conf is recognised',
      async () => (await open('cache.conf')).languageId === confLanguageId,
    );
    assert.equal((await open('noted', '# redis-version: 3.0.504\n')).languageId, confLanguageId);
    const other = await open('other.conf', 'server {\n  listen 80;\n}\n');
    assert.notEqual(other.languageId, confLanguageId);
  });

  it('have an outline, folding and links', async () => {
    const document = await open('sample.redis.conf', fixture('conf/sample.redis.conf'));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, children }) => `${name} ${children.length}`),
      ['INCLUDES 0', 'NETWORK 2', 'SNAPSHOTTING 4', 'REPLICATION 4'],
    );
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.equal(ranges.filter(({ kind }) => kind === vscode.FoldingRangeKind.Region).length, 4);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.deepEqual(
      links.map(({ tooltip }) => tooltip),
      [path.join(folder, 'data')],
    );
  });

  it('are formatted without a change to any value, with their line ends', async () => {
    const document = await open('format.redis.conf', '  port 6379 \r\n\r\n\r\nrequirepass "a  b " \r\n\r\n');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { tabSize: 2, insertSpaces: true },
    );
    const change = new vscode.WorkspaceEdit();
    change.set(document.uri, edits);
    await vscode.workspace.applyEdit(change);
    assert.equal(document.getText(), 'port 6379\r\n\r\nrequirepass "a  b "\r\n');
    await document.save();
  });

  const hoverOf = async (document: vscode.TextDocument, line: number, column: number): Promise<string> => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(line, column),
    );
    return hovers
      .flatMap(hover => hover.contents)
      .map(content => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
  };

  const proposals = async (
    document: vscode.TextDocument,
    line: number,
    column: number,
  ): Promise<vscode.CompletionItem[]> => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(line, column),
    );
    return items;
  };
  const labelOf = ({ label }: vscode.CompletionItem): string =>
    typeof label === 'string' ? label : label.label;

  it('are explained for the version that they name', async () => {
    const text = '# redis-version: 3.0.504\nreplicaof 127.0.0.1 6379\nmaxmemory 1gb\n';
    const document = await open('old.redis.conf', text);
    assert.match(
      await hoverOf(document, 1, 2),
      /Redis 3\.0\.504 does not know this name\. Write `slaveof` instead/,
    );
    assert.match(await hoverOf(document, 2, 2), /Default of Redis 3\.0\.504: `0`/);
    const items = await proposals(document, 3, 0);
    assert.ok(items.length > 200);
    const marked = items.filter(({ tags }) => tags?.includes(vscode.CompletionItemTag.Deprecated));
    assert.ok(marked.some(item => labelOf(item) === 'replicaof'));
    assert.ok(!marked.some(item => labelOf(item) === 'slaveof'));
  });

  it('complete values, ports and master names of the folder', async () => {
    await open('sentinel26379.conf', 'port 26379\nsentinel monitor team 127.0.0.1 6390 2\n');
    const document = await open('sentinel26380.conf', 'sentinel down-after-milliseconds \nprotected-mode \n');
    assert.deepEqual((await proposals(document, 0, 33)).map(labelOf), ['team']);
    assert.deepEqual((await proposals(document, 1, 15)).map(labelOf), ['yes', 'no']);
    const server = await open('replica.redis.conf', 'replicaof 127.0.0.1 \n');
    assert.ok((await proposals(server, 0, 20)).map(labelOf).includes('6390'));
  });

  it('take their version from the comment, the setting or the server that is found', async () => {
    const document = await open('version.redis.conf', 'port 6379\n');
    const version = async (): Promise<string> => {
      const chosen = await api.confs.versions.of(document);
      return `${chosen.source} ${formatVersion(chosen.version)}`;
    };
    assert.match(await version(), /^binary redis-\d/);
    const settings = vscode.workspace.getConfiguration();
    await settings.update(settingIds.confVersion, 'valkey-8.1.1', vscode.ConfigurationTarget.Workspace);
    try {
      assert.equal(await version(), 'setting valkey-8.1.1');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '# redis-version: 6.2.16\n');
      await vscode.workspace.applyEdit(edit);
      assert.equal(await version(), 'comment redis-6.2.16');
    } finally {
      await settings.update(settingIds.confVersion, undefined, vscode.ConfigurationTarget.Workspace);
    }
    await document.save();
  });

  it('of no lab have nothing to apply, and say so', async () => {
    const document = await open('alone.redis.conf', 'port 6379\n');
    assert.deepEqual(await runCommand(commandIds.applyConf, document.uri), [
      'alone.redis.conf belongs to no lab, so nothing runs with it.',
    ]);
  });

  describe('of a lab', () => {
    let lab: TestLab;
    let port: number;
    let document: vscode.TextDocument;

    before(async () => {
      await showView();
      lab = await TestLab.write(api, 'conf-lab', { replicas: 1, sentinels: 1 });
      await lab.appears();
      port = lab.servers[0] ?? 0;
      await runsWell(commandIds.openConf, lab.ref(port));
    });
    after(() => lab.remove());

    const conf = (): string => path.join(lab.directory, 'conf', `redis-${port}.conf`);
    const lenses = async (): Promise<string[]> => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        vscode.Uri.file(conf()),
        10,
      );
      return found.map(({ command }) => command?.title ?? '');
    };
    const show = async (): Promise<void> => {
      document = await vscode.workspace.openTextDocument(vscode.Uri.file(conf()));
      await vscode.window.showTextDocument(document);
    };

    it('has its version from the lab and a lens that starts it', async () => {
      await show();
      assert.equal((await api.confs.versions.of(document)).source, 'lab');
      assert.deepEqual(await lenses(), [`$(play) Start redis-${port}`, 'Open Log', 'Show Changes']);
      const found = await proposals(document, 0, 0);
      assert.deepEqual(found, [], 'the first line is a comment');
    });

    it('is in the language whatever its name is', async () => {
      const own = path.join(lab.directory, 'conf', 'anything');
      await writeFile(own, 'port 6379\n');
      const parsed = JSON.parse(lab.text) as { servers: { port: number; conf?: string }[] };
      Object.assign(parsed.servers[1] ?? {}, { conf: 'conf/anything' });
      await lab.writeLabFile(JSON.stringify(parsed));
      const named = (): boolean => lab.opened.session.lab.nodes.some(node => node.conf === 'conf/anything');
      await lab.until('the conf is taken over', named);
      await vscode.workspace.openTextDocument(vscode.Uri.file(own));
      await until('it is recognised', async () => {
        const opened = await vscode.workspace.openTextDocument(vscode.Uri.file(own));
        return opened.languageId === confLanguageId;
      });
      await lab.writeLabFile(lab.text);
      await lab.until('the old conf is back', () => !named());
    });

    it('shows where the running node has another value, and never a password', async () => {
      await runsWell(commandIds.startNode, lab.ref(port));
      await show();
      await lab.until('the node runs', () => lab.node(port).status === 'running');
      await sendCommand(port, undefined, 'CONFIG', 'SET', 'loglevel', 'warning');
      await sendCommand(port, undefined, 'CONFIG', 'SET', 'masterauth', 'open-sesame-9');
      const hints = await until('an inlay hint', async () => {
        const all = await vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          new vscode.Range(0, 0, document.lineCount, 0),
        );
        return all.length > 0 ? all : undefined;
      });
      assert.deepEqual(
        hints.map(({ label }) => label),
        ['running: warning'],
      );
      const line = document.getText().split('\n').indexOf('loglevel notice');
      assert.match(await hoverOf(document, line, 3), /runs with another value:\*\* `warning`/);
      assert.deepEqual(await lenses(), [
        `$(debug-stop) Stop redis-${port}`,
        'Open Log',
        'Show Changes',
        'Apply to Running Node (1)',
      ]);
      const live = await api.confs.live.differences(document);
      assert.doesNotMatch(JSON.stringify(live), /sesame/);
    });

    it('applies what can be set, saved as it is written', async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(document.lineCount, 0), 'maxmemory 64mb\ndatabases 8\n');
      await vscode.workspace.applyEdit(edit);
      const told = new Promise<string>(resolve => {
        const { showInformationMessage } = vscode.window;
        const value = (message: string): Promise<undefined> => {
          Object.defineProperty(vscode.window, 'showInformationMessage', {
            value: showInformationMessage,
            configurable: true,
          });
          resolve(message);
          return Promise.resolve(undefined);
        };
        Object.defineProperty(vscode.window, 'showInformationMessage', { value, configurable: true });
      });
      await runsWell(commandIds.applyConf, lab.ref(port));
      assert.equal(
        await told,
        `redis-${port} now runs with: loglevel, maxmemory. Only a restart applies: databases.`,
      );
      assert.equal(document.isDirty, false);
      const value = async (name: string): Promise<unknown> =>
        sendCommand(port, undefined, 'CONFIG', 'GET', name);
      assert.deepEqual(await value('maxmemory'), ['maxmemory', String(64 * 1024 ** 2)]);
      assert.deepEqual(await value('loglevel'), ['loglevel', 'notice']);
      assert.deepEqual(
        (await api.confs.live.differences(document)).map(({ name }) => name),
        ['databases'],
      );
    });

    it('shows what changed since the first form', async () => {
      await runsWell(commandIds.showConfChanges, lab.ref(port));
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      assert.equal(input.modified.fsPath, conf());
      const first = await vscode.workspace.openTextDocument(input.original);
      assert.equal(await readFile(conf(), 'utf8'), `${first.getText()}maxmemory 64mb\ndatabases 8\n`);
      // Both sides are confs; the first form cannot be written.
      assert.equal(first.languageId, confLanguageId);
      assert.equal(first.uri.scheme, 'redis-ha-conf');
    });

    it('has no values any more when the node is stopped', async () => {
      await show();
      await runsWell(commandIds.stopNode, lab.ref(port));
      await lab.until('the node is stopped', () => lab.node(port).status === 'stopped');
      assert.deepEqual(await api.confs.live.differences(document), []);
      const [message] = await runCommand(commandIds.applyConf, lab.ref(port));
      assert.equal(message, `redis-${port} does not run. Start it: it then reads its conf.`);
      await chmod(conf(), 0o600);
    });

    it("compares a Sentinel's options and applies them", async () => {
      const sentinel = lab.sentinels[0] ?? 0;
      await runsWell(commandIds.startNode, lab.ref(port));
      await runsWell(commandIds.startNode, lab.ref(sentinel));
      await lab.until('the Sentinel runs', () => lab.node(sentinel).status === 'running');
      const file = vscode.Uri.file(path.join(lab.directory, 'conf', `sentinel-${sentinel}.conf`));
      const opened = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(opened);
      const text = opened.getText();
      assert.match(text, /down-after-milliseconds mymaster 1000/);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(
        file,
        new vscode.Range(0, 0, opened.lineCount, 0),
        text.replace('down-after-milliseconds mymaster 1000', 'down-after-milliseconds mymaster 1500'),
      );
      await vscode.workspace.applyEdit(edit);
      await runsWell(commandIds.applyConf, lab.ref(sentinel));
      const reply = (await sendCommand(sentinel, undefined, 'SENTINEL', 'MASTER', 'mymaster')) as string[];
      assert.equal(reply[reply.indexOf('down-after-milliseconds') + 1], '1500');
    });
  });
});
