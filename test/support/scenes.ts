import type { Scene, SceneMarks } from '../../src/core/scene/scene';
import { everything } from '../../src/core/scene/sceneFilter';
import { roughMeasure, type SceneTexts, type SceneView } from '../../src/core/scene/sceneView';
import type { Palette } from '../../src/core/scene/shape';

/** 2026-11-23 12:00:00 on the wall clock, wherever the test runs. */
export const noon = new Date(2026, 10, 23, 12).getTime();

export const sceneTexts: SceneTexts = {
  roles: { master: 'master', replica: 'replica' },
  down: 'down',
  leader: 'leader of epoch {0}',
  epoch: 'epoch {0}',
  milliseconds: '{0} ms',
  seconds: '{0} s',
  minutes: '{0} min {1} s',
  empty: 'Nothing has happened yet.',
};

/** One failover of a master with a replica and two Sentinels, in ten seconds from noon. */
export const failoverScene: Scene = {
  lanes: [
    { id: 'faults', label: 'Faults', kind: 'faults' },
    { id: 'redis-6379', label: 'redis-6379', kind: 'server' },
    { id: 'redis-6380', label: 'redis-6380', kind: 'server' },
    { id: 'sentinel-26379', label: 'sentinel-26379', kind: 'sentinel' },
    { id: 'sentinel-26380', label: 'sentinel-26380', kind: 'sentinel' },
  ],
  roles: [
    { lane: 'redis-6379', role: 'master', from: noon, to: noon + 8_000 },
    { lane: 'redis-6380', role: 'replica', from: noon, to: noon + 7_000 },
    { lane: 'redis-6380', role: 'master', from: noon + 7_000, to: undefined },
  ],
  downs: [{ lane: 'redis-6379', from: noon + 6_000, to: undefined }],
  syncs: [
    {
      lane: 'redis-6380',
      from: noon + 500,
      to: noon + 1_500,
      kind: 'full',
      outcome: 'failed',
      text: 'The sync failed.',
    },
  ],
  bars: [
    { lane: 'faults', from: noon + 1_000, to: undefined, look: 'fault', text: 'redis-6379 is killed' },
    { lane: 'faults', from: noon + 2_000, to: noon + 3_000, look: 'fault', text: 'the link is slow' },
  ],
  failovers: [
    {
      from: noon + 1_000,
      to: noon + 8_000,
      outcome: 'succeeded',
      epoch: 1,
      leader: 'sentinel-26380',
      text: 'mymaster moved from 6379 to 6380.',
    },
  ],
  phases: [
    {
      failover: 0,
      name: 'detection',
      label: 'Detection',
      from: noon + 1_000,
      to: noon + 6_000,
      text: 'It took 5 s.',
    },
    {
      failover: 0,
      name: 'election',
      label: 'Election',
      from: noon + 6_000,
      to: noon + 6_100,
      text: 'It took 100 ms.',
    },
    {
      failover: 0,
      name: 'promotion',
      label: 'Promotion',
      from: noon + 6_100,
      to: noon + 8_000,
      text: 'It took 1.9 s.',
    },
  ],
  votes: [
    {
      at: noon + 6_020,
      voter: 'sentinel-26380',
      candidate: 'sentinel-26380',
      epoch: 1,
      wins: true,
      text: 'It voted for itself.',
    },
    {
      at: noon + 6_050,
      voter: 'sentinel-26379',
      candidate: 'sentinel-26380',
      epoch: 1,
      wins: true,
      text: 'It voted for sentinel-26380.',
    },
  ],
};

export const failoverMarks = marksOf([
  [noon + 100, 'redis-6379', 'ready', 1],
  [noon + 1_010, 'redis-6380', 'link-lost', 3],
  [noon + 6_000, 'sentinel-26380', '+sdown', 3],
  [noon + 6_010, 'sentinel-26380', '+odown', 3],
  [noon + 6_015, 'sentinel-26380', '+try-failover', 2],
  [noon + 6_030, 'sentinel-26379', '+sdown', 3],
  [noon + 8_000, 'sentinel-26380', '+switch-master', 2],
  [noon + 8_004, 'sentinel-26379', '+switch-master', 2],
]);

/** Columns of rows: time, lane, name, index into `logWeights`. Keys count from `firstKey`. */
export function marksOf(
  rows: readonly (readonly [at: number, lane: string, name: string, weight: number])[],
  firstKey = 1,
): SceneMarks {
  const lanes = [...new Set(rows.map(([, lane]) => lane))];
  const names = [...new Set(rows.map(([, , name]) => name))];
  return {
    at: rows.map(([at]) => at),
    lane: rows.map(([, lane]) => lanes.indexOf(lane)),
    name: rows.map(([, , name]) => names.indexOf(name)),
    weight: rows.map(([, , , weight]) => weight),
    key: rows.map((_, row) => firstKey + row),
    lanes,
    names,
  };
}

/** Looks at these ten seconds in a picture of 1,000 px with texts of 10 px. */
export function sceneView(changes: Partial<SceneView> = {}): SceneView {
  return {
    from: noon,
    to: noon + 10_000,
    width: 1_000,
    height: undefined,
    top: 0,
    fontSize: 10,
    measure: roughMeasure(10),
    now: noon + 10_000,
    cursor: undefined,
    filter: everything,
    selected: undefined,
    lane: undefined,
    ...changes,
  };
}

export const lightPalette: Palette = {
  background: '#ffffff',
  text: '#1f2328',
  dim: '#59636e',
  line: '#d1d9e0',
  band: '#1f2328',
  master: '#2f7d32',
  replica: '#1a6fc4',
  sentinel: '#7b3fb5',
  down: '#1f2328',
  sync: '#9a6700',
  fault: '#cf222e',
  outage: '#b35900',
  stale: '#9a6700',
  problem: '#cf222e',
  event: '#1f2328',
  vote: '#b35900',
  cursor: '#1f2328',
  selected: '#0969da',
};
