import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { LabState } from '../../src/core/model/labState';
import { matrixTexts } from '../../src/core/view/matrixTexts';
import { opinionMatrix } from '../../src/core/view/opinionMatrix';
import { topologyOf } from '../../src/core/view/topology';
import { topologyTexts } from '../../src/core/view/topologyTexts';
import { makeLab } from '../support/labs';
import { startedStory, storyStart, type LabStory } from '../support/labStory';
import { isAccessible } from './support/accessibility';
import { ViewPage } from './support/viewPage';

const script = `
import { MatrixView } from './src/webview/opinions/matrixView';
import { TopologyView } from './src/webview/topology/topologyView';
globalThis.begin = (matrixTexts, topologyTexts) => {
  globalThis.opened = [];
  const matrix = new MatrixView(matrixTexts);
  const topology = new TopologyView(topologyTexts, { onOpen: node => opened.push(node) });
  document.body.append(matrix.element, topology.element);
  globalThis.show = (opinions, drawing) => { matrix.show(opinions); topology.show(drawing, '/labs/first-lab'); };
};`;

/** What the script of the page offers. */
interface ViewWindow {
  begin(matrix: unknown, topology: unknown): void;
  show(matrix: unknown, topology: unknown): void;
  readonly opened: readonly string[];
}

const lab = makeLab({ network: true });
const broken = (): LabStory =>
  startedStory(lab)
    .sentinel(26379, { master: 6381, replicas: 0 })
    .process(26381, 'frozen')
    .tell({
      type: 'faultsObserved',
      faults: [
        {
          id: 'f1',
          fault: { type: 'cut', from: 'redis-6379', to: 'redis-6381', bothWays: true },
          since: storyStart,
          until: undefined,
        },
        {
          id: 'f2',
          fault: { type: 'cut', from: 'sentinel-26379', to: 'sentinel-26380', bothWays: true },
          since: storyStart,
          until: undefined,
        },
      ],
    });

