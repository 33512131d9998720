// Driving the workbench of a VS Code server in headless Chromium, the way a person does. Needs playwright-core.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { Instruction } from './instruction.mjs';
import { out } from './paths.mjs';
import { chromiumInstruction, findChromium } from './systemPackages.mjs';
import { startServer } from './vscodeServer.mjs';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {import('./workbench.mjs').Row} Row
 * @typedef {import('./workbench.mjs').OpenOptions} OpenOptions
 */

const chromiumArguments = [
  '--no-sandbox', // the sandbox refuses to run as root, and only our own page is opened
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=LocalNetworkAccessChecks',
];

/** @param {import('playwright-core').LaunchOptions} [options] */
export function launchBrowser(options = {}) {
  const executablePath = findChromium();
  if (!executablePath) throw new Instruction(chromiumInstruction);
  return chromium.launch({ executablePath, headless: true, args: chromiumArguments, ...options });
}

/**
 * The address of a workbench.
 * @param {number} port
 * @param {{ folder?: string; payload?: readonly (readonly [string, string])[] }} [options]
 */
export function workbenchUrl(port, { folder, payload = [] } = {}) {
  const query = new URLSearchParams(folder ? { folder } : { ew: 'true' });
  query.set('payload', JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]));
  return `http://127.0.0.1:${port}/?${query}`;
}

/**
 * Starts a server and opens its workbench; `close()` ends both.
 * @param {import('./workbench.mjs').StartOptions} options
 */
