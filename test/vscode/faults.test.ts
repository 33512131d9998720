import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import { until } from '../support/until';
import { extension, runCommand, showView } from './support/extension';
import { TestLab } from './support/testLab';

/** Answers the next list with the item of this label. */
function pick(label: string): vscode.Disposable {
  const { showQuickPick } = vscode.window;
  const answer = async (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> =>
    items.find(item => item.label.startsWith(label));
  Object.defineProperty(vscode.window, 'showQuickPick', { value: answer, configurable: true });
  return {
    dispose: () =>
      Object.defineProperty(vscode.window, 'showQuickPick', { value: showQuickPick, configurable: true }),
  };
}

describe('a lab that is broken on purpose', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;
  let first: number;
  let second: number;

  before(async () => {
    api = await extension();
    await showView();
    lab = await TestLab.write(api, 'broken-lab', { replicas: 1, sentinels: 0 });
    [first, second] = lab.servers as [number, number];
    await lab.appears();
    await lab.run(commandIds.startLab);
  });
  after(() => lab.remove());

  const breaks = async (port: number, label: string): Promise<void> => {
    const picking = pick(label);
    try {
      await lab.run(commandIds.breakNode, port);
    } finally {
      picking.dispose();
    }
  };
  const journal = (): string => path.join(lab.directory, 'run', 'faults.json');

  it('says on the row what is broken, and is whole again after Undo Fault', async () => {
    await breaks(second, 'Priority 0');
    await lab.until('the row says it', () => lab.row(second).description.includes('priority 0'));
    assert.match(lab.row(second).context, / broken$/);
    assert.match(lab.labRow.description, /1 fault is on$/);
    assert.match(lab.labRow.context, / broken$/);
    const item = api.tree.resolveTreeItem(new vscode.TreeItem(''), lab.row(second).element);
    assert.match((item.tooltip as vscode.MarkdownString).value, /Fault f1/);
    await lab.run(commandIds.undoFault, second);
    await lab.until('the row is as before', () => !lab.row(second).context.includes('broken'));
    assert.doesNotMatch(lab.labRow.description, /fault/);
  });

  it('says of its links how the lab gets a network', async () => {
    const picking = pick('Cut, Slow or Lossy Link…');
    try {
      const [message = ''] = await runCommand(commandIds.breakNode, lab.ref(second));
      assert.match(message, /lab\.json: The nodes of "broken-lab" are connected directly.*"network": true/);
    } finally {
      picking.dispose();
    }
  });

  it('has all faults undone at once', async () => {
    await breaks(second, 'Kill');
    await lab.until('it is down', () => lab.row(second).context.startsWith('node server crashed broken'));
    await breaks(first, 'Freeze');
    await lab.until('it is frozen', () => lab.row(first).context.startsWith('node server frozen'));
    await lab.run(commandIds.undoAllFaults);
    await lab.ready();
    assert.equal(existsSync(journal()), false);
  });

  it('restarts a node at once, in a terminal', async () => {
    const { pid } = await lab.record(second);
    await breaks(second, 'Restart at Once');
    await lab.until('another process runs', () => lab.node(second).status === 'running');
    const record = await lab.record(second);
    assert.notEqual(record.pid, pid);
    assert.notEqual(record.runnerPid, undefined);
    await lab.terminalCount(2);
    await lab.ready();
  });

  it('says that there is nothing to undo', async () => {
    assert.match((await runCommand(commandIds.undoFault, lab.ref(first)))[0] ?? '', /No fault is on in/);
  });

  it('has what a dead drill left behind undone when it is opened', async () => {
    const gone = { pid: 2 ** 22 + 1, startTime: 'gone', executable: 'gone' };
    await lab.opened.faults.apply(
      { type: 'freeze', node: `redis-${second}` },
      { purpose: 'drill', process: gone },
    );
    await rm(lab.file);
    await until('the row is gone', () => lab.rows().length === 0);
    await lab.writeLabFile(lab.text);
    await lab.appears();
    await lab.until('it runs again', () => lab.node(second).status === 'running');
    await until('the journal is gone', () => !existsSync(journal()));
  });
});
