import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { shutdownIds } from '../../src/core/log/lifeMessages';
import type { NodeState } from '../../src/core/model/labState';
import { Replay } from '../../src/core/replay/replay';
import { recordedScenarios, type RecordedScenario } from '../support/corpus';
import { assertGolden, goldenFiles } from '../support/golden';
import { useLanguage } from '../support/language';
import { recordedLab } from '../support/recordings';
import { replayRows } from '../support/replayRows';
import { repoRoot } from '../support/repoRoot';

function logsIn(folder: string): Readonly<Record<string, string>> {
  const directory = path.join(repoRoot, 'test/fixtures', folder);
  return Object.fromEntries(
    readdirSync(directory).map(file => [file, readFileSync(path.join(directory, file), 'utf8')]),
  );
}

const scenarios = recordedScenarios();
const scenario = (name: string): Readonly<Record<string, string>> =>
  scenarios.find(known => known.version === 'redis-7.0.15' && known.name === name)?.logs ?? {};

/** Looked at by eye, moment for moment. */
const closely = {
  // Three Sentinels of the study note; the data nodes left no logs.
  note: () => logsIn('windows-failover'),
  failover: () => logsIn('logs/failover'),
  'master-hung': () => scenario('f_master_hung'),
  'not-elected': () => scenario('h_not_elected'),
  'sentinel-failover': () => scenario('g_sentinel_failover'),
} as const;

/** Logs go on until the nodes were stopped; what really was is from the moment before. */
function truthAt({ truth }: RecordedScenario, { lab, entries }: ReturnType<typeof recordedLab>): number {
  const running = new Set(
    truth.nodes.flatMap(({ name }) =>
      truth.roles[name] === 'not running' ? [] : lab.nodes.filter(({ log }) => log === `${name}.log`),
    ),
  );
  const stops = [...running].map(
    spec =>
      entries.findLast(
        ({ node, record: { said } }) => node === spec.name && said !== undefined && shutdownIds.has(said.id),
      )?.at ?? Infinity,
  );
  return Math.min(entries.at(-1)?.at ?? 0, ...stops.map(at => at - 1));
}

function roleIn(node: NodeState | undefined): string | undefined {
  if (node?.status === 'crashed' || node?.status === 'stopped') return 'not running';
  return node?.role === 'replica' ? 'slave' : node?.role;
}

describe('a replay of logs', () => {
  before(() => useLanguage('en'));

  for (const [name, logs] of Object.entries(closely))
    it(`shows the moments of ${name} unchanged`, () => {
      const { lab, hosts, entries } = recordedLab(logs());
      assertGolden(`replay/${name}.golden.txt`, replayRows(Replay.of(lab, entries, { hosts })));
    });

  it('has no golden file that no test looks at', () =>
    assert.deepEqual(
      goldenFiles('replay'),
      Object.keys(closely)
        .map(name => `${name}.golden.txt`)
        .toSorted(),
    ));

  for (const recorded of scenarios)
    it(`ends as ${recorded.name} of ${recorded.version} really did`, () => {
      const { truth, logs } = recorded;
      const logged = recordedLab(logs);
      const { lab, hosts, entries } = logged;
      const state = Replay.of(lab, entries, { hosts }).stateAt(truthAt(recorded, logged));
      const known = truth.nodes.filter(({ name }) => `${name}.log` in logs && name in truth.roles);
      const specOf = (name: string): string => lab.nodes.find(({ log }) => log === `${name}.log`)?.name ?? '';
      assert.deepEqual(
        known.map(({ name }) => [name, roleIn(state.nodes[specOf(name)])]),
        known.map(({ name }) => [name, truth.roles[name]]),
      );
      const named = Object.values(state.nodes).flatMap(({ view }) => (view ? [view.masterPort] : []));
      if (truth.lastMasters.length > 0) assert.deepEqual(new Set(named), new Set(truth.lastMasters));
    });
});