export async function startWorkbench(options) {
  const server = await startServer(options);
  try {
    const workbench = await openWorkbench(server.port, options);
    return Object.assign(workbench, {
      server,
      async close() {
        await workbench.browser.close();
        await server.stop();
      },
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Opens the workbench of a running server in a new browser and waits until it can be used.
 * @param {number} port
 * @param {OpenOptions} [options]
 */
export async function openWorkbench(
  port,
  { folder, payload, viewport = { width: 1400, height: 900 }, language, onPage } = {},
) {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({
      viewport,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    if (language) await speak(page, language);
    await onPage?.(page);
    await page.goto(workbenchUrl(port, { ...(folder ? { folder } : {}), ...(payload ? { payload } : {}) }));
    const workbench = new Workbench(page);
    await workbench.ready();
    return workbench;
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * Lets VS Code believe that it was started in this language. Its own texts stay English without a language pack, but
 * extensions show theirs in it.
 * @param {Page} page
 * @param {string} language
 */
async function speak(page, language) {
  await page.addInitScript(tag => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: tag }), language);
}

/** One window of VS Code. */
export class Workbench {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  get browser() {
    return /** @type {import('playwright-core').Browser} */ (this.page.context().browser());
  }

  async ready() {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: 60_000 });
  }

  async close() {
    await this.browser.close();
  }

  async reload() {
    await this.page.reload();
    await this.ready();
  }

  // ---- commands and quick picks ----

  /**
   * Runs a command by its title in the Command Palette. While the workbench moves the focus, the key or the box can be
   * lost: the whole step is then tried again.
   * @param {string} title with its category: "Redis HA: Start Lab"
   */
  async runCommand(title) {
    const box = this.page.locator('.quick-input-widget .quick-input-box input').first();
    const row = this.#quickPickRow(title);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.page.keyboard.press('F1');
        await box.fill(`>${title}`, { timeout: 3000 });
        await row.waitFor({ timeout: 5000 });
        await row.click({ timeout: 3000 });
        return;
      } catch (error) {
        if (attempt === 5)
          throw new Error(`The Command Palette does not offer "${title}".`, { cause: error });
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /**
   * Chooses a row of the open quick pick.
   * @param {string} label how its row begins
   */
  async pick(label) {
    await this.#quickPickRow(label).click();
  }

  /** Types into the open quick pick or input box and presses Enter. @param {string} text */
  async enterText(text) {
    const box = this.page.locator('.quick-input-widget .quick-input-box input').first();
    await box.fill(text);
    await box.press('Enter');
  }

  /** @param {string} label */
  #quickPickRow(label) {
    const start = JSON.stringify(label); // quotes it for the selector
    return this.page.locator(`.quick-input-widget .monaco-list-row[aria-label^=${start}]`).first();
  }

  // ---- views and trees ----

  /**
   * Opens a view container from the activity bar. A click on the open one would close it, and after a reload VS Code may
   * open it by itself between the look and the click: it counts as open when it stays so.
   * @param {string | RegExp} name
   */
  async openView(name) {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name }).first();
    await tab.waitFor({ timeout: 60_000 });
    const isOpen = async () => (await tab.getAttribute('aria-selected')) === 'true';
    for (let attempt = 1; attempt <= 10; attempt++) {
      if (!(await isOpen())) await tab.click();
      await sleep(300);
      if (await isOpen()) {
        await sleep(300);
        if (await isOpen()) return;
      }
    }
    throw new Error(`The view container ${name} does not stay open.`);
  }

  /**
   * The tree of a view.
   * @param {string | RegExp} name
   */
  tree(name) {
    return this.page.getByRole('tree', { name }).first();
  }

  /**
   * What a tree shows now, from top to bottom.
   * @param {string | RegExp} tree
   * @returns {Promise<Row[]>}
   */
  async rows(tree) {
    return this.tree(tree)
      .getByRole('treeitem')
      .evaluateAll(elements =>
        elements
          .map(element => ({
            label: element.getAttribute('aria-label') ?? '',
            text: (element.textContent ?? '').trim(),
            level: Number(element.getAttribute('aria-level')),
            expanded: element.hasAttribute('aria-expanded') ? element.ariaExpanded === 'true' : undefined,
            index: Number(element.getAttribute('data-index')),
          }))
          // recycled rows stand anywhere in the document
          .sort((a, b) => a.index - b.index)
          .map(({ index, ...row }) => row),
      );
  }

  /**
   * Waits until a row matches by its label or its text, and gives that row's element.
   * @param {string | RegExp} tree
   * @param {RegExp} pattern
   * @param {{ timeout?: number }} [options]
   * @returns {Promise<Locator>}
   */
  async waitForRow(tree, pattern, options) {
    const matches = (/** @type {Row} */ row) => pattern.test(row.label) || pattern.test(row.text);
    const rows = await this.waitForRows(tree, all => all.some(matches), {
      ...options,
      what: String(pattern),
    });
    const row = /** @type {Row} */ (rows.find(matches));
    return this.tree(tree)
      .locator(`[role="treeitem"][aria-label=${JSON.stringify(row.label)}]`)
      .first();
  }

  /**
   * Waits until the rows of a tree are as wanted; the error of a timeout lists the rows there were.
   * @param {string | RegExp} tree
   * @param {(rows: Row[]) => boolean} wanted
   * @param {{ timeout?: number; what?: string; onChange?: (rows: Row[]) => void; expand?: boolean }} [options]
   */
  async waitForRows(
    tree,
    wanted,
    { timeout = 20_000, what = 'the wanted rows', onChange, expand = false } = {},
  ) {
    const deadline = Date.now() + timeout;
    let before = '';
    for (;;) {
      const rows = await this.rows(tree);
      const now = JSON.stringify(rows);
      if (now !== before) onChange?.(rows);
      before = now;
      if (wanted(rows)) return rows;
      if (Date.now() > deadline) {
        const list = rows.map(row => `${'  '.repeat(row.level)}${row.label}`).join('\n') || '  (no rows)';
        throw new Error(
          `${what} did not appear in the tree "${tree}" within ${timeout / 1000} s. It shows:\n${list}`,
        );
      }
      if (expand) await this.expandAll(tree);
      await sleep(150);
    }
  }

  /**
   * Watches the rows of a tree for a while.
   * @param {string | RegExp} tree
   * @param {number} milliseconds
   * @returns {Promise<import('./workbench.mjs').RowChanges>}
   */
  async watchRows(tree, milliseconds) {
    return this.tree(tree).evaluate(async (element, time) => {
      const replaced = new Set();
      const changed = new Set();
      const labelOf = row => row.querySelector('.label-name')?.textContent ?? '?';
      const observer = new MutationObserver(records => {
        for (const { target, addedNodes, removedNodes } of records) {
          for (const node of [...addedNodes, ...removedNodes])
            if (node instanceof Element && node.matches('.monaco-list-row')) replaced.add(labelOf(node));
          const inside = target instanceof Element ? target : target.parentElement;
          const row = inside?.closest('.monaco-list-row');
          if (row) changed.add(labelOf(row));
        }
      });
      observer.observe(element, { subtree: true, childList: true, characterData: true });
      await new Promise(resolve => setTimeout(resolve, time));
      observer.disconnect();
      return { replaced: [...replaced], changed: [...changed] };
    }, milliseconds);
  }

  /** Opens every closed row that is there. @param {string | RegExp} tree */
  async expandAll(tree) {
    const closed = this.tree(tree).locator('[role="treeitem"][aria-expanded="false"]');
    for (const row of await closed.all()) {
      await row
        .locator('.monaco-tl-twistie')
        .click({ timeout: 2000 })
        .catch(() => {}); // it has just moved or opened
    }
  }

  /**
   * Presses an inline button of a row. Such buttons exist while the mouse is over the row.
   * @param {Locator} row
   * @param {string | RegExp} title
   */
  async inlineAction(row, title) {
    await row.hover();
    await row.getByRole('button', { name: title }).click();
  }

  /**
   * Chooses an entry of a row's context menu.
   * @param {Locator} row
   * @param {string | RegExp} title
   */
  async contextMenu(row, title) {
    await row.click({ button: 'right' });
    const entry = this.page.getByRole('menuitem', { name: title }).first();
    for (let attempt = 1; ; attempt++) {
      await entry.click();
      // A menu that has just opened takes no click yet, lest the one that opened it chooses something.
      const chosen = await entry.waitFor({ state: 'detached', timeout: 2000 }).then(
        () => true,
        () => false,
      );
      if (chosen) return;
      if (attempt === 5) throw new Error(`The context menu does not take a click on "${title}".`);
    }
  }

  // ---- messages and the status bar ----

  /** A notification that contains the text. @param {string | RegExp} text */
  notification(text) {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  /**
   * Presses a button of a notification.
   * @param {string | RegExp} text
   * @param {string | RegExp} button
   */
  async answerNotification(text, button) {
    const toast = this.notification(text);
    await toast.waitFor();
    await toast.hover();
    await toast.getByRole('button', { name: button }).click();
  }

  /**
   * Presses a button of a modal dialog.
   * @param {string | RegExp} button
   */
  async answerDialog(button) {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
  }

  /** What the person has copied. */
  async clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** An entry of the status bar. @param {string | RegExp} text */
  statusBarItem(text) {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  // ---- terminals, editors, webviews ----

  /** What the visible terminal shows. */
  async terminalText() {
    const screen = this.page.locator('.terminal-wrapper.active .xterm-rows');
    const lines = await screen.locator('> div').allTextContents();
    return lines
      .map(line => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /**
   * @param {RegExp} pattern
   * @param {{ timeout?: number }} [options]
   */
  async waitForTerminalText(pattern, { timeout = 20_000 } = {}) {
    const deadline = Date.now() + timeout;
    for (;;) {
      const text = await this.terminalText().catch(() => '');
      if (pattern.test(text)) return text;
      if (Date.now() > deadline) throw new Error(`The terminal does not show ${pattern}. It shows:\n${text}`);
      await sleep(150);
    }
  }

  /** Types into the visible terminal. @param {string} text */
  async typeInTerminal(text) {
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await this.page.keyboard.type(text);
  }

  /** The lines of the editor in front that are in sight. */
  async editorText() {
    const lines = this.page.locator('.editor-instance .view-line');
    const all = await lines.evaluateAll(elements =>
      elements
        .map(element => ({
          top: Number.parseFloat(element.style.top),
          text: element.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
    return all.join('\n');
  }

  /** The document inside the visible webview. */
  webview() {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }

  /**
   * Saves a picture of the window.
   * @param {string} name without ending, relative to out/
   * @returns {Promise<string>} the file
   */
  async screenshot(name) {
    const file = path.resolve(out, `${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }
}
