import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../support/freePorts';
import { logStamp } from '../support/logStamp';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { LabOnDisk, LabWindow, makeFolder, patience, useServer } from './support/labWindow';
import { LogPanelView } from './support/logPanelView';

const execute = promisify(execFile);

describe('the log panel', () => {
  const used = useServer();
  const folder = makeFolder();
  let lab: LabOnDisk;
  let window: LabWindow;
  let panel: LogPanelView;

  const cli = async (command: string, ...words: readonly string[]): Promise<void> => {
    await execute(process.execPath, [path.join(repoRoot, 'dist/cli.js'), command, lab.directory, ...words]);
  };
  const logFile = (port: number): string => path.join(lab.directory, 'log', `redis-${port}.log`);
  const lineNow = (text: string): string => `1:M ${logStamp(new Date())} * ${text}\n`;

  before(async () => {
    mkdirSync(folder.dir, { recursive: true });
    const [servers, sentinels] = [await freePorts(3), await freePorts(3)];
    lab = new LabOnDisk(path.join(folder.dir, 'first-lab'), servers, sentinels);
  });
  after(async () => {
    await window?.close();
    await cli('down').catch(() => {});
    await lab?.end();
    folder.remove();
  });

  describe('in English', () => {
    before(async () => {
      window = await LabWindow.open(used.server, { folder: folder.dir });
      panel = new LogPanelView(window);
    });
    after(async () => {
      await window?.close();
    });

    it('says in words why it is empty', async () => {
      await panel.open();
      await panel.frame.getByText('No lab is open.').waitFor(patience);
      await window.screenshot('log-empty');
      const ports = ['--port', String(lab.servers[0]), '--sentinel-port', String(lab.sentinels[0])];
      await cli('create', ...ports, '--down-after', '2000');
      await panel.frame.getByText('No node has logged anything yet.').waitFor(patience);
    });

    it('shows the start of a lab as it happens', async () => {
      await cli('up');
      // Whose lines are in sight in the end depends on how quickly they start.
      await panel.waitFor(new RegExp(`sentinel-(${lab.sentinels.join('|')}), sentinel, .*\\+slave slave`));
      await window.screenshot('log-started');
    });

    it('shows a failover live, in order, with names and roles', async () => {
      // The whole failover in sight.
      await window.workbench.runCommand('View: Toggle Maximized Panel');
      await panel.box(1).selectOption('failover');
      await panel.box(2).selectOption('noteworthy');
      await panel.frame.getByText('No line matches the filter.').waitFor(patience);
      await cli('kill', 'master');
      await panel.waitFor(/\+switch-master mymaster/);
      await panel.waitFor(/\+elected-leader/);
      await until(
        'all Sentinels tell of the new master',
        async () => (await panel.labels()).filter(label => label.includes('+switch-master')).length >= 3,
        patience,
      );
      const labels = await panel.labels();
      const order = [
        '+sdown master',
        '+odown',
        '+try-failover',
        '+elected-leader',
        '+promoted-slave',
        '+switch-master',
      ];
      const places = order.map(event => labels.findIndex(label => label.includes(event)));
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
        labels.join('\n'),
      );
      assert.ok(places[0]! >= 0);
      assert.ok(labels.every(label => /^sentinel-\d+, sentinel, /.test(label)));
      await window.screenshot('log-failover');
      await window.workbench.runCommand('View: Toggle Maximized Panel');
      await panel.box(2).selectOption('routine');
    });

    it('filters by words, node and importance, and says how much is shown', async () => {
      await panel.box(1).selectOption('all');
      await panel.words.fill('switch-master');
      await until('three rows', async () => (await panel.labels()).length === 3, patience);
      assert.match((await panel.count.textContent()) ?? '', /^3 of [\d,]+ lines$/);
      await window.screenshot('log-filtered');
      await panel.words.fill('');
      await panel.box(0).selectOption({ label: `redis-${lab.servers[1]}` });
      await panel.waitFor(new RegExp(`^redis-${lab.servers[1]}, `));
      assert.ok((await panel.labels()).every(label => label.startsWith(`redis-${lab.servers[1]}, `)));
      await panel.box(0).selectOption('all');
      await panel.box(2).selectOption('detail');
    });

    it('stays at a line when the person moves up, and comes back to the newest', async () => {
      const { page } = window;
      await panel.list.focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Home');
      const newest = panel.frame.getByRole('button', { name: 'Go to the newest line' });
      await newest.waitFor(patience);
      const [first] = await panel.labels();
      appendFileSync(logFile(lab.servers[1]!), lineNow('words of the test'));
      await new Promise(resolve => setTimeout(resolve, 500));
      assert.equal((await panel.labels())[0], first);
      await newest.click();
      await panel.waitFor(/words of the test/);
      await newest.waitFor({ state: 'hidden' });
    });

    it('is used by keyboard: the row with the focus is named, explained, copied and opened', async () => {
      const { page, workbench } = window;
      await panel.words.fill('+elected-leader');
      await until('one row', async () => (await panel.labels()).length === 1, patience);
      await page.keyboard.press('Escape');
      await panel.list.focus();
      await page.keyboard.press('ArrowUp');
      const active = await until(
        'the row with the focus',
        () => panel.list.getAttribute('aria-activedescendant'),
        patience,
      );
      assert.match(
        (await panel.frame.locator(`#${active}`).getAttribute('aria-label')) ?? '',
        /elected-leader/,
      );
      await panel.details.getByText('What follows').waitFor(patience);
      await window.screenshot('log-details');
      await page.keyboard.press('Control+c');
      await until(
        'the copied line',
        async () => /elected-leader/.test(await workbench.clipboard()),
        patience,
      );
      assert.match(
        await workbench.clipboard(),
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}sentinel-\d+ {2}.*\n$/,
      );
      await page.keyboard.press('Enter');
      await until(
        'the log',
        async () => (await workbench.editorText()).includes('+elected-leader'),
        patience,
      );
      await workbench.statusBarItem(/Ln \d+, Col 1/).waitFor(patience);
      assert.doesNotMatch((await workbench.statusBarItem(/Ln \d+/).textContent()) ?? '', /Ln 1,/);
      await panel.list.focus();
      await page.keyboard.type('w');
      assert.equal(await panel.words.inputValue(), 'w');
      await panel.words.fill('');
      await until('all rows', async () => (await panel.labels()).length > 3, patience);
    });

    it('holds new lines back while it is paused', async () => {
      await panel.frame.getByRole('button', { name: 'Pause' }).click();
      appendFileSync(logFile(lab.servers[1]!), lineNow('written while paused'));
      await panel.frame.getByText('Paused. New lines: 1').waitFor(patience);
      assert.ok(!(await panel.labels()).some(label => label.includes('written while paused')));
      await panel.frame.getByRole('button', { name: 'Resume' }).click();
      await panel.waitFor(/written while paused/);
    });

    it('has the same lines and the same filter again after it was out of sight', async () => {
      await panel.words.fill('+switch-master');
      await until('three rows', async () => (await panel.labels()).length === 3, patience);
      const before = await panel.labels();
      await window.workbench.runCommand('View: Toggle Terminal');
      await panel.list.waitFor({ state: 'hidden' });
      await panel.open();
      await until('three rows', async () => (await panel.labels()).length === 3, patience);
      assert.deepEqual(await panel.labels(), before);
      assert.equal(await panel.words.inputValue(), '+switch-master');
      await panel.words.fill('');
    });

    it('can be read in light, dark and high contrast', async () => {
      for (const [theme, name] of [
        ['Light Modern', 'light'],
        ['Dark High Contrast', 'contrast'],
        ['Dark Modern', 'dark'],
      ] as const) {
        await window.workbench.runCommand('Preferences: Color Theme');
        await window.workbench.enterText(theme);
        await panel.list.focus();
        await window.page.keyboard.press('End');
        await new Promise(resolve => setTimeout(resolve, 800));
        await window.screenshot(`log-${name}`);
      }
    });

    it('stays smooth with 100,000 rows: few elements, and every line within moments', async () => {
      const many = Array.from({ length: 100_000 }, (_, index) =>
        lineNow(`Background saving started by pid ${index + 1}`),
      );
      appendFileSync(logFile(lab.servers[2]!), many.join(''));
      await panel.waitFor(/saving started by pid 100000/);
      const elements = await panel.list.locator('.row').count();
      assert.ok(elements < 80, `${elements} elements`);
      const slowest = await panel.list.evaluate(async list => {
        const { requestAnimationFrame: frame } = globalThis as unknown as {
          readonly requestAnimationFrame: (done: () => void) => void;
        };
        let worst = 0;
        for (let step = 0; step <= 60; step++) {
          const began = performance.now();
          list.scrollTop = (list.scrollHeight * step) / 60;
          await new Promise<void>(resolve => frame(() => setTimeout(resolve)));
          worst = Math.max(worst, performance.now() - began);
        }
        return worst;
      });
      console.log(
        `        100,000 rows: ${elements} elements, slowest step of scrolling ${slowest.toFixed(0)} ms`,
      );
      assert.ok(slowest < 250, `${slowest} ms`);
      assert.equal(await panel.list.locator('.row').count(), elements);
      await window.screenshot('log-many');
    });

    it('is emptied by its button, and the files stay', async () => {
      await window.workbench.runCommand('Redis HA: Clear Log Panel');
      await panel.frame.getByText('Cleared. New lines appear here').waitFor(patience);
      appendFileSync(logFile(lab.servers[1]!), lineNow('written after clearing'));
      await panel.waitFor(/written after clearing/);
      assert.equal((await panel.labels()).length, 1);
    });
  });

  describe('in Korean', () => {
    before(async () => {
      window = await LabWindow.open(used.server, { folder: folder.dir, language: 'ko' });
      panel = new LogPanelView(window);
    });

    it('explains a failover in Korean as it happens', async () => {
      await window.workbench.runCommand('Redis HA: 로그 패널 표시');
      await panel.list.waitFor(patience);
      await panel.box(1).selectOption('failover');
      await panel.box(2).selectOption('noteworthy');
      await cli('up');
      await window.workbench.runCommand('Redis HA: 로그 패널 지우기');
      await panel.frame.getByText('지웠습니다.').waitFor(patience);
      await cli('kill', 'master');
      await panel.waitFor(/[가-힣]+.*\+switch-master/);
      assert.equal(await panel.words.getAttribute('placeholder'), '단어로 필터링');
      assert.match((await panel.count.textContent()) ?? '', /줄/);
      await panel.list.focus();
      await window.page.keyboard.press('End');
      await panel.details
        .getByText('이후 동작')
        .waitFor({ timeout: 5_000 })
        .catch(() => {});
      await window.screenshot('log-korean');
    });
  });
});
