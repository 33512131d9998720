import { markRank } from './glyphs';
import type { SceneMarks } from './scene';

/** The marks of one lane in order of time, as columns of numbers; only the first `count` of each count. */
export interface LaneMarks {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  readonly key: Float64Array;
  /** Index into {@link MarkColumns.names}. */
  readonly name: Uint16Array;
  /** Index into `markLooks`. */
  readonly rank: Uint8Array;
  /** Index into `logWeights`. */
  readonly weight: Uint8Array;
}

/** Which mark: its lane, and its place among the marks of the lane. */
export interface MarkPlace {
  readonly lane: string;
  readonly index: number;
}

/** More than this would make the oldest go: a lab may run for weeks. */
const mostMarks = 200_000;

/**
 * All marks of a scene by lane. They come in order of time, mostly; now and then one belongs earlier. A lane's columns are given new
 * room, and their marks new places, only by {@link add}.
 */
export class MarkColumns {
  private readonly lanes = new Map<string, GrowingLane>();
  private readonly nameIndexes = new Map<string, number>();
  /** Events and ids of other messages. */
  readonly names: string[] = [];
  private total = 0;

  constructor(private readonly limit = mostMarks) {}

  get size(): number {
    return this.total;
  }

  /** Of the first and the last mark; undefined without any. */
  get extent(): { readonly from: number; readonly to: number } | undefined {
    if (this.total === 0) return undefined;
    let [from, to] = [Infinity, -Infinity];
    for (const { at, count } of this.lanes.values()) {
      if (count === 0) continue;
      from = Math.min(from, at[0] ?? from);
      to = Math.max(to, at[count - 1] ?? to);
    }
    return { from, to };
  }

  of(lane: string): LaneMarks | undefined {
    return this.lanes.get(lane);
  }

  add({ at, lane, name, weight, key, lanes, names }: SceneMarks): void {
    const nameIndexes = names.map(text => this.nameIndex(text));
    const parts = lanes.map(id => this.lane(id));
    const before = parts.map(part => part.count);
    for (let row = 0; row < at.length; row++) {
      const part = parts[lane[row] ?? -1];
      const own = nameIndexes[name[row] ?? -1];
      if (!part || own === undefined) continue;
      const importance = weight[row] ?? 0;
      part.push(at[row] ?? 0, key[row] ?? 0, own, importance, markRank(this.names[own] ?? '', importance));
      this.total++;
    }
    parts.forEach((part, index) => part.sortFrom(before[index] ?? 0));
    if (this.total > this.limit * 1.1) this.dropOldest(this.total - this.limit);
  }

  clear(): void {
    this.lanes.clear();
    this.total = 0;
  }

  /** Where the mark of this key is; `lane` and `at` are known from when it was seen. */
  find(lane: string, at: number, key: number): MarkPlace | undefined {
    const marks = this.lanes.get(lane);
    if (!marks) return undefined;
    for (
      let index = lowerBound(marks.at, at, marks.count);
      index < marks.count && marks.at[index] === at;
      index++
    )
      if (marks.key[index] === key) return { lane, index };
    return undefined;
  }

  private lane(id: string): GrowingLane {
    const known = this.lanes.get(id);
    if (known) return known;
    const made = new GrowingLane();
    this.lanes.set(id, made);
    return made;
  }

  private nameIndex(text: string): number {
    const known = this.nameIndexes.get(text);
    if (known !== undefined) return known;
    this.names.push(text);
    this.nameIndexes.set(text, this.names.length - 1);
    return this.names.length - 1;
  }

  /** By time over all lanes: the moment before which about so many marks are is found by halving. */
  private dropOldest(excess: number): void {
    const extent = this.extent;
    if (!extent) return;
    let { from, to } = extent;
    const older = (moment: number): number =>
      [...this.lanes.values()].reduce((sum, { at, count }) => sum + lowerBound(at, moment, count), 0);
    while (to - from > 1) {
      const middle = (from + to) / 2;
      if (older(middle) < excess) from = middle;
      else to = middle;
    }
    for (const lane of this.lanes.values()) this.total -= lane.dropBefore(to);
  }
}

class GrowingLane implements LaneMarks {
  count = 0;
  at = new Float64Array(16);
  key = new Float64Array(16);
  name = new Uint16Array(16);
  rank = new Uint8Array(16);
  weight = new Uint8Array(16);

  push(at: number, key: number, name: number, weight: number, rank: number): void {
    if (this.count === this.at.length) this.grow();
    const row = this.count++;
    this.at[row] = at;
    this.key[row] = key;
    this.name[row] = name;
    this.weight[row] = weight;
    this.rank[row] = rank;
  }

  /** Puts the marks from this place on where they belong: marks of the same moment stay in the order in which they came. */
  sortFrom(place: number): void {
    const { at, count } = this;
    let earliest = Infinity;
    let isSorted = true;
    for (let row = place; row < count; row++) {
      const moment = at[row] ?? 0;
      if (moment < earliest) earliest = moment;
      if (row > 0 && moment < (at[row - 1] ?? 0)) isSorted = false;
    }
    if (isSorted) return;
    const start = upperBound(at, earliest, place);
    const order = Array.from({ length: count - start }, (_, row) => start + row).toSorted(
      (a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b,
    );
    for (const column of [this.at, this.key, this.name, this.rank, this.weight])
      column.set(
        order.map(row => column[row] ?? 0),
        start,
      );
  }

  dropBefore(moment: number): number {
    const dropped = lowerBound(this.at, moment, this.count);
    for (const column of [this.at, this.key, this.name, this.rank, this.weight])
      column.copyWithin(0, dropped, this.count);
    this.count -= dropped;
    return dropped;
  }

  private grow(): void {
    const { at, key, name, rank, weight } = this;
    const size = at.length * 2;
    this.at = new Float64Array(size);
    this.at.set(at);
    this.key = new Float64Array(size);
    this.key.set(key);
    this.name = new Uint16Array(size);
    this.name.set(name);
    this.rank = new Uint8Array(size);
    this.rank.set(rank);
    this.weight = new Uint8Array(size);
    this.weight.set(weight);
  }
}

/** The first of the first `count` sorted values that is not less. */
export function lowerBound(values: ArrayLike<number>, value: number, count: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of the first `count` sorted values that is greater. */
export function upperBound(values: ArrayLike<number>, value: number, count: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
