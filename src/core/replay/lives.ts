import { isLinkFault } from '../drill/fault';
import type { NodeSpec } from '../model/lab';
import type { NodeBook } from './nodeBook';
import type { ReplayFault, ReplayLine } from './replayLine';
import { RunReader, type Run } from './runs';
import { SignReader, silencesIn, type Sign } from './signs';

/** Something that happens to a node without a line of its own that would say so. */
export type LifeChange = {
  readonly node: string;
  /** It comes before the line with this index. */
  readonly before: number;
  readonly at: number;
} & (
  | { readonly what: 'start'; readonly run: Run }
  /** `signal`, `reason`: why, where that is known. */
  | {
      readonly what: 'crash';
      readonly signal: string | undefined;
      readonly reason: string | undefined;
    }
  | { readonly what: 'stop' | 'freeze' | 'thaw' | 'silent' | 'answers' }
);

/**
 * When the processes of all nodes began and ended. A log ends with the process and does not say so, but what others say, and whether the
 * node speaks again, tells it: who falls silent and starts again, or never speaks again after others lost it, was gone from the first
 * sign on; who goes on logging without a start was only not reached.
 */
export function livesOf(book: NodeBook, lines: readonly ReplayLine[], faults: readonly ReplayFault[]): Lives {
  const runs = new Map(book.lab.nodes.map(({ name }) => [name, new RunReader()]));
  const signs = new SignReader(book);
  for (const [index, line] of lines.entries()) {
    runs.get(line.node)?.read(line, index);
    signs.read(line, index);
  }
  const scene: Scene = {
    lines,
    faults,
    signsOf: ({ name }) => signs.signs.get(name) ?? [],
    runsOf: ({ name }) => runs.get(name)?.runs ?? [],
  };
  const sentinels = book.lab.nodes.filter(({ kind }) => kind === 'sentinel');
  const lives = sentinels.map(spec => ({ spec, life: lifeOf(spec, scene, () => 1) }));
  const changes = lives.flatMap(({ life }) => life);
  // One whose log is not there does not say what it thinks.
  const voices = lives.filter(({ spec }) => scene.runsOf(spec).length > 0);
  const sentinelsAt = (index: number): number => voices.filter(({ life }) => isAliveAt(life, index)).length;
  for (const spec of book.lab.nodes) {
    if (spec.kind === 'server') changes.push(...lifeOf(spec, scene, sentinelsAt));
    changes.push(...freezesOf(spec, scene));
  }
  return {
    changes: changes.toSorted((a, b) => a.before - b.before || a.at - b.at),
    fresh: new Set(
      book.lab.nodes.flatMap(spec => (scene.runsOf(spec)[0]?.start === undefined ? [] : [spec.name])),
    ),
  };
}

export interface Lives {
  /** In the order of lines. */
  readonly changes: readonly LifeChange[];
  /** Nodes whose logs begin with a start. */
  readonly fresh: ReadonlySet<string>;
}

interface Scene {
  readonly lines: readonly ReplayLine[];
  readonly faults: readonly ReplayFault[];
  readonly signsOf: (spec: NodeSpec) => readonly Sign[];
  readonly runsOf: (spec: NodeSpec) => readonly Run[];
}

/** `sentinelsAt`: how many Sentinels run before a line. */
function lifeOf(spec: NodeSpec, scene: Scene, sentinelsAt: (index: number) => number): readonly LifeChange[] {
  const signs = scene.signsOf(spec);
  const own = scene.runsOf(spec);
  // Of a node without a log others must speak: somebody has to know it.
  if (own.length === 0 && signs.length === 0 && !isNamed(spec, scene)) return [];
  const silences = silencesIn(signs, sentinelsAt);
  const lastSilence = silences.at(-1);
  const isSilentAtEnd = lastSilence !== undefined && lastSilence.to === undefined;
  const changes: LifeChange[] = [];
  const { name: node } = spec;
  const runs = own.length > 0 ? own : runsOfSilentNode(signs);
  for (const [number, run] of runs.entries()) {
    changes.push({
      node,
      before: run.start?.index ?? 0,
      at: run.start?.at ?? scene.lines[0]?.at ?? 0,
      what: 'start',
      run,
    });
    // Who has no log may just not be reached: nobody tells whether it is gone.
    const isGone = own.length > 0 && (isSilentAtEnd || !hasSentinels(scene));
    const end = endOf(spec, run, runs[number + 1], scene, isGone);
    if (end) changes.push(end);
  }
  const lost = own.length > 0 || hasSentinels(scene) ? undefined : firstOfLastAbsence(signs);
  if (lost) changes.push({ node, before: lost.index + 1, at: lost.at, what: 'silent' });
  for (const { from, to } of silences) {
    changes.push({ node, before: from.index + 1, at: from.at, what: 'silent' });
    if (to) changes.push({ node, before: to.index + 1, at: to.at, what: 'answers' });
  }
  return changes;
}

