import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openTimeline, type TimelinePage } from '../../bench/lib/timelinePage.mjs';
import { timelineViewTexts } from '../../src/ui/timeline/timelineViewTexts';
import { isAccessible } from './support/accessibility';

/** What the page of bench/timeline has for who drives it. */
interface Driven {
  readonly view: {
    range: { readonly from: number; readonly to: number };
    setScene(scene: unknown): void;
    addMarks(marks: unknown): void;
    fitAll(): void;
    fitFailover(index: number): void;
    setFollow(follows: boolean): void;
    setLive(isLive: boolean): void;
    setCursor(at: number | undefined): void;
    svg(words: { readonly title: string; readonly description: string }): string;
    png(): Promise<Blob>;
    readonly isFollowing: boolean;
    readonly scene: unknown;
    readonly marks: unknown;
    readonly shownFilter: unknown;
    readonly element: { hidden: boolean };
  };
  readonly tables: { readonly element: { hidden: boolean }; show(...of: readonly unknown[]): void };
  readonly scenes: {
    readonly start: number;
    failoverScene(language?: string): unknown;
    failoverMarks(): unknown;
  };
  readonly host: { events: string[] };
  readonly untilDrawn: () => Promise<void>;
}

describe('the timeline in a browser', () => {
  let opened: TimelinePage;
  let page: Page;
  const errors: unknown[] = [];

  before(async () => {
    opened = await openTimeline(timelineViewTexts(), {
      width: 1000,
      height: 600,
      extraStyle: 'h1 { display: none; }',
    });
    ({ page } = opened);
    page.on('pageerror', error => errors.push(error));
    page.on('console', message => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await opened.load();
  });

  after(async () => opened.browser.close());

  beforeEach(async () => {
    await page.evaluate(async () => {
      const { view, scenes, host, untilDrawn } = globalThis as unknown as Driven;
      view.setLive(false);
      view.setFollow(false);
      view.setCursor(undefined);
      if (view.marks instanceof Object && (view.marks as { size: number }).size === 0) {
        view.setScene(scenes.failoverScene());
        view.addMarks(scenes.failoverMarks());
      }
      view.fitFailover(0);
      await untilDrawn();
      host.events.length = 0;
    });
    await page.mouse.move(5, 590);
    await scroller().focus();
    await page.keyboard.press('Escape');
  });

  afterEach(() => assert.deepEqual(errors.splice(0), []));

  const scroller = () => page.getByRole('application', { name: 'Timeline of the failover' });
  const tip = () => page.getByRole('tooltip');
  const said = () => page.locator('.timeline [role=status]');
  const range = async (): Promise<{ from: number; to: number }> =>
    page.evaluate(() => (globalThis as unknown as Driven).view.range);
  const events = async (): Promise<string[]> =>
    page.evaluate(() => (globalThis as unknown as Driven).host.events);
  const length = ({ from, to }: { from: number; to: number }): number => to - from;

  /** Until something is as it should be: the page draws when it comes to it. */
  async function until(check: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await check()) return;
      await page.evaluate(
        async () =>
          new Promise(resolve =>
            (globalThis as unknown as { setTimeout: (f: unknown, t: number) => void }).setTimeout(
              resolve,
              30,
            ),
          ),
      );
    }
    assert.fail(
      `It did not become so. Events: ${(await events()).join(', ')}; said: ${await said().textContent()}`,
    );
  }

  it('is zoomed with the wheel around the pointer, and moved with the pointer', async () => {
    const before = await range();
    await page.mouse.move(500, 200);
    await page.mouse.wheel(0, -240);
    await until(async () => length(await range()) < length(before) * 0.7);
    const near = await range();
    assert.ok(near.from > before.from && near.to < before.to);
    await page.mouse.down();
    await page.mouse.move(600, 200, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await range()).from < near.from - length(near) * 0.05);
    assert.ok(Math.abs(length(await range()) - length(near)) < 1);
    const moved = await range();
    await page.mouse.wheel(200, 0);
    await until(async () => (await range()).from > moved.from);
    assert.equal((await events()).filter(event => event.startsWith('cursor')).length, 0);
  });

  it('shows what is chosen along the time axis', async () => {
    const before = await range();
    await page.mouse.move(400, 10);
    await page.mouse.down();
    await page.mouse.move(600, 10, { steps: 4 });
    await page.mouse.up();
    await until(async () => length(await range()) < length(before) * 0.3);
    const chosen = await range();
    // a double click where no failover fills the picture: the failover
    await page.mouse.dblclick(500, 290);
    await until(async () => length(await range()) > length(chosen) * 2);
  });

  it('puts the cursor where it is clicked', async () => {
    await page.mouse.click(300, 295);
    await until(async () => (await events()).some(event => event.startsWith('cursor')));
    assert.match((await said().textContent()) ?? '', /^Cursor at 12:03:3/);
  });

  it('says under the pointer what bars mean, and asks about marks', async () => {
    await page.mouse.move(400, 113);
    await tip().getByText('redis-6379 is killed (SIGKILL)').waitFor();
    await page.mouse.move(300, 30);
    await tip().getByText('Detection: 5012 ms').waitFor();
    await page.keyboard.press('ArrowRight');
    await tip().getByText('link-lost').waitFor();
    await tip().getByText('What line 9 means').waitFor();
  });

  it('is walked through with the keyboard, with every event said', async () => {
    await page.keyboard.press('End');
    await until(async () => (await said().textContent())?.includes('What line 35 means') === true);
    await page.keyboard.press('Enter');
    assert.ok((await events()).includes('open 35'));
    await page.keyboard.press('ArrowRight');
    await until(async () => (await said().textContent()) === 'No further event');
    await page.keyboard.press('ArrowLeft');
    await until(async () => (await events()).includes('details 34'));
    await page.keyboard.press('ArrowUp');
    await until(async () => (await events()).at(-1) === 'details 33');
    for (let lane = 0; lane < 8; lane++) await page.keyboard.press('ArrowUp');
    await until(async () => (await said().textContent()) === 'Faults. redis-6379 is killed (SIGKILL)');
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await until(async () => (await events()).some(event => event.startsWith('cursor')));
    await page.keyboard.press('f');
    await until(async () => (await said().textContent())?.startsWith('mymaster moved') === true);
    const failover = await range();
    await page.keyboard.press('0');
    await until(async () => length(await range()) > length(failover) * 3);
    await page.keyboard.press('+');
    await until(async () => ((await said().textContent()) ?? '').includes(' to '));
  });

  it('stops following when a person looks elsewhere', async () => {
    await page.evaluate(async () => {
      const { view, untilDrawn } = globalThis as unknown as Driven;
      view.setLive(true);
      view.setFollow(true);
      await untilDrawn();
    });
    const now = Date.now();
    const { from, to } = await range();
    assert.ok(from < now && to > now - 1_000);
    await page.mouse.move(500, 200);
    await page.mouse.wheel(0, 120);
    assert.equal(await page.evaluate(() => (globalThis as unknown as Driven).view.isFollowing), true);
    await page.keyboard.press('PageUp');
    await until(async () => (await events()).includes('unfollow'));
  });

  it('takes other colours with another theme', async () => {
    const corner = async (): Promise<string> =>
      page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: {
            querySelector(name: string): {
              getContext(kind: string): { getImageData(...of: number[]): { data: number[] } };
            };
          };
        };
        return [...document.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1).data].join(' ');
      });
    assert.equal(await corner(), '31 31 31 255');
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { documentElement: { style: { setProperty(name: string, value: string): void } } };
      };
      document.documentElement.style.setProperty('--vscode-editor-background', '#ff0000');
    });
    await until(async () => (await corner()) === '255 0 0 255');
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { documentElement: { style: { removeProperty(name: string): void } } };
      };
      document.documentElement.style.removeProperty('--vscode-editor-background');
    });
    await until(async () => (await corner()) === '31 31 31 255');
  });

  it('is as sharp as the screen when the window is zoomed while it is open', async () => {
    const session = await page.context().newCDPSession(page);
    const sizes = async (): Promise<string> =>
      page.evaluate(() => {
        const { document, devicePixelRatio } = globalThis as unknown as {
          readonly devicePixelRatio: number;
          readonly document: {
            querySelectorAll(selector: string): Iterable<{
              readonly width: number;
              readonly height: number;
              readonly clientWidth: number;
              readonly clientHeight: number;
            }>;
          };
        };
        return Array.from(document.querySelectorAll('.timeline canvas'), canvas =>
          [canvas.width / canvas.clientWidth, canvas.height / canvas.clientHeight].map(ratio =>
            Math.abs(ratio / devicePixelRatio - 1) < 0.01 ? devicePixelRatio : ratio,
          ),
        ).join(' ');
      });
    assert.match(await sizes(), /^1,1( 1,1)*$/);
    // What a browser does at 150 %: fewer and larger pixels for the page, as many for the screen.
    for (const [zoom, sharp] of [
      [1.5, /^1\.5,1\.5( 1\.5,1\.5)*$/],
      [2, /^2,2( 2,2)*$/],
      [1, /^1,1( 1,1)*$/],
    ] as const) {
      await session.send('Emulation.setDeviceMetricsOverride', {
        width: Math.round(1000 / zoom),
        height: Math.round(600 / zoom),
        deviceScaleFactor: zoom,
        mobile: false,
      });
      await until(async () => sharp.test(await sizes()));
      assert.match(await sizes(), sharp);
    }
    await session.send('Emulation.clearDeviceMetricsOverride');
  });

  it('gives itself as a picture', async () => {
    const { svg, type, size } = await page.evaluate(async () => {
      const { view } = globalThis as unknown as Driven;
      const blob = await view.png();
      return { svg: view.svg({ title: 'A < B', description: 'told' }), type: blob.type, size: blob.size };
    });
    assert.match(svg, /^<svg [^]*<title id="title">A &lt; B<\/title>[^]*<\/svg>\n$/);
    assert.match(svg, /leader of epoch 1/);
    assert.equal(type, 'image/png');
    assert.ok(size > 10_000);
  });

  it('is accessible, as a picture and as tables', async () => {
    await isAccessible(page.mainFrame());
    await page.evaluate(() => {
      const { view, tables, document } = globalThis as unknown as Driven & {
        document: { querySelector(name: string): { append(element: unknown): void } };
      };
      document.querySelector('main').append(tables.element);
      view.element.hidden = true;
      tables.show(view.scene, view.marks, view.shownFilter);
    });
    const table = page.getByRole('table', { name: 'Phases' });
    await table.getByRole('cell', { name: 'Agreement', exact: true }).waitFor();
    const last = page.getByRole('button', { name: 'full-sync' }).first();
    await last.waitFor();
    await isAccessible(page.mainFrame());
    await last.click();
    assert.ok((await events()).includes('open 35'));
  });
});
