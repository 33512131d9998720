import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { freePorts } from '../support/freePorts';
import { repoRoot } from '../support/repoRoot';
import { until } from '../support/until';
import { isAccessible } from './support/accessibility';
import { LabOnDisk, LabWindow, groupOf, makeFolder, patience, useServer } from './support/labWindow';
import { frameWith, TimelinePage } from './support/timelinePage';

const execute = promisify(execFile);
const cliFile = path.join(repoRoot, 'dist/cli.js');
const noteLogs = path.join(repoRoot, 'recordings/windows-failover/logs');

/** Of `redis-ha-lab report --json`, what a timeline shows. */
interface Told {
  readonly nodes: readonly { readonly kind: string; readonly id: string | null; readonly address: string }[];
  readonly dataNodes: readonly {
    readonly address: string;
    readonly roles: readonly { readonly role: string; readonly from: string }[];
  }[];
  readonly failovers: readonly {
    readonly epoch: number;
    readonly durationMs: number;
    readonly from: { readonly port: number };
    readonly to: { readonly port: number };
    readonly leader: { readonly address: string };
    readonly phases: readonly { readonly name: string; readonly startedAt: string; readonly ms: number }[];
    readonly votes: readonly { readonly voter: string; readonly candidate: string; readonly at: string }[];
  }[];
}

async function report(folder: string): Promise<Told> {
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.log'))
    .map(name => path.join(folder, name));
  const { stdout } = await execute(process.execPath, [cliFile, 'report', '--json', ...files]);
  return JSON.parse(stdout) as Told;
}

const clock = (time: string): string => time.slice(-12);
const duration = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);
const portOf = (address: string): string => address.slice(address.lastIndexOf(':') + 1);

/** Each phase as its name, begin and length. */
function phasesOf({ failovers }: Told): string[][] {
  return failovers.flatMap(({ phases }) =>
    phases.map(({ name, startedAt, ms }) => [name, clock(startedAt), duration(ms)]),
  );
}

/** Each vote as its time and the sentence of the timeline. */
function votesOf({ failovers, nodes }: Told): string[][] {
  const name = (id: string): string => {
    const address = nodes.find(node => node.id === id)?.address ?? id;
    return `sentinel-${portOf(address)}`;
  };
  return failovers.flatMap(({ votes, epoch }) =>
    votes
      .toSorted((a, b) => a.at.localeCompare(b.at))
      .map(({ voter, candidate, at }) => [
        clock(at),
        `${name(voter)} voted for ${name(candidate)} in epoch ${epoch}`,
      ]),
  );
}

function sentencesOf({ failovers }: Told): string[] {
  return failovers.map(
    ({ from, to, durationMs, epoch, leader }) =>
      `mymaster moved from 127.0.0.1:${from.port} to 127.0.0.1:${to.port} in ${duration(durationMs)} (epoch ${epoch}, leader sentinel-${portOf(leader.address)}).`,
  );
}

/** The tables of a timeline say what the report says. */
async function tellsTheSame(timeline: TimelinePage, told: Told): Promise<void> {
  const shown = await timeline.table('Phases');
  assert.deepEqual(
    shown.map(([phase = '', from, , ms]) => [phase.toLowerCase(), from, ms]),
    phasesOf(told),
  );
  const votes = await timeline.table('Votes');
  assert.deepEqual(
    votes.toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
    votesOf(told),
  );
  assert.deepEqual(
    (await timeline.table('Failovers')).map(row => row.at(-1)),
    sentencesOf(told),
  );
}

