import type { Scene, SceneLane, TimeBar } from './scene';

/** A bar, and where it stands in its list of the scene. */
export interface Indexed<T> {
  readonly item: T;
  readonly index: number;
}

/** Bars of a lane that may overlap: each has a row of its own while it lasts. */
export interface RowedBar<T> extends Indexed<T> {
  readonly row: number;
}

/** What one lane shows, in order of time. */
export interface LaneContent {
  readonly lane: SceneLane;
  readonly roles: readonly Indexed<Scene['roles'][number]>[];
  readonly downs: readonly Indexed<Scene['downs'][number]>[];
  readonly syncs: readonly Indexed<Scene['syncs'][number]>[];
  readonly bars: readonly RowedBar<Scene['bars'][number]>[];
  /** How many rows the bars take; at least one. */
  readonly rows: number;
  /** Failovers that this Sentinel led, from its election on. */
  readonly led: readonly Indexed<Scene['failovers'][number]>[];
}

/** A scene by lane: made once, drawn many times. */
export interface SceneIndex {
  readonly scene: Scene;
  readonly lanes: readonly LaneContent[];
  /** How many rows the names of phases have: as many as a failover has phases, at most {@link mostPhaseRows}. */
  readonly phaseRows: number;
}

/** Of the six phases of a failover the last two mostly stand beside the others; each row takes room from the lanes. */
const mostPhaseRows = 4;

export function indexScene(scene: Scene): SceneIndex {
  const roles = byLane(scene.roles);
  const downs = byLane(scene.downs);
  const syncs = byLane(scene.syncs);
  const bars = byLane(scene.bars);
  return {
    scene,
    lanes: scene.lanes.map(lane => {
      const rowed = inRows(bars.get(lane.id) ?? []);
      return {
        lane,
        roles: roles.get(lane.id) ?? [],
        downs: downs.get(lane.id) ?? [],
        syncs: syncs.get(lane.id) ?? [],
        bars: rowed,
        rows: Math.max(1, ...rowed.map(({ row }) => row + 1)),
        led: ledBy(lane.id, scene),
      };
    }),
    phaseRows: phaseRowsOf(scene),
  };
}

function phaseRowsOf({ failovers, phases }: Scene): number {
  const counts = failovers.map(() => 0);
  for (const { failover } of phases) counts[failover] = (counts[failover] ?? 0) + 1;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  return failovers.length === 0 ? 0 : Math.min(Math.max(most, 1), mostPhaseRows);
}

function byLane<T extends TimeBar>(bars: readonly T[]): ReadonlyMap<string, readonly Indexed<T>[]> {
  const lanes = new Map<string, Indexed<T>[]>();
  bars.forEach((item, index) => {
    const list = lanes.get(item.lane);
    if (list) list.push({ item, index });
    else lanes.set(item.lane, [{ item, index }]);
  });
  for (const list of lanes.values()) list.sort((a, b) => a.item.from - b.item.from || a.index - b.index);
  return lanes;
}

/** More rows than this would hide the other lanes: what comes on top of it shares the last one. */
const mostRows = 5;

function inRows<T extends TimeBar>(bars: readonly Indexed<T>[]): readonly RowedBar<T>[] {
  const ends: number[] = [];
  return bars.map(({ item, index }) => {
    const free = ends.findIndex(end => end <= item.from);
    const row = Math.min(free < 0 ? ends.length : free, mostRows - 1);
    ends[row] = Math.max(ends[row] ?? -Infinity, item.to ?? Infinity);
    return { item, index, row };
  });
}

function ledBy(lane: string, { failovers, phases }: Scene): LaneContent['led'] {
  return failovers.flatMap((item, index) => {
    if (item.leader !== lane) return [];
    const election = phases.find(({ failover, name }) => failover === index && name === 'election');
    return [{ item: { ...item, from: election?.to ?? item.from }, index }];
  });
}
