import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logsOfRecording, readRecording } from '../../../src/node/recording/readRecording';
import { repoRoot } from '../../support/repoRoot';
import { logTools } from '../../support/recordings';
import { useTemporaryFolder } from '../../support/temporaryFolder';

const fixture = path.join(repoRoot, 'test/fixtures/logs/failover');

/** As a drill in a zone one hour before UTC would have written it: the logs show 07:03. */
const report = {
  scenario: 'kill-master',
  lab: 'my-lab',
  masterName: 'mymaster',
  startedAt: '2026-11-23T06:03:30.000Z',
  actAt: '2026-11-23T06:03:32.000Z',
  storyEndedAt: '2026-11-23T06:03:55.000Z',
  endedAt: '2026-11-23T06:03:56.000Z',
  zoneMs: 3_600_000,
  settings: { quorum: '2', 'down-after-milliseconds': '1500' },
  steps: [
    {
      part: 'act',
      text: 'redis-23288 was killed',
      startedAt: '2026-11-23T06:03:32.700Z',
      ms: 20,
      faults: [{ type: 'kill', node: 'redis-23288' }],
      heals: null,
    },
  ],
  probe: null,
};

describe('readRecording', () => {
  const temporary = useTemporaryFolder();

  function drillFolder(text: string): string {
    const folder = mkdtempSync(path.join(temporary.dir, 'drill-'));
    cpSync(fixture, path.join(folder, 'logs'), { recursive: true });
    writeFileSync(path.join(folder, 'report.json'), text);
    return folder;
  }

  it('finds the report of a drill above its logs and puts both on one clock', async () => {
    const folder = drillFolder(JSON.stringify(report));
    const recording = await readRecording(await logsOfRecording(folder), logTools);
    assert.equal(recording.title, 'kill-master');
    assert.equal(recording.lab.name, 'my-lab');
    assert.equal(recording.lab.downAfterMilliseconds, 1_500);
    assert.deepEqual(
      recording.lab.nodes.map(({ name, replicaOf }) => [name, replicaOf]),
      [
        ['redis-23288', undefined],
        ['redis-23289', 23288],
        ['redis-23290', 23288],
        ['sentinel-23291', undefined],
        ['sentinel-23292', undefined],
        ['sentinel-23293', undefined],
      ],
    );
    const [kill] = recording.drill?.faults ?? [];
    assert.equal(kill?.from, new Date(2026, 10, 23, 7, 3, 32, 700).getTime());
    const lost = recording.entries.find(({ record }) => record.said?.id === 'connection-master-lost');
    assert.equal((lost?.at ?? 0) - (kill?.from ?? 0), 38);
  });

  it('reads logs alone, too, and takes no other file for the report of a drill', async () => {
    const alone = await readRecording(await logsOfRecording(fixture), logTools);
    assert.equal(alone.drill, undefined);
    assert.equal(alone.title, 'failover');
    assert.equal(alone.lab.masterName, 'mymaster');
    for (const text of ['{', '{"passed": true}', '[]']) {
      const other = await readRecording(await logsOfRecording(drillFolder(text)), logTools);
      assert.equal(other.drill, undefined);
      assert.equal(other.entries.length, alone.entries.length);
    }
  });

  it('merges by time and explains with the names of the lab', async () => {
    const { entries } = await readRecording(await logsOfRecording(fixture), logTools);
    const times = entries.map(({ at }) => at);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    const won = entries.find(({ record }) => record.said?.id === 'voted');
    assert.match(won?.explanation?.text ?? '', /sentinel-2329\d/);
  });

  it('keeps the newest entries of logs that are too long', async () => {
    const folder = path.join(temporary.dir, 'long');
    mkdirSync(folder);
    const clock = (minute: number): string =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00.000`;
    for (const [port, from] of [
      [6379, 0],
      [6380, 100],
    ] as const)
      writeFileSync(
        path.join(folder, `redis-${port}.log`),
        Array.from(
          { length: 70_000 },
          (_, index) =>
            `9:M 23 Nov 2026 ${clock(from + Math.floor(index / 100))} * Background saving started by pid ${index}\n`,
        ).join(''),
      );
    const { entries } = await readRecording(await logsOfRecording(folder), logTools);
    assert.equal(entries.length, 100_000);
    assert.equal(entries.at(-1)?.record.head.message, 'Background saving started by pid 69999');
    assert.equal(new Set(entries.map(({ node }) => node)).size, 2);
  });
});
