import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { LabOnDisk, LabWindow, groupOf, makeFolder, patience, useServer } from './support/labWindow';

describe('a person with a new folder', () => {
  const used = useServer();
  const folder = makeFolder();
  let window: LabWindow;
  let lab: LabOnDisk;
  let first: number;
  let chosen: number;
  let other: number;
  const steps = new Set<string>();

  before(async () => {
    mkdirSync(folder.dir, { recursive: true });
    const servers = await freePorts(3);
    const sentinels = await freePorts(3);
    [first, chosen, other] = servers as [number, number, number];
    lab = new LabOnDisk(path.join(folder.dir, 'first-lab'), servers, sentinels);
    window = await LabWindow.open(used.server, { folder: folder.dir });
  });
  after(async () => {
    await window?.close();
    await lab?.end();
    folder.remove();
  });

  it('is told how to begin', async () => {
    await window.openView();
    await window.welcome.getByText('No lab here yet.').waitFor(patience);
    await window.welcome.getByRole('button', { name: 'Create a Lab' }).waitFor();
    await window.welcome.getByRole('button', { name: 'Open a Lab Folder' }).waitFor();
    await window.screenshot('01-welcome-empty');
  });

  it('creates a lab with Enter, Enter, and its own ports', async () => {
    const { workbench, page } = window;
    const title = page.locator('.quick-input-title');
    await workbench.runCommand('Redis HA: Create Lab…');
    await page.getByText('1 master, 2 replicas, 3 Sentinels').first().waitFor(patience);
    await window.screenshot('02-wizard-shape');
    await page.keyboard.press('Enter');
    await page.getByText('Name of the lab').waitFor();
    await window.screenshot('03-wizard-name');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-list').getByText('Create and Start').waitFor(patience);
    await window.screenshot('04-wizard-review');
    await workbench.pick('Ports');
    await page.getByText('Port of the first master').waitFor();
    await workbench.enterText(String(first));
    await page.getByText('Port of the first Sentinel').waitFor();
    await workbench.enterText(String(lab.sentinels[0]));
    await page.getByText(`${first}–${other}, ${lab.sentinels[0]}–${lab.sentinels[2]}`).waitFor(patience);
    await workbench.pick('Down after (ms)');
    await page.getByText('Milliseconds without a valid reply').waitFor();
    await workbench.enterText('2000');
    await page.locator('.quick-input-list').getByText('Create and Start').waitFor();
    await window.screenshot('05-wizard-review-changed');
    assert.equal(await title.textContent(), 'Create Lab: first-lab');
    await page.locator('.quick-input-list').getByText('Create and Start').click();
  });

  it('sees the steps of the start, and can open the log from them', async () => {
    const { page } = window;
    const toast = page.locator('.notifications-toasts .notification-list-item');
    await toast.first().waitFor(patience);
    await window.screenshot('06-starting');
    await until(
      'the lab is ready',
      async () => {
        for (const text of await window.toasts()) steps.add(text);
        return /ready · master/.test((await window.rowTexts())[0] ?? '');
      },
      patience,
    );
    console.log([...steps]);
    await window.screenshot('07-ready');
    console.log(await window.rows());
  });

  it('explore', async () => {
    const { page, workbench } = window;
    await toastsGone();
    await window.row(chosen).hover();
    await page.locator('.monaco-hover:visible').first().waitFor(patience);
    await window.screenshot('08-tooltip');
    await window.row(chosen).click();
    await window.screenshot('09-selected');
    await workbench.inlineAction(window.row(first), /Kill Node/);
    await until('killed', async () => /Not Running/.test((await window.rowTexts()).join('\n')), patience);
    await window.screenshot('10-killed');
    const sub = new Redis({ port: lab.sentinels[0]!, retryStrategy: () => null });
    sub.on('error', () => {});
    let at = 0;
    await sub.subscribe('+switch-master');
    sub.on('message', () => (at ||= performance.now()));
    await until('failover', async () => /failover/.test((await window.rowTexts())[0] ?? ''), patience);
    await window.screenshot('11-failover');
    await until('new master', async () => {
      const rows = await window.rows();
      return lab.servers.some(port => port !== first && groupOf(rows, port) === 'Master');
    }, patience);
    console.log('seen', performance.now() - at);
    await until('waiting', async () => /waiting/.test((await window.rowTexts())[0] ?? ''), patience);
    await window.screenshot('12-after-failover');
    sub.disconnect();
    await workbench.inlineAction(window.row(first), /Start Node/);
    await window.ready();
    await window.screenshot('13-old-master-back');
    await workbench.runCommand('Redis HA: Stop Lab');
    await window.waitFor('stopped', rows => /stopped/.test(rows[0]?.text ?? ''));
    await window.screenshot('14-stopped');
    await lab.nothingIsLeft();
  });

  async function toastsGone(): Promise<void> {
    await until('no toast', async () => (await window.toasts()).length === 0, patience);
  }
});
