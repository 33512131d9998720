import type { FrameLocator, Locator } from 'playwright-core';
import type { LabWindow } from './labWindow';
import { until } from '../../support/until';
import { patience } from './labWindow';

/** The log panel as a person sees it. */
export class LogPanelView {
  constructor(private readonly window: LabWindow) {}

  async open(): Promise<void> {
    await this.window.workbench.runCommand('Redis HA: Show Log Panel');
    await this.list.waitFor(patience);
  }

  get frame(): FrameLocator {
    return this.window.workbench.webview();
  }

  get list(): Locator {
    return this.frame.getByRole('listbox');
  }

  get rows(): Locator {
    return this.list.getByRole('option');
  }

  get words(): Locator {
    return this.frame.locator('input[type=search]');
  }

  /** A box of the toolbar: 0 node, 1 phase, 2 importance. */
  box(index: number): Locator {
    return this.frame.locator('select').nth(index);
  }

  get count(): Locator {
    return this.frame.locator('.count');
  }

  get details(): Locator {
    return this.frame.locator('.details');
  }

  /** What the rows in sight say, from top to bottom, as a screen reader gets them. */
  async labels(): Promise<string[]> {
    const all = await this.list.locator('.row:not([hidden])').evaluateAll(elements =>
      elements
        .map(element => ({
          place: Number(element.getAttribute('aria-posinset')),
          label: element.getAttribute('aria-label') ?? '',
        }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ label }) => label),
    );
    return all;
  }

  async waitFor(pattern: RegExp): Promise<string> {
    let labels: string[] = [];
    return until(
      `a row with ${pattern}`,
      async () => {
        labels = await this.labels();
        return labels.find(label => pattern.test(label));
      },
      patience,
    ).catch((error: unknown) => {
      throw new Error(`No row with ${pattern}. There are:\n${labels.join('\n')}`, { cause: error });
    });
  }
}
