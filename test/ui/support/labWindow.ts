import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { vsix } from '../../../scripts/lib/paths.mjs';
import { startServer, type ServerOptions, type VscodeServer } from '../../../scripts/lib/vscodeServer.mjs';
import {
  openWorkbench,
  type OpenOptions,
  type Row,
  type RowChanges,
  type Workbench,
} from '../../../scripts/lib/workbench.mjs';
import { redisProcesses } from '../../support/redisProcesses';
import { until } from '../../support/until';

/** Waits in this level share two cores with a whole VS Code and its browser. */
export const patience = { timeout: 60_000 };

/** A VS Code server with the packed extension, for the tests of one `describe`. */
export function useServer(options: ServerOptions = {}): { readonly server: VscodeServer } {
  const used: { server?: VscodeServer } = {};
  before(async () => {
    used.server = await startServer({ extensionVsix: vsix, ...options });
  });
  after(() => used.server?.stop());
  return {
    get server() {
      assert.ok(used.server);
      return used.server;
    },
  };
}

/** A folder to open, with a name that is fit to be seen. */
export function makeFolder(name = 'redis-notes'): { readonly dir: string; remove(): void } {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'redis-ha-lab-ui-')));
  const dir = path.join(base, name);
  return { dir, remove: () => rmSync(base, { recursive: true, force: true, maxRetries: 5 }) };
}

/** What is used of a browser's `indexedDB`. */
interface Databases {
  databases(): Promise<readonly { readonly name?: string }[]>;
  open(name: string): Asked<{
    transaction(store: string): {
      objectStore(name: string): { getAll(): Asked<readonly unknown[]> };
    };
    close(): void;
  }>;
}

interface Asked<T> {
  readonly result: T;
  addEventListener(type: 'success' | 'error', listener: () => void): void;
}

/** The window of a person: the workbench, and the words in which they see a lab. */
export class LabWindow {
  private constructor(
    readonly workbench: Workbench,
    /** The name of the view, in the language of the person. */
    private readonly view: string,
  ) {}

  static async open(
    server: VscodeServer,
    { view = 'Labs', ...options }: OpenOptions & { readonly view?: string },
  ): Promise<LabWindow> {
    return new LabWindow(await openWorkbench(server.port, options), view);
  }

  get page(): Workbench['page'] {
    return this.workbench.page;
  }

  async openView(): Promise<void> {
    await this.workbench.openView(/Redis HA/);
  }

  async rows(): Promise<Row[]> {
    return this.workbench.rows(this.view);
  }

  async rowTexts(): Promise<string[]> {
    return (await this.rows()).map(({ text }) => text);
  }

  /** Waits until the rows are as wanted. */
  async waitFor(
    what: string,
    wanted: (rows: readonly Row[]) => boolean,
    timeout = 60_000,
  ): Promise<readonly Row[]> {
    return this.workbench.waitForRows(this.view, wanted, { what, timeout });
  }

  async ready(): Promise<void> {
    await this.waitFor('a ready lab', rows => /ready · master/.test(rows[0]?.text ?? ''));
  }

  /** The row of a lab, a group or a node: of a node by its port. */
  row(start: string | number): Locator {
    return this.workbench
      .tree(this.view)
      .locator('[role="treeitem"]')
      .filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^${start}`) }) })
      .first();
  }

  get tree(): Locator {
    return this.workbench.tree(this.view);
  }

  /** The label of the group in which a node stands now. */
  async group(port: number): Promise<string | undefined> {
    return groupOf(await this.rows(), port);
  }

  get welcome(): Locator {
    return this.page.locator('.welcome-view:visible').first();
  }

  /** The toasts that are in sight. */
  async toasts(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item').allTextContents();
  }

  async noToast(): Promise<void> {
    await until('no notification is in sight', async () => (await this.toasts()).length === 0, patience);
  }

  /** Takes the mouse away from everything that reacts to it. */
  async restMouse(): Promise<void> {
    await this.page.mouse.move(700, 300);
  }

  async watchRows(milliseconds: number): Promise<RowChanges> {
    return this.workbench.watchRows(this.view, milliseconds);
  }

  /** Whether what VS Code keeps of this window in the browser has these words in it. */
  async hasWrittenDown(words: string): Promise<boolean> {
    return this.page.evaluate(async text => {
      const { indexedDB } = globalThis as unknown as { readonly indexedDB: Databases };
      for (const { name } of await indexedDB.databases()) {
        if (name?.startsWith('vscode-web-state-db') !== true) continue;
        const values = await new Promise<readonly unknown[]>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.addEventListener('error', () => reject(new Error(name)));
          opening.addEventListener('success', () => {
            const all = opening.result.transaction('ItemTable').objectStore('ItemTable').getAll();
            all.addEventListener('error', () => reject(new Error(name)));
            all.addEventListener('success', () => {
              opening.result.close();
              resolve(all.result);
            });
          });
        });
        if (values.some(value => typeof value === 'string' && value.includes(text))) return true;
      }
      return false;
    }, words);
  }

  async screenshot(name: string): Promise<void> {
    await this.workbench.screenshot(`shots/${name}`);
  }

  async close(): Promise<void> {
    await this.workbench.close();
  }
}

/** The label of the last group above a node's row. */
export function groupOf(rows: readonly Row[], port: number): string | undefined {
  const at = rows.findIndex(row => row.level === 3 && row.text.startsWith(String(port)));
  return rows.slice(0, Math.max(0, at)).findLast(row => row.level === 2)?.text;
}

/** What a lab on disk is made of, and what of it runs. */
export class LabOnDisk {
  constructor(
    readonly directory: string,
    readonly servers: readonly number[],
    readonly sentinels: readonly number[],
  ) {}

  get ports(): readonly number[] {
    return [...this.servers, ...this.sentinels];
  }

  async pids(): Promise<number[]> {
    const running = await redisProcesses(this.directory, this.ports);
    return running.map(({ pid }) => pid).toSorted((a, b) => a - b);
  }

  recordedPid(node: string): number {
    const file = path.join(this.directory, 'run', `${node}.json`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid;
  }

  async nothingIsLeft(): Promise<void> {
    await until('no server of the lab is left', async () => (await this.pids()).length === 0, patience);
  }

  /** Ends what a failed test may have left behind. */
  async end(): Promise<void> {
    for (const pid of await this.pids()) process.kill(pid, 'SIGKILL');
  }
}
