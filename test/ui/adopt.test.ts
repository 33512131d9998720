import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePorts } from '../support/freePorts';
import { noteConfs } from '../support/noteConfs';
import { until } from '../support/until';
import { LabOnDisk, LabWindow, groupOf, makeFolder, patience, useServer } from './support/labWindow';

describe('a person with the confs of a tutorial', () => {
  const used = useServer();
  const folder = makeFolder('Redis');
  let window: LabWindow;
  let lab: LabOnDisk;
  let master: number;
  let replica: number;
  let sentinel: number;

  before(async () => {
    const ports = (await freePorts(5)) as [number, number, number, number, number];
    [master, replica, sentinel] = ports;
    for (const { path: name, text } of noteConfs(ports, { downAfter: 2_000 })) {
      mkdirSync(path.dirname(path.join(folder.dir, name)), { recursive: true });
      writeFileSync(path.join(folder.dir, name), text);
    }
    lab = new LabOnDisk(folder.dir, ports.slice(0, 2), ports.slice(2));
    window = await LabWindow.open(used.server, { folder: folder.dir });
  });
  after(async () => {
    await window?.close();
    await lab?.end();
    folder.remove();
  });

  it('is offered to make a lab of them, and finds the same in the empty view', async () => {
    await window.workbench.notification('This folder has 5 conf files of Redis').waitFor(patience);
    await window.openView();
    await window.welcome.getByRole('button', { name: 'Add Existing Conf Files' }).waitFor(patience);
    await window.screenshot('adopt-offer');
  });

  it('sees what was found and what it makes together', async () => {
    const { workbench, page } = window;
    await workbench.answerNotification('This folder has 5 conf files of Redis', 'Add as Lab…');
    const list = page.locator('.quick-input-list');
    await list.getByText(`data node ${replica}, replica of 127.0.0.1:${master}`).waitFor(patience);
    await window.screenshot('adopt-files');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Make the lab "Redis" of 5 conf files?').waitFor(patience);
    await window.screenshot('adopt-question');
    await workbench.answerDialog('Make and Start');
    await window.openView();
    await window.ready();
    await window.restMouse();
    await window.screenshot('adopt-ready');
    assert.equal(await window.group(replica), 'Replicas (1)');
  });

  it('reads in a terminal what the server prints, although its conf names no log', async () => {
    await window.workbench.contextMenu(window.row(replica), 'Show Terminal');
    await window.workbench.waitForTerminalText(/MASTER <-> \w+ sync: Finished with success/, patience);
  });

  it('sees after a failover what the Sentinel wrote into its conf', async () => {
    const { workbench, page } = window;
    await window.row(master).click();
    await workbench.inlineAction(window.row(master), /Kill Node/);
    await window.waitFor('the new master', rows => groupOf(rows, replica) === 'Master');
    const conf = path.join(folder.dir, `conf/sentinel${sentinel}.conf`);
    await until(
      'the Sentinel wrote it down',
      () => readFileSync(conf, 'utf8').includes(`127.0.0.1 ${replica} 2`),
      patience,
    );
    await workbench.runCommand('View: Toggle Panel Visibility');
    await workbench.contextMenu(window.row(sentinel), 'Show Changes to Conf');
    await page.getByRole('tab', { name: 'first form ↔ now' }).waitFor(patience);
    await until(
      'the notes behind the lines',
      async () =>
        // As text, because the code runs in the page, whose types are not those of the tests.
        page.evaluate<boolean>(
          `Array.from(document.querySelectorAll('.monaco-diff-editor .view-line span'), span =>
             getComputedStyle(span, '::after').content).some(content => content.includes('never copy'))`,
        ),
      patience,
    );
    await window.restMouse();
    await window.screenshot('conf-changes');
    // The note says why when the mouse rests on the line.
    await page
      .locator('.editor.modified .view-line', { hasText: `127.0.0.1 ${replica} 2` })
      .first()
      .hover();
    await page.locator('.monaco-hover:visible').getByText('A failover moved the master').waitFor(patience);
    await window.screenshot('conf-changes-hover');
    await window.restMouse();
    await page.locator('.editor-actions').getByRole('button', { name: 'List Changes to Conf' }).click();
    await page.getByRole('tab', { name: /sentinel\d+\.conf\.md/ }).waitFor(patience);
    await workbench.webview().getByText('A failover moved the master').waitFor(patience);
    await window.screenshot('conf-changes-list');
  });

  it('converts the stopped lab after a look at the difference', async () => {
    const { workbench, page } = window;
    await window.restMouse();
    await workbench.runCommand('View: Close All Editors');
    await workbench.contextMenu(window.row('Redis'), 'Stop Lab');
    await window.waitFor('a stopped lab', rows => rows[0]?.text.startsWith('Redisstopped') === true);
    await workbench.contextMenu(window.row('Redis'), 'Convert Lab to Redis Version');
    await page.locator('.quick-input-list').getByText('for Windows').first().waitFor(patience);
    await window.screenshot('convert-versions');
    await workbench.pick('Redis 3.0.504');
    await workbench.notification('Convert').waitFor(patience);
    await page.getByRole('tab', { name: 'Redis: confs for Redis 3.0.504' }).waitFor(patience);
    await page.getByText('# not known to 3.0.504').first().waitFor(patience);
    await window.screenshot('convert-difference');
    await workbench.answerNotification('Convert', 'Convert');
    const conf = path.join(folder.dir, `conf/sentinel${sentinel}.conf`);
    await until(
      'the conf is converted',
      () => readFileSync(conf, 'utf8').includes('# not known to 3.0.504'),
      patience,
    );
    await workbench.notification('this lab runs on').waitFor(patience);
    assert.equal(await page.getByRole('tab', { name: 'confs for Redis 3.0.504' }).count(), 0);
    await window.screenshot('convert-done');
    await lab.nothingIsLeft();
  });

  describe('in Korean', () => {
    let korean: LabWindow;
    const other = makeFolder('Redis 실습');

    before(async () => {
      const ports = (await freePorts(5)) as [number, number, number, number, number];
      for (const { path: name, text } of noteConfs(ports)) {
        mkdirSync(path.dirname(path.join(other.dir, name)), { recursive: true });
        writeFileSync(path.join(other.dir, name), text);
      }
      korean = await LabWindow.open(used.server, { folder: other.dir, view: '랩', language: 'ko' });
    });
    after(async () => {
      await korean?.close();
      other.remove();
    });

    it('is asked the same', async () => {
      const { workbench, page } = korean;
      await korean.openView();
      await workbench.notification('서로 연결된 Redis 설정 파일이 5개').waitFor(patience);
      await korean.screenshot('adopt-offer-ko');
      await workbench.answerNotification('서로 연결된 Redis 설정 파일이 5개', '랩으로 추가…');
      await page.locator('.quick-input-list').getByText('감시 대상 mymaster').first().waitFor(patience);
      await korean.screenshot('adopt-files-ko');
      await page.keyboard.press('Enter');
      await page.locator('.monaco-dialog-box').getByText('설정 파일 5개로').waitFor(patience);
      await korean.screenshot('adopt-question-ko');
      await workbench.answerDialog('랩 만들기');
      await korean.waitFor('the lab', rows => rows[0]?.text.startsWith('Redis 실습') === true);
      await korean.screenshot('adopt-made-ko');
    });
  });
});
