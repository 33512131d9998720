import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { LabOnDisk, LabWindow, groupOf, makeFolder, patience, useServer } from './support/labWindow';

/** Everything that a person does with a first lab, in the order in which they do it. */
describe('a person with a new folder', () => {
  const used = useServer();
  const folder = makeFolder();
  let window: LabWindow;
  let lab: LabOnDisk;
  /** The first master, the replica that will follow it, the other one. */
  let old: number;
  let heir: number;
  let other: number;
  let pids: number[];

  before(async () => {
    mkdirSync(folder.dir, { recursive: true });
    const [servers, sentinels] = [await freePorts(3), await freePorts(3)];
    [old, heir, other] = servers as [number, number, number];
    lab = new LabOnDisk(path.join(folder.dir, 'first-lab'), servers, sentinels);
    window = await LabWindow.open(used.server, { folder: folder.dir });
  });
  after(async () => {
    await window?.close();
    await lab?.end();
    folder.remove();
  });

  describe('without a lab', () => {
    it('is told how to begin', async () => {
      await window.openView();
      await window.welcome.getByText('No lab here yet.').waitFor(patience);
      await window.welcome.getByRole('button', { name: 'Open a Lab Folder' }).waitFor();
      await window.screenshot('welcome-empty');
    });

    it('creates one from the palette with Enter, Enter, Enter, on ports of their own', async () => {
      const { workbench, page } = window;
      const list = page.locator('.quick-input-list');
      await workbench.runCommand('Redis HA: Create Lab…');
      await list.getByText('1 master, 2 replicas, 3 Sentinels').waitFor(patience);
      await window.screenshot('wizard-shape');
      await page.keyboard.press('Enter');
      await page.getByText('Name of the lab').waitFor();
      await window.screenshot('wizard-name');
      await page.keyboard.press('Enter');
      await list.getByText('Create and Start').waitFor(patience);

      await workbench.pick('Ports');
      await page.getByText('Port of the first master').waitFor();
      await window.screenshot('wizard-ports');
      await workbench.enterText(String(old));
      await page.getByText('Port of the first Sentinel').waitFor();
      await workbench.enterText(String(lab.sentinels[0]));
      await list.getByText(`${old}–${other}, ${lab.sentinels[0]}–${lab.sentinels[2]}`).waitFor(patience);
      await workbench.pick('Down after (ms)');
      await page.getByText('Milliseconds without a valid reply').waitFor();
      await workbench.enterText('2000');
      await list.getByText('2000', { exact: true }).waitFor();
      await window.screenshot('wizard-review');
      await page.keyboard.press('Enter');
    });

    it('sees each step of the start, and the lab is ready', async () => {
      const steps = new Set<string>();
      let isPictured = false;
      await until(
        'the lab is ready',
        async () => {
          for (const text of await window.toasts())
            steps.add(/first-lab: (.*?) · log/.exec(text)?.[1] ?? text);
          if (steps.size > 0 && !isPictured) await window.screenshot('starting');
          isPictured ||= steps.size > 0;
          return (await window.rowTexts())[0]?.startsWith('first-labready · master');
        },
        patience,
      );
      assert.ok(steps.has('waiting until the Sentinels know each other'), [...steps].join(', '));
      // It says nothing about what the person sees anyway.
      await window.noToast();
      pids = await lab.pids();
      assert.equal(pids.length, 6);
      for (const port of lab.servers)
        assert.equal(await window.group(port), port === old ? 'Master' : 'Replicas (2)');
    });
  });

  describe('with a lab that is ready', () => {
    before(() => prefer(heir));

    it('sees the master in the status bar, and comes back to the tree by a click on it', async () => {
      const { workbench, page } = window;
      await workbench.openView(/Explorer/);
      await workbench.statusBarItem(`mymaster → 127.0.0.1:${old}`).click();
      await window.tree.waitFor();
      assert.equal(await page.locator('.statusbar-item', { hasText: 'no master' }).count(), 0);
    });

    it('finds the rest of a node in its tooltip', async () => {
      const { page } = window;
      const hover = page.locator('.monaco-hover:visible').filter({ hasText: `redis-${heir}` });
      await until(
        'the tooltip',
        async () => {
          // A row that is drawn anew just then loses its tooltip.
          await window.restMouse();
          await window.row(heir).hover();
          await hover.waitFor({ timeout: 5_000 });
          return true;
        },
        patience,
      );
      assert.match((await hover.textContent()) ?? '', new RegExp(`Replicates from\\s*127.0.0.1:${old}`));
      await window.screenshot('tooltip');
      await window.restMouse();
    });

    it('sees nothing flicker while nothing happens', async () => {
      await window.row(heir).click();
      await window.restMouse();
      const seen = await window.watchRows(4_000);
      assert.deepEqual(seen.replaced, [], 'rows were taken out and put in again');
      const moving = new Set(lab.servers.map(String));
      for (const label of seen.changed) assert.ok(moving.has(label), `the row ${label} changed`);
      await window.screenshot('ready');
    });

    it('kills the master by the button of its row, and sees the next one within 3 s', async () => {
      await untilPreferred(heir);
      await window.row(heir).click();
      const subscriber = new Redis({ port: lab.sentinels[0]!, retryStrategy: () => null });
      subscriber.on('error', () => {});
      let switchedAt = 0;
      subscriber.on('message', () => (switchedAt ||= performance.now()));
      await subscriber.subscribe('+switch-master');

      await window.workbench.inlineAction(window.row(old), /Kill Node/);
      await window.restMouse();
      await window.waitFor('the killed node', rows => groupOf(rows, old) === 'Not Running (1)');
      await window.screenshot('killed');
      await window.waitFor('a failover', rows => /failover: /.test(rows[0]?.text ?? ''));
      await window.screenshot('failover-running');
      await window.waitFor('the row of the new master', rows => groupOf(rows, heir) === 'Master');
      const shownAt = performance.now();
      await until('the Sentinel tells of it', () => switchedAt > 0, patience);
      subscriber.disconnect();
      assert.ok(shownAt - switchedAt < 3_000, `the row came ${shownAt - switchedAt} ms after +switch-master`);
      await window.waitFor('the end of the failover', rows => /degraded: /.test(rows[0]?.text ?? ''));
      await window.workbench.statusBarItem(`mymaster → 127.0.0.1:${heir}`).waitFor(patience);
      await window.screenshot('after-failover');
    });

    it('keeps the selected row selected although it has moved, and all rows open', async () => {
      assert.equal(await window.row(heir).getAttribute('aria-selected'), 'true');
      const rows = await window.rows();
      assert.deepEqual(
        rows.filter(row => row.expanded === false),
        [],
      );
      assert.deepEqual(await window.toasts(), []);
    });

    it('reads in the terminal why the old master is gone', async () => {
      const { workbench } = window;
      const text = await workbench.waitForTerminalText(/R starts it again/, patience);
      assert.match(text, new RegExp(`redis-${old} was ended by SIGKILL without being stopped`));
    });

    it('starts the old master with R, and sees it come back as a replica', async () => {
      await window.workbench.typeInTerminal('r');
      await window.waitFor('it comes back as a replica', rows => groupOf(rows, old) === 'Replicas (2)');
      await window.ready();
      await window.screenshot('old-master-back');
      pids = await lab.pids();
      assert.equal(pids.length, 6);
    });
  });

  describe('after a reload of the window', () => {
    before(async () => {
      await window.workbench.reload();
      await window.openView();
    });

    it('finds the same processes in the tree', async () => {
      await window.ready();
      assert.deepEqual(await lab.pids(), pids);
      assert.equal(await window.group(heir), 'Master');
      await window.screenshot('reloaded');
    });

    it('finds the terminal of a node', async () => {
      // VS Code brings terminals back some seconds after the reload.
      await window.page.locator('.terminal-tabs-entry').nth(5).waitFor(patience);
      await window.workbench.contextMenu(window.row(other), 'Show Terminal');
      await window.workbench.waitForTerminalText(
        new RegExp(`${other}|${lab.recordedPid(`redis-${other}`)}:S`),
        patience,
      );
    });

    it('stops a node with Ctrl+C in its terminal, and starts it again with R', async () => {
      const { workbench, page } = window;
      await page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
      await page.keyboard.press('Control+c');
      await workbench.waitForTerminalText(new RegExp(`redis-${other} has stopped`), patience);
      await window.waitFor('it is stopped', rows => groupOf(rows, other) === 'Not Running (1)');
      await window.screenshot('terminal-stopped');
      await workbench.typeInTerminal('R');
      await window.ready();
    });

    it('stops and starts what is selected with the keys of debugging', async () => {
      const { page } = window;
      await window.row(other).click();
      await page.keyboard.press('Shift+F5');
      await window.waitFor('it is stopped', rows => groupOf(rows, other) === 'Not Running (1)');
      await page.keyboard.press('Control+F5');
      await window.ready();
      assert.equal(await window.row(other).getAttribute('aria-selected'), 'true');
    });

    it('opens conf and log', async () => {
      const { workbench, page } = window;
      await workbench.contextMenu(window.row(other), 'Open Conf');
      await page.getByRole('tab', { name: `redis-${other}.conf` }).waitFor(patience);
      assert.match(await workbench.editorText(), /^port |\nport /);
      await workbench.contextMenu(window.row(other), 'Open Log');
      await page.getByRole('tab', { name: `redis-${other}.log` }).waitFor(patience);
      await workbench.runCommand('View: Close All Editors');
    });

    it('talks to a node in redis-cli', async () => {
      const { workbench } = window;
      await workbench.contextMenu(window.row(heir), 'Open redis-cli');
      await workbench.waitForTerminalText(new RegExp(`127.0.0.1:${heir}>`), patience);
      await workbench.typeInTerminal('ROLE\n');
      await workbench.waitForTerminalText(/1\) "master"/, patience);
      await workbench.typeInTerminal('QUIT\n');
    });

    it('copies the commands that start the lab', async () => {
      const { workbench } = window;
      await workbench.contextMenu(window.row('first-lab'), 'Copy Launch Commands');
      await workbench.pick('PowerShell');
      const text = await until('the commands', () => workbench.clipboard(), patience);
      const lines = text.trimEnd().split('\n');
      assert.equal(lines.length, 6);
      for (const line of lines) assert.match(line, /^& .*redis-server/);
      assert.equal(lines.filter(line => line.includes('--sentinel')).length, 3);
    });
  });

  describe('while a lab waits', () => {
    it('reads the log behind the progress, and cancels the waiting without an error', async () => {
      const { workbench, page } = window;
      const [frozen, stopped] = lab.sentinels.map(port => `sentinel-${port}`) as [string, string];
      const frozenPid = lab.recordedPid(frozen);
      await workbench.inlineAction(window.row(stopped.split('-')[1]!), /Stop Node/);
      await window.restMouse();
      await until('it has stopped', async () => (await lab.pids()).length === 5, patience);
      // Ready is never reached while one of the Sentinels is frozen.
      process.kill(frozenPid, 'SIGSTOP');
      try {
        await workbench.inlineAction(window.row('first-lab'), /Start Lab/);
        await window.restMouse();
        const toast = workbench.notification('waiting until the Sentinels know each other');
        await toast.waitFor(patience);
        await toast.getByRole('link', { name: 'log' }).click();
        await page.locator('.output-view').waitFor(patience);
        await window.screenshot('waiting');
        await toast.getByRole('button', { name: 'Cancel' }).click();
        await window.noToast();
      } finally {
        process.kill(frozenPid, 'SIGCONT');
      }
      await window.ready();
    });
  });

  describe('when it is enough', () => {
    it('stops the lab, and no server is left', async () => {
      await window.workbench.contextMenu(window.row('first-lab'), 'Stop Lab');
      await window.waitFor('a stopped lab', rows => rows[0]?.text === 'first-labstopped');
      await lab.nothingIsLeft();
      await window.restMouse();
      await window.screenshot('stopped');
      assert.deepEqual(await window.toasts(), []);
    });

    it('is asked before a reset, which deletes data and log', async () => {
      const { workbench, page } = window;
      const log = path.join(lab.directory, `log/redis-${heir}.log`);
      assert.ok(existsSync(log));
      const dialog = page.locator('.monaco-dialog-box');
      await workbench.contextMenu(window.row('first-lab'), 'Reset Lab');
      await dialog.getByText('Reset first-lab?').waitFor(patience);
      await window.screenshot('reset-question');
      await workbench.answerDialog('Cancel');
      await dialog.waitFor({ state: 'detached' });
      assert.ok(existsSync(log));
      await workbench.contextMenu(window.row('first-lab'), 'Reset Lab');
      await workbench.answerDialog('Reset');
      await until('the log is gone', () => !existsSync(log), patience);
      assert.deepEqual(await window.toasts(), []);
    });
  });

  /** Lets the Sentinels prefer this replica; they notice with their next INFO, within 10 s. */
  async function prefer(port: number): Promise<void> {
    const client = new Redis({ port });
    await client.config('SET', 'replica-priority', '1');
    client.disconnect();
  }

  async function untilPreferred(port: number): Promise<void> {
    for (const sentinel of lab.sentinels) {
      const client = new Redis({ port: sentinel });
      await until(
        `Sentinel ${sentinel} prefers ${port}`,
        async () => {
          const replicas = (await client.call('SENTINEL', 'REPLICAS', 'mymaster')) as string[][];
          const fields = replicas.find(reply => reply[1]?.endsWith(`:${port}`)) ?? [];
          return fields[fields.indexOf('slave-priority') + 1] === '1';
        },
        patience,
      );
      client.disconnect();
    }
  }
});
