import { byeId, crashId, readyId, roleByLetter, roleByWords, startIds } from './lineMeaning';
import type { LineRole } from '../log/logLine';
import type { ReplayLine } from './replayLine';

/** One life of a node's process as its own log tells it. Indexes count lines of the replay. */
export interface Run {
  /** Undefined: the log begins in the middle of it. */
  start: { readonly index: number; readonly at: number } | undefined;
  pid: number | undefined;
  /** Its last line. */
  lastIndex: number;
  lastAt: number;
  /** It said goodbye, or wrote a crash report. */
  end: { readonly index: number; readonly at: number; readonly signal: string | undefined } | undefined;
  isReady: boolean;
  /** The last thing it said was a problem. */
  problem: string | undefined;
  /** What a data node is at the beginning, where a line tells it. */
  firstRole: 'master' | 'replica' | undefined;
  /** It took connections, and nothing else speaks for a role yet. */
  readyAt: number | undefined;
}

/** How long after its start, in milliseconds, a node without role letters may take to turn to its master. */
const startGrace = 5_000;

/** What some versions complain of before they say that they start comes within this time, in milliseconds. */
const startingTime = 1_000;

const signals: Readonly<Record<string, string>> = {
  '4': 'SIGILL',
  '6': 'SIGABRT',
  '7': 'SIGBUS',
  '8': 'SIGFPE',
  '11': 'SIGSEGV',
};

/** Tells the lives of a node's process apart. */
export class RunReader {
  readonly runs: Run[] = [];
  private seen = new Set<string>();
  private begun = { index: 0, at: 0 };

  read({ at, record: { head, said } }: ReplayLine, index: number): void {
    const isStart = said !== undefined && startIds.has(said.id);
    const last = this.runs.at(-1);
    // In a container every life has the pid 1: the same words of a start again, or after other lines, are another start.
    const isNew =
      isStart &&
      (head.pid !== last?.pid ||
        this.seen.has(said.id) ||
        (last?.start === undefined && at - this.begun.at > startingTime));
    if (isNew || this.runs.length === 0) this.begin(isStart ? { index, at } : undefined, index, at, head.pid);
    if (isStart) this.seen.add(said.id);
    const run = this.runs.at(-1);
    // It complained of something before it said that it starts.
    if (isStart && run && !run.start) {
      run.start = this.begun;
      run.isReady = false;
    }
    // What a child writes says nothing of the server.
    if (!run || (head.role === 'child' && !isStart && head.pid !== run.pid)) return;
    // The log began with what a child wrote.
    if (head.role !== 'child') run.pid = head.pid ?? run.pid;
    run.lastIndex = index;
    run.lastAt = at;
    // A log that begins in the middle of a life, with anything but a complaint: it worked.
    if (run.start === undefined && said?.weight !== 'problem') run.isReady = true;
    run.problem = said?.weight === 'problem' ? head.message : undefined;
    this.readRole(run, head.role, said?.id, at);
    if (!said) return;
    // A Sentinel has no line for it; what it says of its master comes when it works.
    if (said.id === readyId || said.id === 'sentinel-id' || said.event !== undefined) run.isReady = true;
    if (said.id === byeId) run.end = { index, at, signal: undefined };
    if (said.id === crashId)
      run.end = { index, at, signal: signals[String(said.args['signal'])] ?? 'SIGSEGV' };
  }

  private readRole(run: Run, letter: LineRole | undefined, id: string | undefined, at: number): void {
    if (run.firstRole !== undefined) return;
    run.firstRole = roleByLetter(letter, id);
    if (letter !== undefined || id === undefined) return;
    const shown = roleByWords(id);
    // Every node begins to accept connections before it turns to its master: one that does so much later was a master before.
    const wasMaster = run.readyAt !== undefined && at - run.readyAt > startGrace;
    run.firstRole = wasMaster ? 'master' : shown;
    if (id === readyId) run.readyAt ??= at;
  }

  private begin(start: Run['start'], index: number, at: number, pid: number | undefined): void {
    this.seen = new Set();
    this.begun = { index, at };
    this.runs.push({
      start,
      pid,
      lastIndex: index,
      lastAt: at,
      end: undefined,
      isReady: false,
      problem: undefined,
      firstRole: undefined,
      readyAt: undefined,
    });
  }
}