describe('the opinions and the drawing of a lab on a page', () => {
  let view: ViewPage;
  const show = ({ now, state }: { readonly now: number; readonly state: LabState }): Promise<void> =>
    view.page.evaluate(
      ([matrix, topology]) => (globalThis as unknown as ViewWindow).show(matrix, topology),
      [opinionMatrix(state, now), topologyOf(state, now)],
    );
  const begin = (): Promise<void> =>
    view.page.evaluate(
      ([matrix, topology]) => (globalThis as unknown as ViewWindow).begin(matrix, topology),
      [matrixTexts(), topologyTexts()],
    );
  const styleOf = (selector: string, property: string): Promise<string> =>
    view.page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);
  const cell = (row: string, column: number): Locator =>
    view.page
      .getByRole('row', { name: new RegExp(`^${row}`) })
      .getByRole('gridcell')
      .nth(column);

  for (const reducedMotion of [false, true])
    describe(reducedMotion ? 'with reduced motion' : 'with motion', () => {
      before(async () => {
        view = await ViewPage.open(script, { reducedMotion });
        await begin();
        await show(broken());
      });
      after(() => view.close());

      it('say what the disagreement means, with code as code', async () => {
        const first = view.page.getByRole('list', { name: 'What it means' }).getByRole('listitem').first();
        assert.match((await first.innerText()).replace(/\s+/g, ' '), /^! Sentinel 26379: the master is 6381/);
        assert.equal(await first.locator('code').first().innerText(), 'SENTINEL REMOVE mymaster');
      });

      it('are a table with heads that screen readers find', async () => {
        const grid = view.page.getByRole('grid', { name: 'What each node believes' });
        await grid.waitFor();
        assert.deepEqual(
          await grid
            .getByRole('columnheader')
            .evaluateAll(heads => heads.map(head => head.getAttribute('aria-label') ?? head.textContent)),
          [
            ...['Fact', 'Sentinels', 'Data nodes'],
            ...['Sentinel 26379', 'Sentinel 26380', 'Sentinel 26381, frozen'],
            ...['data node 6379', 'data node 6380', 'data node 6381'],
          ],
        );
        assert.equal(await cell('Master', 0).getAttribute('data-tone'), 'odd');
        assert.match((await cell('Master', 0).textContent()) ?? '', /^≠6381127\.0\.0\.1:6381 \(differs\)$/);
        assert.equal(await cell('Master', 2).getAttribute('data-tone'), 'unknown');
      });

      it('mark what has changed, and nothing else', async () => {
        await show(broken());
        assert.equal(await view.page.locator('td.changed').count(), 0);
        const later = broken()
          .sentinel(26380, { epoch: 3 })
          .master(6379, [6380, 6381], { master_repl_offset: 90_000 });
        await show(later);
        assert.deepEqual(
          await view.page
            .locator('td.changed')
            .evaluateAll(cells => cells.map(each => each.parentElement?.firstElementChild?.textContent)),
          ['Config epoch', 'Config epoch'],
        );
        assert.equal(await styleOf('td.changed', 'animationName'), reducedMotion ? 'none' : 'matrix-changed');
        await view.page.locator('td.changed').first().waitFor({ state: 'detached' });
      });

      it('are walked through with the keys, and say what a fact is', async () => {
        await cell('Master', 0).focus();
        for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await view.page.keyboard.press(key);
        const row = view.page.locator('tr', { has: view.page.locator('td:focus') });
        assert.equal(await row.locator('th').innerText(), 'State of the master');
        await view.page.getByText(/^SDOWN: this Sentinel alone/).waitFor();
        assert.equal(await view.page.locator('td[tabindex="0"]').count(), 1);
      });

      it('are drawn with nodes that keys go to and open', async () => {
        const node = view.page.getByRole('button', { name: /^26379, sentinel, running/ });
        await node.focus();
        for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowLeft'])
          await view.page.keyboard.press(key);
        const label = await view.page.locator('.node:focus').getAttribute('aria-label');
        assert.match(label ?? '', /^6380, replica, running.*6380 replicates from 6379/);
        await view.page.keyboard.press('Enter');
        await view.page.getByRole('button', { name: /^6381, replica/ }).dblclick();
        assert.deepEqual(await view.page.evaluate(() => (globalThis as unknown as ViewWindow).opened), [
          'redis-6380',
          'redis-6381',
        ]);
      });

      it('tell VS Code what the menu of a node needs', async () => {
        const context = await view.page
          .getByRole('button', { name: /^6379, master/ })
          .getAttribute('data-vscode-context');
        assert.deepEqual(JSON.parse(context ?? '') as unknown, {
          webviewSection: 'node',
          viewItem: 'node server running master terminal broken',
          lab: '/labs/first-lab',
          nodes: ['redis-6379'],
          preventDefaultContextMenuItems: true,
        });
      });

      it('show a cut link with a gap and a sign', async () => {
        const cut = view.page.locator('.edge[data-kind="replicates"][data-state="cut"]');
        assert.equal(await view.page.locator('.edge-label[data-state="cut"]').first().textContent(), '✕ cut');
        assert.equal(await cut.locator('path').getAttribute('stroke-dasharray'), '43 14 100');
        assert.equal(await view.page.locator('.edge[data-kind="link"][data-state="cut"]').count(), 1);
      });

      it('move an edge to its other end, and only where motion is wanted', async () => {
        const edge = view.page.locator('.edge[data-kind="watches"]').first();
        await edge.evaluate(each => each.setAttribute('data-test', 'kept'));
        const story = startedStory(lab);
        await show(story);
        assert.equal(await edge.getAttribute('data-test'), 'kept');
        const moves = await styleOf('.edge[data-kind="watches"] path', 'transitionProperty');
        assert.equal(moves === 'd', !reducedMotion);
        await show(broken());
      });

      it('are accessible, drawn and in words', async () => {
        await isAccessible(view.page.mainFrame());
        await view.page.getByRole('button', { name: 'As Table' }).click();
        await isAccessible(view.page.mainFrame());
        await view.page.getByRole('button', { name: 'As Table' }).click();
      });

      it('have words in place of the drawing', async () => {
        await view.page.getByRole('button', { name: 'As Table' }).click();
        const row = view.page.getByRole('row', { name: /^6381/ });
        assert.match(await row.innerText(), /6381 replicates from 6379: link up.*cut off from each other/);
        await row.getByRole('button').click();
        assert.equal(
          (await view.page.evaluate(() => (globalThis as unknown as ViewWindow).opened)).at(-1),
          'redis-6381',
        );
        await view.page.getByRole('button', { name: 'As Table' }).click();
        await view.page.getByRole('button', { name: /^6379, master/ }).waitFor();
      });
    });
});
