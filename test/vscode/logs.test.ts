import assert from 'node:assert/strict';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds, languageId } from '../../src/contributions';
import { fixture } from '../support/fixtures';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { extension, note, runCommand, workspaceFolder } from './support/extension';

const sentinels = [26379, 26380, 26381];
const nameOf = (port: number): string => `failover-sentinel-${port}.log`;

describe('logs in the editor', () => {
  let folder: string;
  const uriOf = (name: string): vscode.Uri => vscode.Uri.file(path.join(folder, name));

  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    await writeFile(path.join(folder, name), text);
    return uriOf(name);
  };
  const open = async (name: string): Promise<vscode.TextDocument> =>
    vscode.workspace.openTextDocument(uriOf(name));

  /** What a hover over the line shows, without the escapes of Markdown. */
  const hoverOf = async (document: vscode.TextDocument, line: number): Promise<string> => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(line - 1, 5),
    );
    return hovers
      .flatMap(hover => hover.contents)
      .map(content => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n')
      .replaceAll('\\', '');
  };
  const symbolsOf = async (document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> =>
    (await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    )) ?? [];

  /** The source of the page that is shown. */
  const shownPage = async (): Promise<string> => {
    await until('a preview is in front', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputWebview && input.viewType.includes('markdown.preview');
    });
    await vscode.commands.executeCommand('markdown.showSource');
    const editor = await until('its source', () => vscode.window.activeTextEditor);
    return editor.document.getText().replaceAll('\\', '');
  };

  before(async () => {
    await extension();
    folder = path.join(workspaceFolder(), 'notes');
    await mkdir(folder, { recursive: true });
    for (const port of sentinels) await write(nameOf(port), fixture(`logs/${nameOf(port)}`));
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => rm(folder, { recursive: true, force: true }));

  it('are in the language by their name, by their first line, or by what is in them', async () => {
    const line = '4917:M 23 Nov 2026 06:47:41.584 * Ready to accept connections tcp\n';
    await write('redis-6379.log', '');
    await write('cache_main', line);
    await write('app.log', `\n${line}`);
    await write('other.log', '2026-11-23 06:47:41 INFO started\n');
    assert.equal((await open(nameOf(26_379))).languageId, languageId);
    assert.equal((await open('redis-6379.log')).languageId, languageId);
    assert.equal((await open('cache_main')).languageId, languageId);
    await open('app.log');
    await until('app.log is recognised', async () => (await open('app.log')).languageId === languageId);
    assert.equal((await open('other.log')).languageId, 'log');
  });

  it('of a lab are in the language whatever they are called', async () => {
    const directory = path.join(workspaceFolder(), 'named-logs-lab');
    const file = path.join(directory, 'log/main.txt');
    await mkdir(path.dirname(file), { recursive: true });
    try {
      await writeFile(file, 'not written by a server yet\n');
      await vscode.window.showTextDocument(vscode.Uri.file(file));
      const [port] = await freePorts(1);
      const lab = { name: 'named-logs', servers: [{ port, log: 'log/main.txt' }], sentinels: [] };
      await writeFile(path.join(directory, 'lab.json'), JSON.stringify(lab));
      await until(
        'the lab is found and its log recognised',
        async () => (await vscode.workspace.openTextDocument(file)).languageId === languageId,
        { timeout: 20_000 },
      );
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('stay in the language that a person chose instead', async () => {
    await write('mine.log', '4917:M 23 Nov 2026 06:47:41.584 * Ready to accept connections tcp\n');
    await vscode.window.showTextDocument(uriOf('mine.log'));
    const document = await until('it is recognised', async () => {
      const opened = await open('mine.log');
      return opened.languageId === languageId ? opened : undefined;
    });
    await vscode.languages.setTextDocumentLanguage(document, 'log');
    await new Promise(resolve => setTimeout(resolve, 300));
    assert.equal((await open('mine.log')).languageId, 'log');
  });

  it('are explained by hovers, with names in place of ids', async () => {
    const leader = await open(nameOf(26_381));
    assert.match(await hoverOf(leader, 1), /This Sentinel alone thinks that master mymaster/);
    assert.match(await hoverOf(leader, 7), /went to sentinel-26381, which won/);
    assert.match(await hoverOf(leader, 16), /This Sentinel led it/);
    assert.match(await hoverOf(leader, 18), /normal after a failover/);
    const follower = await open(nameOf(26_380));
    // Whose id that is, only the address three lines further on tells.
    assert.match(await hoverOf(follower, 3), /gave its vote of epoch 1 to sentinel-26381/);
    assert.match(await hoverOf(follower, 5), /Normal:.*Not an error/);
    assert.match(await hoverOf(follower, 5), /Part of: failover of mymaster, epoch 1: 6379 → 6380/);
  });

  it('have an outline and folding ranges', async () => {
    const document = await open(nameOf(26_381));
    const [symbol, ...others] = await symbolsOf(document);
    assert.equal(symbol?.name, 'failover of mymaster, epoch 1: 6379 → 6380');
    assert.deepEqual([symbol.range.start.line, symbol.range.end.line], [0, 15]);
    assert.deepEqual(others, []);
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      ranges.map(({ start, end }) => [start, end]),
      [[0, 15]],
    );
  });

  it('are followed while they grow', async () => {
    const head = fixture(`logs/${nameOf(26_381)}`).split('\n');
    const uri = await write('redis-sentinel-live.log', `${head.slice(0, 8).join('\n')}\n`);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const [before] = await symbolsOf(document);
    assert.match(before?.name ?? '', /its end is not in this log/);
    await appendFile(uri.fsPath, head.slice(8).join('\n'));
    await until('the text has grown', () => document.lineCount > 12);
    await until(
      'the outline has the end',
      async () => (await symbolsOf(document))[0]?.name === 'failover of mymaster, epoch 1: 6379 → 6380',
    );
    assert.match(await hoverOf(document, 16), /failover is complete/);
  });

  it('do not hold up the extension host when they are large', async function () {
    this.timeout(120_000);
    const piece = fixture(`logs/${nameOf(26_381)}`).trimEnd();
    const uri = await write('sentinel-large.log', `${Array(8_000).fill(piece).join('\n')}\n`);
    const document = await vscode.workspace.openTextDocument(uri);
    await hoverOf(await open(nameOf(26_379)), 1); // everything is loaded
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    try {
      const text = await hoverOf(document, 9);
      assert.match(text, /looks for the best replica/);
    } finally {
      clearInterval(timer);
    }
    note(`longest pause with ${document.lineCount} lines: ${longest.toFixed(0)} ms`);
    assert.ok(longest < 1_000, `${longest} ms`);
  });

  describe('explained as one story', () => {
    it('are told with the lines they stand on', async () => {
      const uris = sentinels.map(port => uriOf(nameOf(port)));
      await vscode.commands.executeCommand(commandIds.explainLogs, uris[0], uris);
      const page = await shownPage();
      assert.match(
        page,
        /mymaster moved from 127.0.0.1:6379 to 127.0.0.1:6380 in 1.3 s \(epoch 1, leader sentinel-26381\)/,
      );
      assert.match(page, /The vote of sentinel-26381 in epoch 1 went to sentinel-26381/);
      assert.match(page, /\[sentinel-26380:5\]\(<(?:\.\.\/)+.*failover-sentinel-26380\.log#L5>\)/);
    });

    it('are found in a folder, and what is left out is named', async () => {
      await write('empty.log', '');
      await vscode.commands.executeCommand(commandIds.explainLogs, vscode.Uri.file(folder));
      const page = await shownPage();
      assert.match(page, /leader sentinel-26381/);
      assert.match(page, /other.log: no line of it looks like a Redis log/);
      assert.match(page, /empty.log: it is empty/);
    });

    it('end in one clear message where there is none', async () => {
      assert.deepEqual(await runCommand(commandIds.explainLogs, uriOf('other.log')), [
        'No line of other.log looks like a log of Redis, Sentinel or Valkey. Choose their log files.',
      ]);
      assert.deepEqual(await runCommand(commandIds.explainLogs, uriOf('empty.log')), [
        'empty.log is empty: there is nothing to explain yet.',
      ]);
      assert.deepEqual(await runCommand(commandIds.explainLogs, uriOf('gone.log')), [
        'gone.log cannot be read. Check that it exists and that you may read it.',
      ]);
    });
  });

  describe('in the clipboard', () => {
    it('are explained line by line', async () => {
      await vscode.env.clipboard.writeText(fixture(`logs/${nameOf(26_380)}`).replaceAll('\n', '\r\n'));
      assert.deepEqual(await runCommand(commandIds.explainClipboard), []);
      const page = await shownPage();
      assert.match(page, /# Redis log lines from the clipboard/);
      assert.match(page, /\| 5 \| `Next failover delay: .*` \| This Sentinel has just voted for another one/);
    });

    it('are asked for when there are none', async () => {
      await vscode.env.clipboard.writeText('');
      assert.match((await runCommand(commandIds.explainClipboard)).join(), /The clipboard has no text/);
      await vscode.env.clipboard.writeText('hello');
      assert.match((await runCommand(commandIds.explainClipboard)).join(), /does not look like a Redis log/);
    });
  });
});
