import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions';
import type { RedisHaLabApi } from '../../src/extension';
import type { TimelineSession } from '../../src/ui/timeline/timelineSession';
import { logStamp } from '../support/logStamp';
import { until } from '../support/until';
import { extension, note, runCommand, runsWell } from './support/extension';
import { TestLab } from './support/testLab';

describe('timelines', () => {
  let api: RedisHaLabApi;

  before(async () => {
    api = await extension();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Does something that makes the page draw, and waits until it has drawn all marks that it was sent. */
  async function drawn(open: () => Thenable<unknown>): Promise<TimelineSession> {
    let session: TimelineSession | undefined;
    let last = 0;
    const opening = api.timelines.onDidOpen(opened => {
      session = opened;
      opened.onDidDraw(batch => (last = batch));
    });
    await open();
    opening.dispose();
    await until('the page has drawn', () => session !== undefined && last > 0 && last === session.lastBatch, {
      timeout: 20_000,
    });
    assert.ok(session);
    return session;
  }

  /** The rows of the tree that stand for what is replayed: each with the label of its group. */
  function replayed(): readonly string[] {
    return api.tree
      .getChildren()
      .flatMap(root =>
        root.row.context === 'replay'
          ? api.tree
              .getChildren(root)
              .flatMap(group =>
                api.tree.getChildren(group).map(({ row }) => `${group.row.label}: ${row.label}`),
              )
          : [],
      );
  }

  describe('of a recorded failover', () => {
    let session: TimelineSession;

    beforeEach(async () => {
      session = await drawn(async () => runsWell(commandIds.openRecording, 'windows-failover'));
    });

    it('tells of the failover of the study note', async () => {
      const scene = await session.source.scene();
      assert.deepEqual(
        scene.lanes.map(({ id }) => id),
        ['redis-6379', 'redis-6380', 'sentinel-26379', 'sentinel-26380', 'sentinel-26381'],
      );
      const [failover] = scene.failovers;
      assert.equal(scene.failovers.length, 1);
      assert.deepEqual(
        [failover?.leader, failover?.epoch, failover?.outcome],
        ['sentinel-26381', 1, 'succeeded'],
      );
      assert.deepEqual(
        new Set(scene.votes.map(({ voter, candidate, wins }) => `${voter} ${candidate} ${wins}`)),
        new Set([
          'sentinel-26379 sentinel-26379 false',
          'sentinel-26380 sentinel-26381 true',
          'sentinel-26381 sentinel-26381 true',
        ]),
      );
    });

    it('is followed by the tree and the log panel', async () => {
      assert.ok(replayed().includes('Master: 6380'), replayed().join(', '));
      const before = session.source.steps().find(at => at > (session.source.entries()[0]?.at ?? 0))!;
      session.moveTo(before);
      await until('the moment of the first steps', () => session.at === before);
      await until('the tree of that moment', () => !replayed().includes('Master: 6380'));
      assert.equal(api.replays.recorded[0]?.entries, session.source.entries());
      session.moveTo(undefined);
      await until('the tree of the end', () => replayed().includes('Master: 6380'));
    });

    it('comes to the front when it is opened again, and takes its rows away when it is closed', async () => {
      await runsWell(commandIds.openRecording, 'windows-failover');
      assert.equal(api.timelines.sources.length, 1);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await until('no replay is left', () => api.replays.all.length === 0 && replayed().length === 0);
      assert.deepEqual(api.replays.recorded, []);
    });

    it('is saved as a picture', async () => {
      const folder = path.join((await testFolder()).fsPath, 'pictures');
      const svg = path.join(folder, 'timeline.svg');
      await session.savePicture(vscode.Uri.file(svg));
      const text = await readFile(svg, 'utf8');
      assert.match(text, /^<svg [^]*sentinel-26381[^]*<\/svg>\s*$/);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      const png = path.join(folder, 'timeline.png');
      await session.savePicture(vscode.Uri.file(png));
      assert.deepEqual([...(await readFile(png)).subarray(1, 4)], [...Buffer.from('PNG')]);
      await vscode.workspace.fs.delete(vscode.Uri.file(folder), { recursive: true });
    });

    async function testFolder(): Promise<vscode.Uri> {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      return folder.uri;
    }
  });

  it('says in one message when there is no log in what was chosen', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, 'no-log.txt');
    await vscode.workspace.fs.writeFile(file, Buffer.from('nothing\n'));
    const messages = await runCommand(commandIds.openTimeline, file);
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /No log of Redis/);
    await vscode.workspace.fs.delete(file);
  });

  describe('of a lab', () => {
    let lab: TestLab;
    let killedAt: number;

    before(async () => {
      lab = await TestLab.write(api, 'drawn-lab');
      await lab.appears();
      await lab.run(commandIds.startLab);
    });
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await lab.remove();
    });

    it('draws what a node logs within moments', async () => {
      const session = await drawn(async () => runsWell(commandIds.openTimeline, { lab: lab.directory }));
      const file = path.join(lab.directory, 'log', `redis-${lab.servers[0]}.log`);
      const times: number[] = [];
      for (let round = 0; round < 20; round++) {
        const text = `line ${round} for the timeline`;
        let sent = Infinity;
        let drawnAt = 0;
        const appended = session.source.onDidAppend(entries => {
          if (entries.some(({ record }) => record.head.message === text)) sent = session.lastBatch;
        });
        const drawing = session.onDidDraw(batch => {
          if (batch >= sent) drawnAt ||= performance.now();
        });
        const began = performance.now();
        await appendFile(file, `1:M ${logStamp(new Date())} * ${text}\n`);
        await until(text, () => drawnAt > 0, { every: 2 });
        times.push(drawnAt - began);
        appended.dispose();
        drawing.dispose();
      }
      const sorted = times.toSorted((a, b) => a - b);
      note(
        `an event is drawn after ${sorted[10]!.toFixed(0)} ms (median), ${sorted[18]!.toFixed(0)} ms (p95)`,
      );
    });

    it('has the Sentinels asked what they heard of each other while somebody looks', async () => {
      const heard = (port: number): number | undefined => lab.node(port).view?.hellos?.length;
      await drawn(async () => runsWell(commandIds.openTimeline, { lab: lab.directory }));
      await until('all were asked', () => lab.sentinels.every(port => heard(port) === 2), {
        timeout: 20_000,
      });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await until('nobody is asked any more', () => lab.sentinels.every(port => heard(port) === undefined));
    });

    it('shows a failover that happens while it is looked at', async () => {
      const session = await drawn(async () => runsWell(commandIds.openTimeline, { lab: lab.directory }));
      killedAt = Date.now();
      await lab.run(commandIds.killNode, lab.servers[0]!);
      await until(
        'the failover is in the scene',
        async () => (await session.source.scene()).failovers.some(({ outcome }) => outcome === 'succeeded'),
        { timeout: 40_000 },
      );
      const scene = await session.source.scene();
      const { leader } = scene.failovers.find(({ outcome }) => outcome === 'succeeded')!;
      assert.ok(leader?.startsWith('sentinel-'));
      assert.ok(scene.votes.filter(({ wins, candidate }) => wins && candidate === leader).length >= 2);
      assert.ok(scene.downs.some(({ lane }) => lane === `redis-${lab.servers[0]}`));
    });

    it('goes back in time beside the lab of now', async () => {
      const session = await drawn(async () => runsWell(commandIds.openTimeline, { lab: lab.directory }));
      const first = lab.servers[0];
      session.moveTo(killedAt - 1);
      await until('the old master is master again', () => replayed().includes(`Master: ${first}`));
      session.moveTo(undefined);
      await until('now is all there is', () => replayed().length === 0);
    });
  });
});
