import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { packRecordings } from '../../scripts/lib/packRecordings.mjs';
import { HumanError } from '../../src/core/humanError';
import { Replay } from '../../src/core/replay/replay';
import { logsOfRecording, readRecording, type Recording } from '../../src/node/recording/readRecording';
import { recordedScene } from '../../src/core/scene/recordedScene';
import { listRecordings, unpackRecording } from '../../src/node/recording/recordings';
import { assertGolden, goldenFiles } from '../support/golden';
import { useLanguage } from '../support/language';
import { logTools } from '../support/recordings';
import { replayRows } from '../support/replayRows';
import { repoRoot } from '../support/repoRoot';
import { sceneText } from '../support/sceneText';
import { useTemporaryFolder } from '../support/temporaryFolder';

const texts = path.join(repoRoot, 'l10n');
const names = readdirSync(path.join(repoRoot, 'recordings'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

describe('the recordings that ship', () => {
  const folder = useTemporaryFolder();

  before(() => {
    useLanguage('en');
    packRecordings(folder.dir);
  });

  async function open(name: string): Promise<{ readonly recording: Recording; readonly replay: Replay }> {
    const files = await logsOfRecording(await unpackRecording(folder.dir, name, folder.dir));
    const recording = await readRecording(files, logTools);
    const { lab, entries, hosts, drill } = recording;
    return { recording, replay: Replay.of(lab, entries, { hosts, faults: drill?.faults ?? [] }) };
  }

  it('are listed with their texts in both languages', () => {
    for (const language of ['en', 'ko']) {
      const listed = listRecordings(folder.dir, texts, language);
      assert.deepEqual(listed.map(({ name }) => name).toSorted(), names.toSorted());
      for (const { name, title, description } of listed) {
        assert.notEqual(title, name);
        assert.ok(description.length > 60, name);
      }
    }
  });

  it('are small enough for the package', () =>
    assert.ok(statSync(path.join(folder.dir, 'recordings.br')).size <= 26 * 1024));

  it('are unpacked as files that nobody is to change, again where they are already', async () => {
    const [name = ''] = names;
    const first = await unpackRecording(folder.dir, name, folder.dir);
    assert.equal(await unpackRecording(folder.dir, name, folder.dir), first);
    const [log = ''] = await logsOfRecording(first);
    assert.equal(statSync(log).mode & 0o222, 0);
    await assert.rejects(unpackRecording(folder.dir, 'none', folder.dir), HumanError);
    await rm(first, { recursive: true });
  });

  for (const name of names) {
    it(`${name} ends as its drill did`, async () => {
      const { recording, replay } = await open(name);
      const { drill } = recording;
      if (!drill) return;
      const state = replay.stateAt(drill.endedAt);
      const nodes = drill.endNodes.map(node => ({
        name: node.name,
        status: state.nodes[node.name]?.status,
        role: state.nodes[node.name]?.role ?? null,
      }));
      assert.deepEqual(nodes, drill.endNodes);
      for (const { view } of Object.values(state.nodes))
        if (view) assert.equal(view.masterPort, drill.newMaster);
    });

    it(`the moments of ${name} are unchanged`, async () => {
      const { recording, replay } = await open(name);
      const faults = (recording.drill?.faults ?? []).map(
        ({ fault, from, to }) =>
          `${fault.type} ${from - replay.from} ${to === undefined ? '' : to - replay.from}`,
      );
      assertGolden(`recordings/${name}.golden.txt`, `${faults.join('\n')}\n\n${replayRows(replay)}`);
    });
  }

  for (const name of names) {
    it(`the scene of ${name} is unchanged`, async () => {
      const { recording, replay } = await open(name);
      assertGolden(`recordings/${name}.scene.golden.txt`, sceneText(recordedScene(recording, replay)));
    });
  }

  it('have a scene that says of failovers what the report says', async () => {
    for (const name of names) {
      const { recording, replay } = await open(name);
      const { failovers } = recording.report;
      const scene = recordedScene(recording, replay);
      assert.deepEqual(
        scene.failovers.map(({ outcome, epoch, from, to }) => [outcome, epoch, to - from]),
        failovers.map(({ outcome, epoch, durationMs }) => [outcome, epoch ?? undefined, durationMs]),
        name,
      );
      assert.deepEqual(
        scene.phases.map(({ failover, name: phase, from, to }) => [failover, phase, to - from]),
        failovers.flatMap(({ phases }, index) => phases.map(({ name: phase, ms }) => [index, phase, ms])),
        name,
      );
      assert.equal(scene.votes.length, failovers.flatMap(({ votes }) => votes).length, name);
    }
  });

  it('have no golden file that no test looks at', () =>
    assert.deepEqual(
      goldenFiles('recordings'),
      names.flatMap(name => [`${name}.golden.txt`, `${name}.scene.golden.txt`]).toSorted(),
    ));

  it('of Redis 3.0 on Windows ends with 6380 as the master and 6379 not answering', async () => {
    const { recording, replay } = await open('windows-failover');
    assert.equal(new Date(recording.entries[0]?.at ?? 0).getFullYear(), 2024);
    const state = replay.stateAt(replay.to);
    assert.equal(state.nodes['redis-6380']?.role, 'master');
    // Without a log of its own nobody knows whether it ended.
    assert.equal(state.nodes['redis-6379']?.status, 'running');
    assert.equal(state.nodes['redis-6379']?.failure, 'timeout');
    for (const port of [26379, 26380, 26381])
      assert.equal(state.nodes[`sentinel-${port}`]?.view?.masterPort, 6380);
  });
});
