import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import { processesIn } from '../server/support/processes';
import { until } from '../support/until';
import { answerLists } from './support/answers';
import { extension, messagesDuring, runCommand, showView, workspaceFolder } from './support/extension';
import { TestLab } from './support/testLab';

describe('drills', () => {
  let api: RedisHaLabApi;
  let lab: TestLab;

  before(async () => {
    api = await extension();
    await showView();
    lab = await TestLab.write(api, 'drill-lab', {});
    await lab.appears();
    await lab.run(commandIds.startLab);
    await lab.ready();
  });
  after(() => lab.remove());

  const page = (): string => readFileSync(api.pages.latest?.fsPath ?? '', 'utf8');

  it('offers a drill, or a file, while there is none to compare', async () => {
    const shown = await messagesDuring('showInformationMessage', () => lab.run(commandIds.compareDrills));
    assert.match(shown[0]?.[0] ?? '', /^There is no drill to compare yet\./);
    assert.deepEqual(shown[0]?.slice(1), ['Run Drill…', 'Choose a File…']);
  });

  it('offers an exercise while none is begun', async () => {
    for (const command of [commandIds.checkRepair, commandIds.showSolution, commandIds.endExercise])
      assert.deepEqual(
        await messagesDuring('showErrorMessage', async () => {
          await vscode.commands.executeCommand(command);
        }),
        [['No exercise is begun. "Break It, Then Repair It…" begins one.', 'Begin an Exercise…']],
      );
  });

  it('kills the master of a lab, asks for a guess, and shows the report', async () => {
    const guess = `redis-${lab.servers[1]}`;
    const answers = answerLists('Kill the master', guess);
    try {
      await lab.run(commandIds.runDrill);
    } finally {
      answers.dispose();
    }
    const text = page();
    assert.match(text, /^# Kill the master: as expected\. mymaster moved from /);
    assert.match(text, new RegExp(`\\| Your guess \\| ${guess} \\| (right|wrong) \\|`));
    assert.match(text, /!\[[^\]]+\]\(<report\.svg>\)/);
    const folder = path.dirname(api.pages.latest?.fsPath ?? '');
    assert.ok(readdirSync(folder).includes(`sentinel-${lab.sentinels[0]}.log`));
    await lab.ready();
    assert.deepEqual(lab.opened.session.store.state.faults, []);
  }).timeout(90_000);

  it('compares two drills, the earlier one on the left, and one with a file', async () => {
    const first = path.join(path.dirname(api.pages.latest?.fsPath ?? ''), 'report.json');
    const drilled = answerLists('Ask for a failover', 'Begin without');
    try {
      await lab.run(commandIds.runDrill);
    } finally {
      drilled.dispose();
    }
    const answers = answerLists(items => {
      assert.deepEqual(
        items.slice(0, 2).map(({ label }) => label),
        ['$(pass) Ask for a failover', '$(pass) Kill the master'],
      );
      assert.match(items[1]?.description ?? '', /^\d\d:\d\d:\d\d · drill-lab$/);
      assert.match(items[1]?.detail ?? '', /^as expected · outage [\d.]+ m?s · lost writes: [\d,]+$/);
      return 'Ask for a failover';
    }, 'Kill the master');
    try {
      await lab.run(commandIds.compareDrills);
    } finally {
      answers.dispose();
    }
    assert.match(page(), /^# kill-master → manual-failover: outage .+, lost writes [\d,]+ → [\d,]+\.$/m);
    assert.match(page(), /\| Kill the master, [\d:]{8} \| Ask for a failover, [\d:]{8} \|/);

    const { showOpenDialog } = vscode.window;
    const value = async (): Promise<vscode.Uri[]> => [vscode.Uri.file(first)];
    Object.defineProperty(vscode.window, 'showOpenDialog', { value, configurable: true });
    const withFile = answerLists('Ask for a failover', 'Choose a File');
    try {
      await lab.run(commandIds.compareDrills);
    } finally {
      withFile.dispose();
      Object.defineProperty(vscode.window, 'showOpenDialog', { value: showOpenDialog, configurable: true });
    }
    assert.match(page(), /\| \S+report\.json, [\d:]{8} \| Ask for a failover, /);
  }).timeout(90_000);

  it('leaves the lab as it was when it is cancelled, and lets only one drill into it', async () => {
    const source = new vscode.CancellationTokenSource();
    const { withProgress } = vscode.window;
    const value: typeof withProgress = async (options, task) =>
      withProgress(options, async progress => task(progress, source.token));
    Object.defineProperty(vscode.window, 'withProgress', { value, configurable: true });
    const answers = answerLists('Freeze the master and', 'Begin without', 'Kill the master');
    try {
      const drill = lab.run(commandIds.runDrill);
      await lab.until('the master is frozen', () =>
        lab.servers.some(port => lab.node(port).status === 'frozen'),
      );
      assert.match((await runCommand(commandIds.runDrill, lab.ref()))[0] ?? '', /A drill is running in/);
      source.cancel();
      await drill;
    } finally {
      answers.dispose();
      Object.defineProperty(vscode.window, 'withProgress', { value: withProgress, configurable: true });
    }
    await lab.until('all run', () =>
      [...lab.servers, ...lab.sentinels].every(port => lab.node(port).status === 'running'),
    );
    assert.deepEqual(await lab.opened.faults.active(), []);
  }).timeout(60_000);

  describe('as tests', () => {
    const ends = new Map<
      string,
      { readonly end: string; readonly messages: readonly vscode.TestMessage[] }
    >();
    const output: string[] = [];
    const run = async (items: readonly vscode.TestItem[]): Promise<void> => {
      const { controller, once } = api.drillTests;
      const note =
        (end: string) =>
        (
          { id }: vscode.TestItem,
          messages: vscode.TestMessage | readonly vscode.TestMessage[] | number = [],
        ) =>
          void ends.set(id, { end, messages: typeof messages === 'number' ? [] : [messages].flat() });
      const recorder = {
        enqueued() {},
        started() {},
        end() {},
        appendOutput: (text: string) => void output.push(text),
        passed: note('passed'),
        failed: note('failed'),
        errored: note('errored'),
        skipped: note('skipped'),
      };
      const createTestRun = controller.createTestRun.bind(controller);
      Object.assign(controller, { createTestRun: () => recorder });
      try {
        await once.runHandler(new vscode.TestRunRequest(items), new vscode.CancellationTokenSource().token);
      } finally {
        Object.assign(controller, { createTestRun });
      }
    };
    it('does a drill in a lab of its own, of which nothing is left', async () => {
      await api.drillTests.controller.resolveHandler?.(undefined);
      const group = api.drillTests.controller.items.get('builtIn');
      assert.ok(group && group.children.size >= 16);
      const item = group.children.get('builtIn:kill-master');
      assert.equal(item?.label, 'Kill the master');
      const { TMPDIR } = process.env;
      const own = await mkdtemp(path.join(tmpdir(), 'redis-ha-lab-drills-'));
      process.env['TMPDIR'] = own;
      try {
        await run([item]);
        assert.deepEqual(ends.get(item.id), { end: 'passed', messages: [] });
        assert.match(output.join(''), /✓ failover: succeeded/);
        await vscode.commands.executeCommand(commandIds.openDrillReport, item);
        assert.match(page(), /^# Kill the master: as expected\./);
        assert.deepEqual(readdirSync(own), []);
        await until('no process is left', () => processesIn(own).length === 0);
      } finally {
        if (TMPDIR === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = TMPDIR;
        await rm(own, { recursive: true, force: true });
      }
    }).timeout(90_000);

    it('fails at the line of what did not come true, and shows what is wrong with a file', async () => {
      const uri = vscode.Uri.file(path.join(workspaceFolder(), 'mine.scenario.json'));
      const { items } = api.drillTests.controller;
      const id = uri.toString();
      try {
        await writeFile(uri.fsPath, '{\n  "act": [\n    { "do": "kil", "node": "master" },\n  ],\n}\n');
        await until('the problem', () => vscode.languages.getDiagnostics(uri).length > 0, {
          timeout: 20_000,
        });
        const [problem] = vscode.languages.getDiagnostics(uri);
        assert.equal(problem?.range.start.line, 2);
        const bad = await until('the test', () => items.get(id));
        assert.match(bad.error as string, /^mine\.scenario\.json:3: /);
        await run([bad]);
        assert.equal(ends.get(id)?.end, 'errored');
        const [[message = ''] = []] = await messagesDuring('showErrorMessage', async () => {
          await vscode.commands.executeCommand(commandIds.openDrillReport, bad);
        });
        assert.equal(message, 'This test has no report yet. Run it first.');
        await writeFile(
          uri.fsPath,
          '{\n  "title": "Mine",\n  "lab": { "replicas": 1, "sentinels": 0 },\n  "act": [{ "after": "10ms" }],\n  "expect": [\n    { "outcome": "succeeded" },\n  ],\n}\n',
        );
        await until('it is read anew', () => items.get(id)?.label === 'Mine', { timeout: 20_000 });
        assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
        const mine = items.get(id);
        assert.ok(mine);
        await run([mine]);
        assert.deepEqual(
          await messagesDuring('showErrorMessage', async () => {
            await vscode.commands.executeCommand(commandIds.openDrillReport, bad);
          }),
          [],
        );
        assert.match(page(), /^# Mine: not as expected/);
        const { end, messages } = ends.get(id) ?? { end: '', messages: [] };
        assert.equal(end, 'failed');
        assert.equal(messages[0]?.message, 'Expected: failover: succeeded. Found: none.');
        assert.equal(messages[0]?.location?.range.start.line, 5);
      } finally {
        await rm(uri.fsPath, { force: true });
      }
      await until('it is gone', () => !items.get(id), { timeout: 20_000 });
    }).timeout(60_000);
  });
});
