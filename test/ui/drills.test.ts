import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { freePorts } from '../support/freePorts';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { LabOnDisk, LabWindow, makeFolder, patience, useServer } from './support/labWindow';

const execute = promisify(execFile);

/** A drill on a busy machine, its lab included. */
const drillTime = { timeout: 110_000 };

/** What a person does with drills: one in their lab, one in a lab of its own, and an exercise. */
describe('a person who rehearses', () => {
  const used = useServer();
  const folder = makeFolder();
  let window: LabWindow;
  let lab: LabOnDisk;

  before(async () => {
    mkdirSync(folder.dir, { recursive: true });
    const [servers, sentinels] = [await freePorts(3), await freePorts(3)];
    lab = new LabOnDisk(path.join(folder.dir, 'drill-lab'), servers, sentinels);
    const ports = ['--port', String(servers[0]), '--sentinel-port', String(sentinels[0])];
    const cli = path.join(repoRoot, 'dist/cli.js');
    await execute(process.execPath, [cli, 'create', lab.directory, ...ports, '--down-after', '1000']);
    await execute(process.execPath, [cli, 'up', lab.directory]);
    window = await LabWindow.open(used.server, { folder: folder.dir });
    await window.openView();
    await window.ready();
  });
  after(async () => {
    await window?.close();
    await lab?.end();
    folder.remove();
  });

  const list = (): Locator => window.page.locator('.quick-input-list');
  const heading = (text: RegExp): Locator =>
    window.workbench.webview().getByRole('heading', { level: 1, name: text });

  /** The question about a guess; a lab that is not ready for a drill yet is waited for first. */
  const guessing = async (): Promise<void> => {
    const question = list().getByText('Begin without a Guess');
    const light = list().getByText('Wait until Ready');
    await question.or(light).first().waitFor(patience);
    if (await light.isVisible()) await window.page.keyboard.press('Enter');
    await question.waitFor(patience);
  };

  it('kills the master of a lab from its row, guesses, and reads the report', async () => {
    const { workbench, page } = window;
    await workbench.contextMenu(window.row('drill-lab'), 'Run Drill');
    await list().getByText('Kill the master', { exact: true }).waitFor(patience);
    await window.screenshot('drill-scenarios');
    await workbench.pick('Kill the master');
    await guessing();
    await window.screenshot('drill-guess');
    await workbench.enterText('Show the Prediction');
    await list().getByText('Begin the Drill').waitFor(patience);
    await window.screenshot('drill-prediction');
    await page.keyboard.press('Enter');
    await workbench.notification('waiting: all Sentinels name another master').waitFor(patience);
    await window.screenshot('drill-running');
    await heading(/^Kill the master: as expected\./).waitFor(drillTime);
    await window.noToast();
    await window.restMouse();
    await window.screenshot('drill-report-light');
    await workbench
      .webview()
      .getByRole('heading', { name: 'Predicted and measured' })
      .scrollIntoViewIfNeeded();
    await window.screenshot('drill-report-tables');
    await window.ready();
  });

  it('does a drill in a lab of its own, in a dark window', async () => {
    const { workbench, page } = window;
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Redis HA: Run Drill…');
    await list().getByText('Kill the master', { exact: true }).waitFor(patience);
    await workbench.enterText('Ask for a failover');
    await list().getByText('In a Lab of Its Own').waitFor(patience);
    await window.screenshot('drill-place');
    await workbench.enterText('In a Lab of Its Own');
    await list().getByText('Begin without a Guess').waitFor(patience);
    await page.keyboard.press('Enter');
    await heading(/^Ask for a failover: as expected\./).waitFor(drillTime);
    await window.noToast();
    await window.restMouse();
    await window.screenshot('drill-report-dark');
  });

  it('compares the two from the page of the last one', async () => {
    const { workbench, page } = window;
    await page.getByRole('button', { name: /^Compare Drills/ }).click();
    await list().getByText('Kill the master', { exact: true }).waitFor(patience);
    await window.screenshot('drill-compare');
    await page.keyboard.press('Enter');
    await page.getByText('Compare "Ask for a failover" with').waitFor(patience);
    await workbench.enterText('Kill the master');
    await heading(/^kill-master → manual-failover, .+: outage .+ → .+, lost writes .+ → .+\.$/).waitFor(
      patience,
    );
    await window.screenshot('drill-comparison');
  });

  it('finds the scenarios in the Test Explorer, runs one, and reads its report', async () => {
    const { workbench, page } = window;
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Testing: Focus on Test Explorer View');
    const tree = page.getByRole('tree', { name: /Test Explorer/ });
    await tree.getByText('Built-in Drills').waitFor(patience);
    await tree.getByText('Built-in Drills').click();
    await tree.getByText('A slow master').waitFor(patience);
    await window.screenshot('drill-tests');
    const test = tree.locator('.monaco-list-row').filter({ hasText: 'Ask for a failover' });
    const report = test.getByRole('button', { name: 'Open Drill Report' });
    await test.click();
    assert.equal(await report.count(), 0);
    await test.getByRole('button', { name: 'Run Test', exact: true }).click();
    await test.hover();
    await report.waitFor(drillTime);
    await window.screenshot('drill-tested');
    await report.click();
    await heading(/^Ask for a failover: as expected\./).waitFor(patience);
    await window.openView();
  });

  it('sees a symptom, says why, repairs the conf, and has that checked', async () => {
    const { workbench, page } = window;
    await workbench.runCommand('Redis HA: Break It, Then Repair It…');
    await list().getByText('One replica less, no more writes').waitFor(patience);
    await window.screenshot('exercise-list');
    await workbench.enterText('One replica less');
    await list().getByText('The master cannot save').waitFor(drillTime);
    await window.screenshot('exercise-question');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await list().locator('.codicon-error').waitFor(patience);
    await window.screenshot('exercise-wrong-answer');
    await workbench.enterText('min-replicas-to-write');
    await workbench.notification('The lab is stopped and still wrong.').waitFor(patience);
    const conf = page.getByRole('tab', { name: /^redis-\d+\.conf/ });
    await conf.waitFor(patience);
    await window.screenshot('exercise-repair');
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('\nmin-replicas-to-write 1\n');
    await workbench.answerNotification('The lab is stopped and still wrong.', 'Check Repair');
    const told = workbench.notification('Repaired.');
    await told.waitFor(drillTime);
    await window.screenshot('exercise-repaired');
    await workbench.answerNotification('Repaired.', 'Clean Up');
    await window.waitFor("only the person's own lab", rows =>
      rows.filter(row => row.level === 1).every(row => row.text.startsWith('drill-lab')),
    );
    assert.equal((await lab.pids()).length, 6);
    await until('no editor of it is left', async () => (await conf.count()) === 0, patience);
  }).timeout(300_000);
});