describe('the timeline', () => {
  const used = useServer();
  const folder = makeFolder();
  let window: LabWindow;
  let timeline: TimelinePage;
  let lab: LabOnDisk;

  before(async () => {
    mkdirSync(folder.dir, { recursive: true });
    cpSync(noteLogs, path.join(folder.dir, 'logs'), { recursive: true });
    const [servers, sentinels] = [await freePorts(3), await freePorts(3)];
    lab = new LabOnDisk(path.join(folder.dir, 'first-lab'), servers, sentinels);
  });
  after(async () => {
    await window?.close();
    await execute(process.execPath, [cliFile, 'down', lab.directory]).catch(() => {});
    await lab?.end();
    folder.remove();
  });

  const list = (): Locator => window.page.locator('.quick-input-list');
  const choose = async (text: string): Promise<void> => {
    await list().getByText(text).first().waitFor(patience);
    await window.workbench.enterText(text);
  };
  const theme = async (name: string): Promise<void> => {
    await window.workbench.runCommand('Preferences: Color Theme');
    await window.workbench.enterText(name);
  };
  /** The rows of the tree below what is replayed, as `group: port`. */
  const roles = async (): Promise<string[]> => {
    const rows = await window.rows();
    return rows
      .filter(({ level }) => level === 3)
      .map(({ text }) => /^\d+/.exec(text)?.[0] ?? '')
      .map(port => `${groupOf(rows, Number(port))}: ${port}`);
  };

  describe('of a recorded failover, without a lab', () => {
    before(async () => {
      window = await LabWindow.open(used.server, { folder: folder.dir });
      await window.openView();
    });

    it('is opened from the welcome', async () => {
      await window.welcome.getByRole('button', { name: 'Open a Recorded Failover' }).click();
      await list().getByText('The master is killed', { exact: true }).waitFor(patience);
      await window.screenshot('timeline-recordings');
      await choose('Redis 3.0 on Windows');
      timeline = await TimelinePage.inSight(window);
      await timeline.momentLike(/^In the end: .*6379 does not answer/);
      await window.restMouse();
      await window.screenshot('timeline-note');
    });

    it('says as tables what the report of the same logs says', async () => {
      await timeline.showTable(true);
      const told = await report(noteLogs);
      await tellsTheSame(timeline, told);
      assert.deepEqual(
        (await timeline.table('Roles')).map(([node, role, from]) => [node, role, from]),
        told.dataNodes.flatMap(({ address, roles: spans }) =>
          spans.map(({ role, from }) => [`redis-${portOf(address)}`, role, clock(from)]),
        ),
      );
      const nodes = new Set((await timeline.events()).map(([, node]) => node));
      assert.deepEqual(
        [...nodes].map(String).toSorted((a, b) => a.localeCompare(b)),
        ['sentinel-26379', 'sentinel-26380', 'sentinel-26381'],
      );
      await window.screenshot('timeline-table');
    });

    it('opens the log at the line of an event', async () => {
      const log = readFileSync(path.join(noteLogs, 'sentinel-26381.log'), 'utf8').split('\n');
      const line = log.findIndex(text => text.includes('+elected-leader')) + 1;
      await timeline.button('+elected-leader').click();
      await window.page.getByRole('tab', { name: /^sentinel-26381\.log/ }).waitFor(patience);
      await window.workbench.statusBarItem(`Ln ${line}, Col 1`).waitFor(patience);
      await window.page.getByRole('tab', { name: /^Timeline: / }).click();
      timeline = await TimelinePage.inSight(window);
      // It is a new page, and knows that tables were wanted.
      await timeline.frame.locator('.timeline-tables').waitFor(patience);
      await timeline.showTable(false);
    });

    it('shows at every step who was who, what each Sentinel believed, and what was logged by then', async () => {
      await window.workbench.runCommand('Redis HA: Show Log Panel');
      const panel = await until('the log panel', () => frameWith(window, '[role=listbox]'), patience);
      const later = (): Promise<string[]> => panel.locator('.row.later:not([hidden])').allTextContents();
      const earlier = (): Promise<string[]> =>
        panel.locator('.row:not(.later):not([hidden])').allTextContents();
      await timeline.slider.focus();
      await window.page.keyboard.press('Home');
      await timeline.momentLike(/^At 21:55:17\.665/);
      await until(
        'the tree of the beginning',
        async () => (await roles()).join() === 'Master: 6379,Replicas (1): 6380,'.concat(sentinelRows),
        patience,
      );
      assert.deepEqual(await timeline.opinions('Master'), {
        ...sentinelsSay('6379', '6379', '6379'),
        '6379': 'itself',
        '6380': '6379',
      });
      await until('rows that are later', async () => (await later()).length > 0, patience);

      await timeline.stepUntil('a Sentinel that knows the new master', async () =>
        Object.values(await timeline.opinions('Master')).includes('6380'),
      );
      const { '26379': first, '26380': second, '26381': leader } = await timeline.opinions('Master');
      assert.deepEqual([first, second, leader], ['6379', '6379', '6380']);
      assert.match(await timeline.moment(), /^At 21:55:18\.908/);
      await until(
        'the lines of the others are still to come',
        async () => (await later()).some(text => text.includes('+switch-master')),
        patience,
      );
      assert.ok((await earlier()).some(text => text.includes('+switch-master')));
      await until('the new master in the tree', async () => (await roles())[0] === 'Master: 6380', patience);
      await window.screenshot('timeline-replay');

      await timeline.button('To the End').click();
      await timeline.momentLike(/^In the end/);
      await until(
        'the tree of the end',
        async () => (await roles()).join() === 'Master: 6380,Replicas (1): 6379,'.concat(sentinelRows),
        patience,
      );
      await until('no row is later', async () => (await later()).length === 0, patience);
      await window.workbench.runCommand('View: Toggle Panel Visibility');
    });

    it('is drawn in the colours of each theme, and accessible in each', async () => {
      const seen = new Set<string>();
      for (const [name, kind, shot, background] of [
        ['Light Modern', 'vscode-light', 'light', [255, 255, 255]],
        ['Light High Contrast', 'vscode-high-contrast-light', 'contrast-light', [255, 255, 255]],
        ['Dark High Contrast', 'vscode-high-contrast', 'contrast', [0, 0, 0]],
        ['Dark Modern', 'vscode-dark', 'dark', [31, 31, 31]],
      ] as const) {
        await theme(name);
        await timeline.frame.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor(patience);
        await until(
          `the background of ${name}`,
          async () => (await timeline.background()).join() === background.join(),
          patience,
        );
        const colors = await timeline.colorsOf([
          'charts-green',
          'charts-blue',
          'charts-purple',
          'redisHaLab-attentionForeground',
        ]);
        for (const color of colors) assert.match(color, /^#[0-9a-f]{6}$/);
        seen.add(colors.join());
        await window.restMouse();
        await window.screenshot(`timeline-${shot}`);
        await isAccessible(timeline.frame);
      }
      assert.equal(seen.size, 4);
      await timeline.showTable(true);
      await isAccessible(timeline.frame);
      await timeline.showTable(false);
    });

    it('fits in a small window: at least five lanes, nothing cut off', async () => {
      await window.page.setViewportSize({ width: 1000, height: 700 });
      const drawing = timeline.frame.locator('.topology-view svg').first();
      await until(
        'nothing is wider than the page',
        async () =>
          timeline.frame.evaluate(() => {
            const { document } = globalThis as unknown as {
              document: { body: { scrollWidth: number; clientWidth: number } };
            };
            return document.body.scrollWidth <= document.body.clientWidth;
          }),
        patience,
      );
      const box = await drawing.boundingBox();
      const column = await timeline.frame.locator('section.topology').boundingBox();
      assert.ok(box && column && box.x + box.width <= column.x + column.width + 1);
      const picture = await timeline.frame.locator('.timeline canvas').boundingBox();
      assert.ok(picture && picture.y + picture.height < 700, 'all five lanes are in sight');
      await window.screenshot('timeline-small');
      await window.page.setViewportSize({ width: 1400, height: 900 });
    });

    it('is compared with another failover', async () => {
      const { workbench } = window;
      await workbench.runCommand('Redis HA: Compare Failovers…');
      await choose('6379 to 127.0.0.1:6380');
      await window.page.getByPlaceholder('Choose the failover to compare it with').waitFor(patience);
      await choose('The master is killed');
      const row = workbench
        .webview()
        .getByRole('row', { name: /^Promotion/ })
        .first();
      await row.waitFor(patience);
      assert.match((await row.textContent()) ?? '', /963 ms.*959 ms/s);
      await window.screenshot('timeline-comparison');
      await workbench.runCommand('View: Close All Editors');
    });
  });

  describe('of a report', () => {
    it('is opened by the link of its page', async () => {
      const { workbench, page } = window;
      await workbench.openView(/Explorer/);
      const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'logs' }).first();
      await workbench.contextMenu(row, /Explain Redis Logs/);
      const link = workbench.webview().getByRole('link', { name: 'Open the timeline' });
      await link.waitFor(patience);
      await link.click();
      timeline = await TimelinePage.inSight(window);
      await timeline.showTable(true);
      await tellsTheSame(timeline, await report(noteLogs));
      await workbench.runCommand('View: Close All Editors');
    });
  });

  describe('of a lab that runs', () => {
    const cli = async (command: string, ...words: readonly string[]): Promise<unknown> =>
      execute(process.execPath, [cliFile, command, lab.directory, ...words]);

    before(async () => {
      const ports = ['--port', String(lab.servers[0]), '--sentinel-port', String(lab.sentinels[0])];
      await cli('create', ...ports, '--down-after', '2000');
      await window.openView();
    });

    it('says before the first start that nothing has happened', async () => {
      await window.waitFor('the lab', rows => rows[0]?.text.startsWith('first-lab') === true);
      await window.workbench.contextMenu(window.row('first-lab'), 'Open Redis HA Timeline');
      timeline = await TimelinePage.inSight(window);
      await timeline.momentLike(/^Now: stopped/);
      await window.restMouse();
      await window.screenshot('timeline-never-started');
    });

    it('shows a failover as it happens', async () => {
      await cli('up');
      await timeline.momentLike(/^Now: ready/);
      await window.screenshot('timeline-live');
      await cli('kill', 'master');
      await until(
        'the failover can be chosen',
        async () => (await timeline.failovers.locator('option').allTextContents()).some(isMove),
        patience,
      );
      await timeline.momentLike(/^Now: degraded/);
      await timeline.showTable(true);
      const logs = path.join(lab.directory, 'log');
      await until(
        'the tables say what the report says',
        async () => {
          const told = await report(logs);
          return tellsTheSame(timeline, told).then(
            () => true,
            () => false,
          );
        },
        { timeout: 15_000 },
      ).catch(async () => tellsTheSame(timeline, await report(logs)));
      await timeline.showTable(false);
      await timeline.failovers.selectOption({ index: 1 });
      await window.restMouse();
      await window.screenshot('timeline-live-failover');
    });

    it('has the menu of a node in the drawing', async () => {
      const [old = 0] = lab.servers;
      await timeline.node(old).click({ button: 'right' });
      await window.page.getByRole('menuitem', { name: 'Start Node' }).waitFor(patience);
      await window.screenshot('timeline-menu');
      await window.page.keyboard.press('Escape');
      await window.workbench.contextMenu(timeline.node(old), 'Start Node');
      await window.waitFor('it comes back as a replica', rows => groupOf(rows, old) === 'Replicas (2)');
      await timeline.momentLike(/^Now: ready/);
    });

    it('comes back after a reload of the window, where it was', async () => {
      await timeline.weight.selectOption('noteworthy');
      await timeline.button('To the event before').click();
      const moment = await timeline.momentLike(/^At /);
      await timeline.words.fill('switch-master');
      await timeline.frame.getByText(/^\d+ found$/).waitFor(patience);
      // In a browser VS Code writes it down now and then.
      await until('VS Code knows what is open', () => window.hasWrittenDown('switch-master'), patience);
      await window.workbench.reload();
      await window.openView();
      timeline = await TimelinePage.inSight(window);
      assert.equal(await timeline.momentLike(/^At /), moment);
      assert.equal(await timeline.words.inputValue(), 'switch-master');
      assert.equal(await timeline.weight.inputValue(), 'noteworthy');
      await window.restMouse();
      await window.screenshot('timeline-reloaded');
      await timeline.button('Now').click();
      await timeline.momentLike(/^Now: ready/);
    });
  });

  describe('in Korean', () => {
    before(() => window.close());

    it('has its texts in the language of the person', async () => {
      window = await LabWindow.open(used.server, { folder: folder.dir, language: 'ko' });
      await window.openView();
      await window.workbench.runCommand('Redis HA: 기록된 페일오버 열기…');
      await list().locator('.monaco-list-row').first().waitFor(patience);
      await window.page.keyboard.press('Enter');
      timeline = await TimelinePage.inSight(window);
      await timeline.button('표로 보기').first().waitFor(patience);
      await window.restMouse();
      await window.screenshot('timeline-korean');
      await isAccessible(timeline.frame);
      await timeline.showTable(true);
      await window.screenshot('timeline-korean-table');
      await isAccessible(timeline.frame);
    });
  });
});

const sentinelRows = [26379, 26380, 26381].map(port => `Sentinels (3): ${port}`).join();

function sentinelsSay(first: string, second: string, third: string): Readonly<Record<string, string>> {
  return { '26379': first, '26380': second, '26381': third };
}

function isMove(text: string): boolean {
  return text.startsWith('mymaster moved from');
}