function isNamed({ kind, port }: NodeSpec, { lines }: Scene): boolean {
  return lines.some(
    ({ record: { said } }) =>
      (said?.instance?.port === port && (said.instance.type === 'sentinel') === (kind === 'sentinel')) ||
      (kind === 'server' && (said?.args['newPort'] === port || said?.args['oldPort'] === port)),
  );
}

/** Of a node without a log the Sentinels tell that it is another process. */
function runsOfSilentNode(signs: readonly Sign[]): readonly Run[] {
  const reboots = signs.filter(({ says }) => says === 'rebooted');
  // Several Sentinels see the same one.
  const first = reboots.filter(
    ({ at }, index) => index === 0 || at - (reboots[index - 1]?.at ?? 0) > rebootGrace,
  );
  const starts = first.map(
    reboot =>
      signs.find(({ says, at }) => says === 'up' && at <= reboot.at && reboot.at - at < rebootGrace) ??
      reboot,
  );
  return [undefined, ...starts].map(start => ({
    start,
    pid: undefined,
    lastIndex: start?.index ?? -1,
    lastAt: start?.at ?? 0,
    end: undefined,
    isReady: true,
    problem: undefined,
    firstRole: undefined,
    readyAt: undefined,
  }));
}

/** A Sentinel learns with INFO, every 10 s, that it is another process which answers. In milliseconds. */
const rebootGrace = 15_000;

/** `isGone`: who was lost last, and is not said to be back, has ended. */
function endOf(
  spec: NodeSpec,
  run: Run,
  next: Run | undefined,
  scene: Scene,
  isGone: boolean,
): LifeChange | undefined {
  const { lines, faults } = scene;
  const { name: node } = spec;
  const crash = (at: number, signal?: string, reason?: string): LifeChange => {
    const before = Math.max(run.lastIndex + 1, indexAt(lines, at));
    return {
      node,
      before: Math.min(before, next?.start?.index ?? Infinity),
      at,
      what: 'crash',
      signal,
      reason,
    };
  };
  if (run.end) {
    if (run.end.signal !== undefined) return crash(Math.max(run.end.at, run.lastAt), run.end.signal);
    return { node, before: run.lastIndex + 1, at: run.lastAt, what: 'stop' };
  }
  const begun = run.start?.at ?? -Infinity;
  const until = next?.start?.at ?? Infinity;
  const kill = faults.find(
    ({ fault, from }) =>
      (fault.type === 'kill' || (fault.type === 'restart' && fault.how === 'kill')) &&
      fault.node === node &&
      from >= begun &&
      from <= until,
  );
  if (kill) return crash(Math.max(kill.from, run.lastAt), 'SIGKILL');
  const after = scene.signsOf(spec).filter(sign => sign.index > run.lastIndex && sign.at <= until);
  if (next) {
    // What counts is the last time that it was not reached before it came back.
    const lost = firstOfLastAbsence(after.filter(sign => sign.index < (next.start?.index ?? Infinity)));
    return crash(lost?.at ?? until);
  }
  if (!run.isReady && run.problem !== undefined) return crash(run.lastAt, undefined, run.problem);
  const isOnPurpose = faults.some(
    ({ fault, to }) =>
      to === undefined &&
      (isLinkFault(fault)
        ? fault.from === node || fault.to === node
        : fault.type === 'freeze' && fault.node === node),
  );
  const lost = firstOfLastAbsence(after);
  return lost && !isOnPurpose && isGone ? crash(lost.at) : undefined;
}

/** Where there are any, what they say of a node counts; without them, what other nodes log. */
function hasSentinels({ lines }: Scene): boolean {
  return lines.some(({ kind }) => kind === 'sentinel');
}

/** The first sign that the node is gone, after the last one that somebody reached it. */
function firstOfLastAbsence(signs: readonly Sign[]): Sign | undefined {
  let first: Sign | undefined;
  const down = new Set<string>();
  for (const sign of signs) {
    if (sign.says === 'down') down.add(sign.by);
    if (sign.says === 'up') down.delete(sign.by);
    if (sign.says === 'lost' || sign.says === 'down') first ??= sign;
    else if (sign.says !== 'up' || down.size === 0) first = undefined;
  }
  return first;
}

function freezesOf({ name: node }: NodeSpec, { lines, faults }: Scene): readonly LifeChange[] {
  return faults.flatMap(({ fault, from, to }) => {
    if (fault.type !== 'freeze' || fault.node !== node) return [];
    const at = (moment: number, what: 'freeze' | 'thaw'): LifeChange => ({
      node,
      before: indexAt(lines, moment),
      at: moment,
      what,
    });
    return [at(from, 'freeze'), ...(to === undefined ? [] : [at(to, 'thaw')])];
  });
}

/** The index of the first line at this moment or later. */
export function indexAt(lines: readonly ReplayLine[], at: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isAliveAt(life: readonly LifeChange[], index: number): boolean {
  let isAlive = false;
  for (const { before, what } of life) {
    if (before > index) break;
    if (what === 'start') isAlive = true;
    else if (what === 'stop' || what === 'crash') isAlive = false;
  }
  return isAlive;
}
