import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { repoRoot } from '../support/repoRoot';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import { LabOnDisk, LabWindow, groupOf, makeFolder, patience, useServer } from './support/labWindow';

const execute = promisify(execFile);

/** Makes a lab as the wizard would, without going through it again. */
async function makeLab(directory: string, ...options: readonly string[]): Promise<LabOnDisk> {
  const [servers, sentinels] = [await freePorts(3), await freePorts(3)];
  const ports = [
    '--port',
    String(servers[0]),
    '--sentinel-port',
    String(sentinels[0]),
    '--down-after',
    '2000',
  ];
  const cli = path.join(repoRoot, 'dist/cli.js');
  await execute(process.execPath, [cli, 'create', directory, ...ports, ...options]);
  return new LabOnDisk(directory, servers, sentinels);
}

/** Settings of the folder itself, as a person would write them for this window only. */
function writeSettings(folder: string, settings: Record<string, unknown>): void {
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

describe('windows of all kinds', () => {
  const used = useServer();

  describe('without a redis-server', () => {
    const folder = makeFolder();
    let window: LabWindow;

    before(async () => {
      writeSettings(folder.dir, { 'redisHaLab.serverPath': path.join(folder.dir, 'missing/redis-server') });
      window = await LabWindow.open(used.server, { folder: folder.dir });
      await window.openView();
    });
    after(async () => {
      await window?.close();
      folder.remove();
    });

    it('says what is missing and what to do', async () => {
      await window.welcome.getByText('redis-server was not found').waitFor(patience);
      await window.welcome.getByRole('button', { name: 'Choose a Binary…' }).waitFor();
      await window.restMouse();
      await window.screenshot('welcome-no-redis');
    });

    it('types the command of the installation, and leaves it to the person to run it', async () => {
      await window.welcome.getByRole('button', { name: 'Install Redis…' }).click();
      const text = await window.workbench.waitForTerminalText(/[#$%>] .*install/, patience);
      assert.match(text, /[#$%>] [^\n]*(?:apt-get install -y redis-\n?server|brew install redis)$/);
      await window.screenshot('install-redis');
    });

    it('creates no lab, and offers the same ways out', async () => {
      const { workbench } = window;
      await workbench.runCommand('Redis HA: Create Lab…');
      const toast = workbench.notification(/redis-server/);
      await toast.waitFor(patience);
      await window.screenshot('error-no-redis');
      await toast.getByRole('button', { name: /Choose a Binary…|Install Redis…/ }).waitFor();
    });

    it('offers the servers that there are', async () => {
      const { workbench, page } = window;
      await workbench.runCommand('Redis HA: Choose redis-server…');
      await page.locator('.quick-input-list').getByText('Browse…').waitFor(patience);
      await window.screenshot('choose-server');
      await page.keyboard.press('Escape');
    });
  });

  describe('with a lab that has a password, in the dark', () => {
    const folder = makeFolder();
    let window: LabWindow;
    let lab: LabOnDisk;

    before(async () => {
      writeSettings(folder.dir, { 'workbench.colorTheme': 'Dark 2026' });
      lab = await makeLab(path.join(folder.dir, 'team-lab'), '--password', 'open-sesame-1');
      window = await LabWindow.open(used.server, { folder: folder.dir });
      await window.openView();
    });
    after(async () => {
      await window?.close();
      await lab?.end();
      folder.remove();
    });

    it('names the program that holds a port', async () => {
      const { workbench } = window;
      const blocker = await hold(lab.servers[1]!);
      try {
        await window.waitFor('a stopped lab', rows => rows.length > 6);
        await workbench.inlineAction(window.row('team-lab'), /Start Lab/);
        await window.restMouse();
        const toast = workbench.notification(`Port ${lab.servers[1]} is in use by `);
        await toast.waitFor(patience);
        await toast.getByRole('button', { name: 'Show Log' }).waitFor();
        assert.match((await toast.textContent()) ?? '', new RegExp(`\\(pid ${process.pid}\\)`));
        await window.waitFor('the row says it, too', rows =>
          rows.some(row => row.text.startsWith(`${lab.servers[1]}port in use by `)),
        );
        await workbench.notification('Starting').waitFor({ state: 'detached' });
        await window.screenshot('dark-port-in-use');
        assert.deepEqual(await lab.pids(), []);
      } finally {
        blocker.close();
      }
      await workbench.runCommand('Notifications: Clear All Notifications');
      await window.noToast();
    });

    it('starts with its password, and shows it nowhere', async () => {
      const { workbench, page } = window;
      await workbench.inlineAction(window.row('team-lab'), /Start Lab/);
      await window.ready();
      await window.restMouse();
      await window.noToast();
      await window.screenshot('dark-ready');
      await workbench.contextMenu(window.row(lab.servers[0]!), 'Open redis-cli');
      await workbench.waitForTerminalText(/>/, patience);
      await workbench.typeInTerminal('PING\n');
      const text = await workbench.waitForTerminalText(/PONG/, patience);
      assert.doesNotMatch(text, /sesame|NOAUTH/);
      assert.doesNotMatch((await page.locator('body').textContent()) ?? '', /sesame/);
    });

    it('looks right in high contrast', async () => {
      writeSettings(folder.dir, { 'workbench.colorTheme': 'Default High Contrast' });
      await window.page.locator('.monaco-workbench.hc-black').waitFor(patience);
      await window.workbench.inlineAction(window.row(lab.servers[2]!), /Kill Node/);
      await window.restMouse();
      await window.waitFor(
        'the killed replica',
        rows => groupOf(rows, lab.servers[2]!) === 'Not Running (1)',
      );
      await window.screenshot('high-contrast-killed');
    });

    it('leaves nothing behind when all labs are stopped', async () => {
      await window.workbench.runCommand('Redis HA: Stop All Labs');
      await lab.nothingIsLeft();
      await until(
        'its terminals are closed',
        async () => {
          const names = await window.page.locator('.terminal-tabs-entry').allTextContents();
          return !names.some(name => lab.ports.some(port => name.includes(`${port} `)));
        },
        patience,
      );
    });
  });

  describe('in Korean', () => {
    const folder = makeFolder();
    let window: LabWindow;
    let lab: LabOnDisk;

    before(async () => {
      lab = await makeLab(path.join(folder.dir, '첫-실습'));
      window = await LabWindow.open(used.server, { folder: folder.dir, language: 'ko', view: '랩' });
      await window.openView();
    });
    after(async () => {
      await window?.close();
      await lab?.end();
      folder.remove();
    });

    it('speaks Korean in the tree, the progress and the status bar', async () => {
      const { workbench } = window;
      await window.waitFor('a stopped lab', rows => /중지됨/.test(rows[0]?.text ?? ''));
      await workbench.inlineAction(window.row('첫-실습'), '랩 시작');
      await window.restMouse();
      const rows = await window.waitFor('a ready lab', rows => /준비됨/.test(rows[0]?.text ?? ''));
      for (const { text } of rows) assert.doesNotMatch(text, /\b(?:ready|master|replica|link|lag|sees)\b/i);
      await window.noToast();
      await window.screenshot('korean-ready');
    });

    it('speaks Korean in a terminal and in the wizard', async () => {
      const { workbench, page } = window;
      await workbench.inlineAction(window.row(lab.servers[0]!), /SIGKILL/);
      await window.restMouse();
      await workbench.waitForTerminalText(/SIGKILL[^]*R.*니다/, patience);
      await window.screenshot('korean-killed');
      await workbench.runCommand('Redis HA: 랩 만들기…');
      await page.locator('.quick-input-list').getByText('Sentinel').first().waitFor(patience);
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-message').getByText('랩').waitFor(patience);
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-list').getByText('mymaster').waitFor(patience);
      await window.screenshot('korean-wizard');
      await page.keyboard.press('Escape');
    });

    it('stops in Korean, too', async () => {
      await window.workbench.runCommand('Redis HA: 모든 랩 중지');
      await lab.nothingIsLeft();
    });
  });
});

describe('a folder that is not trusted', () => {
  const used = useServer({ workspaceTrust: true });
  const folder = makeFolder();
  let window: LabWindow;
  let lab: LabOnDisk;

  before(async () => {
    lab = await makeLab(path.join(folder.dir, 'foreign-lab'));
    writeSettings(folder.dir, {
      'redisHaLab.startOnOpen': true,
      'redisHaLab.serverPath': path.join(folder.dir, 'evil-server'),
    });
    window = await LabWindow.open(used.server, { folder: folder.dir });
    await window.openView();
  });
  after(async () => {
    await window?.close();
    await lab?.end();
    folder.remove();
  });

  it('shows no lab and starts nothing, and says why', async () => {
    await window.welcome.getByText('This workspace is not trusted').waitFor(patience);
    await window.restMouse();
    await window.screenshot('welcome-untrusted');
    assert.deepEqual(await lab.pids(), []);
  });

  it('creates no lab either', async () => {
    await window.workbench.runCommand('Redis HA: Create Lab…');
    await window.workbench.notification('This workspace is not trusted').waitFor(patience);
    await window.workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('finds the labs, and obeys its settings, as soon as it is trusted', async () => {
    const { page, workbench } = window;
    await window.welcome.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.getByRole('button', { name: /^Trust$/ }).click();
    await window.waitFor('the lab', rows => rows.some(row => row.text.startsWith('foreign-lab')));
    // Its own server path counts now, and there is no such program.
    await workbench.notification('evil-server').waitFor(patience);
    await window.screenshot('trusted-missing-server');
    assert.deepEqual(await lab.pids(), []);
  });
});

function hold(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(socket => socket.destroy());
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
