import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { until } from '../../support/until';
import { patience, type LabWindow } from './labWindow';

/** A cell of the canvas: red, green, blue. */
type Pixel = readonly [number, number, number];

/** A timeline as a person sees it. Other pages, such as the log panel, may be in sight beside it. */
export class TimelinePage {
  private constructor(
    private readonly window: LabWindow,
    readonly frame: Frame,
  ) {}

  /** The timeline in sight, when it has shown a moment; after a reload, or when it was out of sight, it is another page. */
  static async inSight(window: LabWindow): Promise<TimelinePage> {
    const frame = await until('a timeline is in sight', () => frameWith(window, '.replay'), patience);
    const page = new TimelinePage(window, frame);
    await page.frame
      .locator('.topology-view .node')
      .first()
      .waitFor({ state: 'attached', ...patience });
    return page;
  }

  get failovers(): Locator {
    return this.frame.locator('select.failovers');
  }

  get words(): Locator {
    return this.frame.locator('input[type=search]');
  }

  get weight(): Locator {
    return this.frame.getByRole('combobox', { name: 'Importance' });
  }

  get slider(): Locator {
    return this.frame.locator('.replay input[type=range]');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** The line that says which moment is shown, and how the lab was then. */
  async moment(): Promise<string> {
    return (await this.frame.locator('.moment').textContent()) ?? '';
  }

  async momentLike(pattern: RegExp): Promise<string> {
    return until(
      `the moment ${pattern}`,
      async () => {
        const text = await this.moment();
        return pattern.test(text) ? text : undefined;
      },
      patience,
    );
  }

  /** As a table, or as a picture. */
  async showTable(isTable: boolean): Promise<void> {
    const button = this.frame.locator('.toolbar button[aria-pressed]');
    if ((await button.getAttribute('aria-pressed')) !== String(isTable)) await button.click();
    await this.frame.locator('.timeline-tables').waitFor({ state: isTable ? 'visible' : 'hidden' });
  }

  /** What a table says, row by row; none: there is no such table. */
  async table(name: string): Promise<string[][]> {
    const table = this.frame.getByRole('table', { name, exact: true });
    if ((await table.count()) === 0) return [];
    return cellsOf(table);
  }

  /** The events, the newest first, as time, node, event and importance. */
  async events(): Promise<string[][]> {
    return cellsOf(this.frame.locator('.timeline-tables > table'));
  }

  /** What each node believes of one fact, by its port. */
  async opinions(fact: string): Promise<Readonly<Record<string, string>>> {
    const heads = await this.frame.locator('.matrix tr.nodes th').allTextContents();
    const row = this.frame.locator('.matrix tbody tr', {
      has: this.frame.locator('th', { hasText: new RegExp(`^${fact}$`) }),
    });
    const cells = await row.locator('td > span:nth-child(2)').allTextContents();
    return Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? '']));
  }

  /** A node of the drawing, by its port. */
  node(port: number): Locator {
    return this.frame.locator('.topology-view .node', { has: this.frame.getByText(String(port)) });
  }

  /** The colour in the upper left corner of the picture, which is that of the background. */
  async background(): Promise<Pixel> {
    return this.frame.locator('.timeline canvas').evaluate(element => {
      const canvas = element as unknown as {
        getContext(kind: string): { getImageData(...of: number[]): { data: number[] } };
      };
      const [red = 0, green = 0, blue = 0] = canvas.getContext('2d').getImageData(1, 1, 1, 1).data;
      return [red, green, blue] as const;
    });
  }

  /** What the theme gives for variables, without `--vscode-`. */
  async colorsOf(variables: readonly string[]): Promise<string[]> {
    return this.frame.locator('body').evaluate((body, names) => {
      const page = globalThis as unknown as {
        getComputedStyle(of: unknown): { getPropertyValue(name: string): string };
      };
      return names.map(name => page.getComputedStyle(body).getPropertyValue(`--vscode-${name}`));
    }, variables);
  }

  /** Steps on until a moment is as wanted. */
  async stepUntil(what: string, wanted: () => Promise<boolean>): Promise<void> {
    for (let step = 0; step < 60; step++) {
      if (await wanted()) return;
      const before = await this.moment();
      await this.button('To the next event').click();
      await until('the next moment', async () => (await this.moment()) !== before, patience);
      // Tree, opinions and drawing come with the same message as the moment, which the tree shows a frame later.
      await this.window.page.waitForTimeout(50);
    }
    assert.fail(`No step showed ${what}.`);
  }
}

/** The document of the first webview in sight that has an element. */
export async function frameWith({ page }: LabWindow, selector: string): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    if (frame === page.mainFrame()) continue;
    const isThere = await frame
      .locator(selector)
      .first()
      .isVisible()
      .catch(() => false);
    if (isThere) return frame;
  }
  return undefined;
}

async function cellsOf(table: Locator): Promise<string[][]> {
  return table
    .locator('tbody tr')
    .evaluateAll(rows =>
      rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent ?? '')),
    );
}
