import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import type { LogEntry } from '../../src/lab/logEntry';
import { logStamp } from '../support/logStamp';
import { until } from '../support/until';
import { extension, note, runsWell } from './support/extension';
import { TestLab } from './support/testLab';

describe('the log panel', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;
  const heard: LogEntry[] = [];
  let listening: vscode.Disposable;

  const logFile = (port: number): string => path.join(lab.directory, 'log', `redis-${port}.log`);
  const ownEntries = (): readonly LogEntry[] =>
    api.logs.entries().filter(entry => entry.lab === lab.directory);

  before(async () => {
    api = await extension();
    lab = await TestLab.write(api, 'logged-lab');
    await lab.appears();
    listening = api.logs.onDidAppend(entries => heard.push(...entries));
    await lab.run(commandIds.startLab);
  });
  after(async () => {
    listening.dispose();
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await lab.remove();
  });

  it('has heard every node of a lab that starts, explained', async () => {
    await until('all nodes', () =>
      [...lab.servers, ...lab.sentinels].every(port => heard.some(entry => entry.port === port)),
    );
    const own = heard.filter(entry => entry.lab === lab.directory);
    assert.ok(own.every(({ isPast }) => !isPast));
    assert.ok(own.filter(({ explanation }) => explanation !== undefined).length / own.length > 0.95);
    for (const [index, entry] of ownEntries().entries())
      assert.ok(entry.at >= (ownEntries()[index - 1]?.at ?? 0));
  });

  it('draws a line within moments of its being written', async () => {
    const drawn = new Promise<void>(resolve => {
      const first = api.panel.onDidDraw(() => {
        first.dispose();
        resolve();
      });
    });
    await runsWell(commandIds.showLog);
    await drawn;
    const times: number[] = [];
    for (let round = 0; round < 30; round++) {
      const text = `line ${round} for the panel`;
      let sent = Infinity;
      let drawnAt = 0;
      const appended = api.logs.onDidAppend(entries => {
        if (entries.some(({ record }) => record.head.message === text)) sent = api.panel.lastBatch;
      });
      const drawing = api.panel.onDidDraw(batch => {
        if (batch >= sent - 1) drawnAt ||= performance.now();
      });
      const began = performance.now();
      await appendFile(logFile(lab.servers[0]!), `1:M ${logStamp(new Date())} * ${text}\n`);
      await until(text, () => drawnAt > 0, { every: 2 });
      times.push(drawnAt - began);
      appended.dispose();
      drawing.dispose();
    }
    const sorted = times.toSorted((a, b) => a - b);
    note(`a line is drawn after ${sorted[15]!.toFixed(0)} ms (median), ${sorted[28]!.toFixed(0)} ms (p95)`);
    assert.ok(sorted[15]! < 150, sorted.map(time => time.toFixed(0)).join(', '));
  });

  it('is exported as Markdown, and as what the command line prints', async () => {
    const entries = ownEntries().slice(-5);
    const markdown = path.join(lab.directory, 'log.md');
    await api.panel.save(vscode.Uri.file(markdown), entries);
    const [head, , ...rows] = (await readFile(markdown, 'utf8')).trimEnd().split('\n');
    assert.match(head ?? '', /^\| Time \| Node \|/);
    assert.equal(rows.length, 5);
    const json = path.join(lab.directory, 'log.ndjson');
    await api.panel.save(vscode.Uri.file(json), entries);
    const lines = (await readFile(json, 'utf8'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as LogEntry);
    assert.deepEqual(
      lines.map(({ node, file, line }) => ({ node, file, line })),
      entries.map(({ node, file, line }) => ({ node, file, line })),
    );
  });

  it('is cleared without touching the files', async () => {
    const size = (await readFile(logFile(lab.servers[0]!))).length;
    await runsWell(commandIds.clearLog);
    assert.ok((await readFile(logFile(lab.servers[0]!))).length >= size);
  });
});
