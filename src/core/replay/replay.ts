import type { Lab } from '../model/lab';
import { emptyState, type LabState } from '../model/labState';
import { reduce } from '../model/reduce';
import { NodeBook } from './nodeBook';
import { replayEvents, type TimedEvent } from './replayEvents';
import type { ReplayFault, ReplayLine } from './replayLine';

/** What a replay knows beside the lines. */
export interface ReplayOptions {
  readonly faults?: readonly ReplayFault[];
  /** Hosts of nodes that are not on this machine, by their names. */
  readonly hosts?: ReadonlyMap<string, string>;
}

/** A state is kept after so many events: a seek has to go through fewer than that. */
const checkpointStep = 100;

/** A lab as it was at any moment, from what its nodes logged. All times are milliseconds since 1970. */
export class Replay {
  /** The first moment of which something is known; 0 where there is none. */
  readonly from: number;
  readonly to: number;
  /** Worth stepping to: when something noteworthy was logged or done, each moment once, in order. */
  readonly moments: readonly number[];
  private readonly events: readonly TimedEvent[];
  private readonly checkpoints: readonly LabState[];
  private last: { readonly count: number; readonly state: LabState };

  /** Makes it in one go. `lines` are in order of time. */
  static of(lab: Lab, lines: readonly ReplayLine[], options: ReplayOptions = {}): Replay {
    const making = Replay.making(lab, lines, options);
    for (let step = making.next(); ; step = making.next()) if (step.done === true) return step.value;
  }

  /** Makes it in steps of some milliseconds, so that others have their turn. */
  static *making(
    lab: Lab,
    lines: readonly ReplayLine[],
    { faults = [], hosts }: ReplayOptions = {},
  ): Generator<void, Replay> {
    const events = yield* replayEvents(new NodeBook(lab, hosts), lines, faults);
    let state = emptyState(lab);
    const checkpoints = [state];
    for (const [index, { event }] of events.entries()) {
      state = reduce(state, event);
      if ((index + 1) % checkpointStep !== 0) continue;
      checkpoints.push(state);
      yield;
    }
    return new Replay(lab, { lines, faults, events, checkpoints, state });
  }

  private constructor(
    readonly lab: Lab,
    {
      lines,
      faults,
      events,
      checkpoints,
      state,
    }: {
      readonly lines: readonly ReplayLine[];
      readonly faults: readonly ReplayFault[];
      readonly events: readonly TimedEvent[];
      readonly checkpoints: readonly LabState[];
      /** After the last event. */
      readonly state: LabState;
    },
  ) {
    this.events = events;
    this.checkpoints = checkpoints;
    this.last = { count: events.length, state };
    const times = [lines[0]?.at, lines.at(-1)?.at, ...faults.flatMap(({ from, to }) => [from, to])].filter(
      at => at !== undefined,
    );
    this.from = times.length === 0 ? 0 : Math.min(...times);
    this.to = times.length === 0 ? 0 : Math.max(...times);
    this.moments = momentsIn(lines, faults);
  }

  /** The state after everything that happened until then, that moment included. The same moment gives the same object again. */
  stateAt(at: number): LabState {
    const count = this.countUntil(at);
    const checkpoint = Math.floor(count / checkpointStep);
    // Going on from where the last one ended, as playing does, is shorter still.
    const isNear = this.last.count <= count && this.last.count >= checkpoint * checkpointStep;
    let { count: index, state } = isNear
      ? this.last
      : {
          count: checkpoint * checkpointStep,
          state: this.checkpoints[checkpoint] ?? emptyState(this.lab),
        };
    for (; index < count; index++) {
      const next = this.events[index];
      if (next) state = reduce(state, next.event);
    }
    this.last = { count, state };
    return state;
  }

  /** When the process of a node that ran at a moment was gone; undefined: it is not gone. */
  endAfter(node: string, at: number): number | undefined {
    return this.events.find(
      ({ at: then, event }) =>
        then >= at &&
        event.type === 'processObserved' &&
        event.node === node &&
        event.process.life === 'gone',
    )?.at;
  }

  private countUntil(at: number): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.at ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Moments worth stepping to, in order: see {@link Replay.moments}. */
export function momentsIn(
  lines: readonly ReplayLine[],
  faults: readonly ReplayFault[] = [],
): readonly number[] {
  const times = new Set(faults.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])));
  for (const {
    at,
    record: { said },
  } of lines)
    if (said?.weight === 'noteworthy' || said?.weight === 'problem') times.add(at);
  return [...times].toSorted((a, b) => a - b);
}
