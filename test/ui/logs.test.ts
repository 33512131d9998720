import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { LabWindow, makeFolder, patience, useServer } from './support/labWindow';

const names = [26379, 26380, 26381].map(port => `failover-sentinel-${port}.log`);

/** A folder with the three logs of one failover, under names that make links difficult. */
function makeNotes(folder: string, settings: Record<string, unknown>): void {
  const logs = path.join(folder, '로그 (1)');
  mkdirSync(logs, { recursive: true });
  for (const name of names)
    copyFileSync(path.join(repoRoot, 'test/fixtures/logs', name), path.join(logs, name));
  mkdirSync(path.join(folder, '.vscode'));
  writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

/** What a person does with logs that somebody sent. */
class LogWindow {
  private constructor(readonly window: LabWindow) {}

  static async open(
    used: ReturnType<typeof useServer>,
    folder: string,
    language?: string,
  ): Promise<LogWindow> {
    const window = await LabWindow.open(used.server, {
      folder,
      ...(language === undefined ? {} : { language }),
      viewport: { width: 1400, height: 900 },
    });
    return new LogWindow(window);
  }

  get page(): LabWindow['page'] {
    return this.window.page;
  }

  async openLog(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget .quick-input-box input').first().fill(name);
    // Files are found a moment after the box is filled.
    await this.window.workbench.pick(name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor(patience);
  }

  async hover(text: string): Promise<string> {
    const hover = this.page.locator('.monaco-hover:visible').first();
    await until(
      'the explanation',
      async () => {
        await this.window.restMouse();
        await this.page.locator('.view-line span span', { hasText: text }).first().hover();
        await hover.waitFor({ timeout: 5_000 });
        return !/Loading/.test((await hover.textContent()) ?? '');
      },
      patience,
    );
    return ((await hover.textContent()) ?? '').replaceAll('\u00a0', ' ');
  }

  /** The folder's row in the Explorer. */
  folderRow(name: string): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  }

  get preview(): Locator {
    return this.window.workbench.webview().locator('body');
  }
}

describe('logs that somebody sent', () => {
  const used = useServer({ workspaceTrust: true });

  describe('in the dark, in a folder that is not trusted', () => {
    const folder = makeFolder();
    let logs: LogWindow;

    before(async () => {
      makeNotes(folder.dir, { 'workbench.colorTheme': 'Dark 2026' });
      logs = await LogWindow.open(used, folder.dir);
      const no = logs.page.getByRole('button', { name: /No, I don't trust/ });
      await no.click({ timeout: 10_000 }).catch(() => {});
    });
    after(async () => {
      await logs?.window.close();
      folder.remove();
    });

    it('have their own language and colours', async () => {
      await logs.openLog(names[2]!);
      await logs.window.workbench.statusBarItem('Redis Log').waitFor(patience);
      const classes = await until(
        'several colours',
        async () => {
          const spans = await logs.page
            .locator('.view-line span[class^="mtk"]')
            .evaluateAll(elements => elements.map(element => element.className));
          const different = new Set(spans);
          return different.size >= 5 ? different : undefined;
        },
        patience,
      );
      assert.ok(classes.size >= 5);
    });

    it('are explained where the mouse rests', async () => {
      assert.match(await logs.hover('+elected-leader'), /This Sentinel is the leader/);
      await logs.window.screenshot('logs-hover-dark');
    });

    it('are folded and listed by failover', async () => {
      const { page } = logs;
      await page.keyboard.press('Escape');
      await logs.window.restMouse();
      await page.keyboard.press('Control+Shift+O');
      await page
        .locator('.quick-input-list', { hasText: 'failover of mymaster, epoch 1: 6379 → 6380' })
        .waitFor(patience);
      await logs.window.screenshot('logs-outline-dark');
      await page.keyboard.press('Escape');
    });

    it('are told as one story from the Explorer, and its links lead to the lines', async () => {
      const { window, preview, page } = logs;
      await window.workbench.openView(/Explorer/);
      await window.workbench.contextMenu(logs.folderRow('로그 (1)'), /Explain Redis Logs/);
      await preview.getByText('leader sentinel-26381', { exact: false }).first().waitFor(patience);
      await window.screenshot('logs-story-dark');
      const link = preview.getByRole('link', { name: 'sentinel-26380:5' });
      await link.scrollIntoViewIfNeeded();
      await window.screenshot('logs-story-lines-dark');
      await link.click();
      await window.workbench.statusBarItem('Ln 5, Col 1').waitFor(patience);
      await page.locator('.view-line', { hasText: 'Next failover delay' }).waitFor(patience);
      assert.equal(await page.locator('.tab.active', { hasText: 'failover-sentinel-26380.log' }).count(), 1);
      await window.noToast();
    });

    it('are offered as a story when VS Code shows them without explanations', async () => {
      const piece = readFileSync(path.join(repoRoot, 'test/fixtures/logs', names[2]!), 'utf8').trimEnd();
      const large = path.join(folder.dir, 'sentinel-large.log');
      const line = '[28656] 29 Dec 21:54:17.726 * Sentinel new configuration saved on disk\n';
      writeFileSync(large, line.repeat(Math.ceil((51 * 1024 * 1024) / line.length)) + piece);
      await logs.folderRow('sentinel-large.log').dblclick(patience);
      const toast = logs.window.workbench.notification(/sentinel-large\.log is larger than 50 MB/);
      await toast.waitFor(patience);
      await toast.getByRole('button', { name: 'Explain This Log' }).waitFor();
      await logs.window.screenshot('logs-large');
      await toast.getByRole('button', { name: 'Explain This Log' }).click();
      await logs.preview.getByText('mymaster moved from 127.0.0.1:6379').first().waitFor(patience);
      rmSync(large);
    });

    it('look right in high contrast and in the light', async () => {
      const settings = path.join(folder.dir, '.vscode/settings.json');
      writeFileSync(settings, JSON.stringify({ 'workbench.colorTheme': 'Default High Contrast' }));
      await logs.page.locator('.monaco-workbench.hc-black').waitFor(patience);
      await logs.openLog(names[2]!);
      await logs.hover('+promoted-slave');
      await logs.window.screenshot('logs-hover-high-contrast');
      writeFileSync(settings, JSON.stringify({ 'workbench.colorTheme': 'Light 2026' }));
      await logs.page.locator('.monaco-workbench.vs').waitFor(patience);
      await logs.hover('+promoted-slave');
      await logs.window.screenshot('logs-light');
    });
  });

  describe('in Korean', () => {
    const folder = makeFolder('레디스-노트');
    let logs: LogWindow;

    before(async () => {
      makeNotes(folder.dir, {});
      logs = await LogWindow.open(used, folder.dir, 'ko');
      const yes = logs.page.getByRole('button', { name: /Yes, I trust/ });
      await yes.click({ timeout: 10_000 }).catch(() => {});
    });
    after(async () => {
      await logs?.window.close();
      folder.remove();
    });

    it('are explained in Korean', async () => {
      await logs.openLog(names[1]!);
      const text = await logs.hover('Next failover delay');
      assert.match(text, /정상:/);
      assert.match(text, /다음의 일부: mymaster 페일오버, 에포크 1: 6379 → 6380/);
      await logs.window.screenshot('logs-hover-korean');
    });

    it('are told as one story in Korean', async () => {
      const { window, preview } = logs;
      await window.workbench.openView(/Explorer/);
      await window.workbench.contextMenu(logs.folderRow('로그 (1)'), /Redis 로그 설명/);
      await preview.getByText('줄 단위 설명').waitFor(patience);
      await window.screenshot('logs-story-korean');
      const text = (await preview.textContent()) ?? '';
      assert.match(text, /sentinel-26381/);
      assert.doesNotMatch(text, /\b(?:What it means|This Sentinel|Took)\b/);
    });

    it('of the clipboard are explained line by line', async () => {
      const { window, preview, page } = logs;
      const line = '[23584] 29 Dec 21:55:17.665 # +sdown master mymaster 127.0.0.1 6379';
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(line)})`);
      await window.workbench.runCommand('Redis HA: 클립보드의 텍스트 설명');
      await preview.getByText('모든 줄').waitFor(patience);
      await window.screenshot('logs-clipboard-korean');
    });
  });
});
