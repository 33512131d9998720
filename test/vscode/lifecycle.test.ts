import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import type { TreeElement } from '../../src/ui/tree/labTree';
import { until } from '../support/until';
import { extension, note, runCommand, showView } from './support/extension';
import { TestLab } from './support/testLab';

describe('a lab of 1 + 2 + 3', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;
  let first: number;
  let second: number;
  let third: number;

  before(async () => {
    api = await extension();
    await showView();
    lab = await TestLab.write(api, 'life-lab');
    [first, second, third] = lab.servers as [number, number, number];
    await lab.appears();
  });
  after(() => lab.remove());

  const terminalOf = async (port: number): Promise<vscode.Terminal | undefined> => {
    const { runnerPid } = await lab.record(port);
    for (const terminal of vscode.window.terminals) {
      if ((await terminal.processId) === runnerPid) return terminal;
    }
    return undefined;
  };

  it('starts, and is ready when the command ends', async () => {
    const began = performance.now();
    await lab.run(commandIds.startLab);
    note(`ready after ${(performance.now() - began).toFixed(0)} ms`);
    await lab.ready();
    assert.equal(lab.labRow.context, 'lab running sentinels');
    assert.match(lab.labRow.description, new RegExp(`^ready · master ${first} · epoch 0$`));
  });

  it('shows every node under the role that it has now', () => {
    assert.deepEqual(
      lab.rows().map(({ label }) => label),
      [
        'life-lab',
        'Master',
        String(first),
        'Replicas (2)',
        String(second),
        String(third),
        'Sentinels (3)',
        ...lab.sentinels.map(String),
      ],
    );
  });

  it('says on each row what matters now', async () => {
    await lab.until('lag and offset', () => /lag \d s/.test(lab.row(second).description));
    assert.match(lab.row(first).description, /^master · offset [\d,]+ · Redis \d+\.\d+\.\d+$/);
    assert.match(lab.row(second).description, /^replica · link up · lag \d s · [\d,]+ bytes behind$/);
    for (const port of lab.sentinels) {
      assert.equal(
        lab.row(port).description,
        `master ${first} · epoch 0 · sees 2 replicas, 2 sentinels · quorum ok`,
      );
    }
  });

  it('runs each node in a terminal of its own, known by its pid', async () => {
    for (const port of [...lab.servers, ...lab.sentinels]) {
      const terminal = await terminalOf(port);
      assert.ok(terminal, `no terminal for ${port}`);
      assert.match(terminal.name, new RegExp(`^${port} (redis|sentinel)$`));
    }
    assert.equal((await lab.processes()).length, 6);
  });

  it('starts nothing twice', async () => {
    const before = await lab.pids();
    await lab.run(commandIds.startLab);
    await lab.run(commandIds.startNode, first, second);
    assert.deepEqual(await lab.pids(), before);
  });

  it('shows the terminal of a node', async () => {
    await lab.run(commandIds.showTerminal, third);
    const wanted = await terminalOf(third);
    await until('it is the active one', () => vscode.window.activeTerminal === wanted);
  });

  it('tells only the rows that look different, and nothing else, while it is idle', async () => {
    // Sentinels go on finding out about each other's run ids for a moment after "ready".
    const seen: TreeElement[][] = [];
    const texts = new Map(lab.rows().map(row => [row.id, row.description]));
    const listening = api.tree.onDidChangeTreeData(elements => seen.push(elements ?? []));
    try {
      await until('two beats', () => seen.length >= 2, { timeout: 15_000 });
    } finally {
      listening.dispose();
    }
    const rows = seen.flat();
    const moving = new Set([first, second, third].map(port => lab.row(port).id));
    for (const { row } of rows)
      assert.ok(moving.has(row.id), `${row.label} was drawn anew: ${row.description}`);
    // Offset and lag of data nodes go on; everything else has stayed as it was.
    for (const row of lab.rows()) {
      if (!moving.has(row.id)) assert.equal(row.description, texts.get(row.id));
    }
  });

  it('has tooltips in Markdown', () => {
    const item = api.tree.resolveTreeItem(new vscode.TreeItem(''), lab.row(second).element);
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    assert.match(item.tooltip.value, new RegExp(`Replicates from \\| 127\\\\.0\\\\.0\\\\.1:${first}`));
    assert.match(item.tooltip.value, /Run id \| [0-9a-f]{40}/);
  });

  it('stops and starts one node', async () => {
    const { pid } = await lab.record(third);
    await lab.run(commandIds.stopNode, third);
    assert.equal(lab.row(third).context, 'node server stopped');
    assert.equal(lab.group(third), 'idle');
    assert.match(lab.row(third).description, /^stopped · was replica until \d\d:\d\d:\d\d$/);
    assert.ok(!(await lab.processes()).some(process => process.pid === pid));
    await lab.terminalCount(5);
    await lab.run(commandIds.startNode, third);
    await lab.until('it is a replica again', () => lab.group(third) === 'replicas');
    assert.notEqual((await lab.record(third)).pid, pid);
  });

  it('stops and starts a group', async () => {
    await lab.run(commandIds.stopNode, ...lab.sentinels);
    assert.deepEqual(
      lab.sentinels.map(port => lab.row(port).description),
      ['stopped', 'stopped', 'stopped'],
    );
    assert.equal((await lab.processes()).length, 3);
    await lab.run(commandIds.startNode, ...lab.sentinels);
    await lab.ready();
  });

  it('restarts a node: a new process with the same row', async () => {
    const { pid } = await lab.record(second);
    const { id } = lab.row(second);
    await lab.run(commandIds.restartNode, second);
    await lab.ready();
    assert.notEqual((await lab.record(second)).pid, pid);
    assert.equal(lab.row(second).id, id);
  });

  it('freezes a node and lets it go on', async () => {
    const { pid } = await lab.record(second);
    await lab.run(commandIds.freezeNode, second);
    await lab.until('it is frozen', () => lab.row(second).context.startsWith('node server frozen'));
    assert.match(lab.row(second).description, /frozen/);
    assert.equal(lab.row(second).icon, 'debug-pause');
    await lab.run(commandIds.resumeNode, second);
    await lab.ready();
    assert.equal((await lab.record(second)).pid, pid);
  });

  it('says that a killed node was killed, and keeps its terminal for a restart', async () => {
    const runner = await terminalOf(third);
    await lab.run(commandIds.killNode, third);
    await lab.until('it is crashed', () => lab.row(third).context === 'node server crashed');
    assert.match(lab.row(third).description, /^killed \(SIGKILL\) · was replica until/);
    assert.equal(runner?.exitStatus, undefined);
    await lab.run(commandIds.startNode, third);
    await lab.ready();
  });

  it('closes the old terminal of a killed node that was started elsewhere', async () => {
    await lab.terminalCount(6);
  });

  it('stops a node whose terminal is closed', async () => {
    const terminal = await terminalOf(third);
    assert.ok(terminal);
    terminal.dispose();
    await lab.until('it is stopped', () => lab.row(third).context === 'node server stopped');
    assert.equal((await lab.processes()).length, 5);
    await lab.run(commandIds.startNode, third);
    await lab.ready();
  });

  it('goes on running when its lab.json is removed, and is found again with it', async () => {
    const before = await lab.pids();
    await rm(lab.file);
    await until('the row is gone', () => lab.rows().length === 0);
    assert.deepEqual(await lab.pids(), before);
    await lab.writeLabFile(lab.text);
    await lab.appears();
    await lab.ready();
    assert.deepEqual(await lab.pids(), before);
  });

  it('restarts as a whole', async () => {
    await lab.run(commandIds.restartLab);
    await lab.ready();
  });

  it('stops as a whole, and leaves no server and no terminal', async () => {
    await lab.run(commandIds.stopLab);
    assert.equal(lab.labRow.description, 'stopped');
    assert.equal(lab.labRow.context, 'lab stopped sentinels');
    await lab.nothingIsLeft();
    await lab.terminalCount(0);
  });

  it('has nothing to stop then', async () => {
    assert.match((await runCommand(commandIds.killNode, lab.ref(first)))[0] ?? '', /does not run/);
  });
});
