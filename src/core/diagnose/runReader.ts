import { parseVersion, type ServerVersion } from '../conf/serverVersion';
import { shutdownIds, startedIds } from '../log/lifeMessages';
import { textArg, type Fact } from './fact';
import { Occurrences } from './occurrences';

/** One life of a process: from its first line to its last. */
export interface Run {
  readonly pid: number | undefined;
  /** Undefined: the log begins in the middle of it. */
  readonly start: Fact | undefined;
  version: ServerVersion | undefined;
  port: number | undefined;
  /** The first line that says it takes connections. */
  ready: Fact | undefined;
  /** It read its data from disk. */
  loaded: Fact | undefined;
  /** Somebody asked it to end. */
  shutdown: Fact | undefined;
  last: Fact;
}

/** Tells the lives of a process apart: a log goes on over restarts, and children write into it, too. */
export class RunReader {
  readonly runs = new Occurrences<Run>();
  private run: Run | undefined;
  private readonly startIdsSeen = new Set<string>();

  read(fact: Fact): void {
    const isStart = startIds.has(fact.id);
    // In a container every life has the pid 1: the same words of a start again are another start.
    const isNew = isStart && (fact.pid !== this.run?.pid || this.startIdsSeen.has(fact.id));
    if (!this.run || isNew) this.begin(fact, isStart);
    if (isStart) this.startIdsSeen.add(fact.id);
    const { run } = this;
    if (!run) return;
    if (fact.pid !== undefined && fact.pid !== run.pid) return;
    run.last = fact;
    this.readLine(run, fact);
  }

  private begin(fact: Fact, isStart: boolean): void {
    this.run = {
      pid: fact.pid,
      start: isStart ? fact : undefined,
      version: undefined,
      port: undefined,
      ready: undefined,
      loaded: undefined,
      shutdown: undefined,
      last: fact,
    };
    this.startIdsSeen.clear();
    this.runs.add(this.run);
  }

  private readLine(run: Run, fact: Fact): void {
    if (versionIds.has(fact.id)) run.version = parseVersion(textArg(fact, 'version')) ?? run.version;
    if (fact.id === 'running-mode-port' || fact.id === 'ready-accept-connections')
      run.port = Number(fact.args['port'] ?? run.port) || run.port;
    if (fact.id === 'ready-accept-connections') run.ready ??= fact;
    if (loadedIds.has(fact.id)) run.loaded ??= fact;
    if (shutdownIds.has(fact.id)) run.shutdown ??= fact;
  }
}

const versionIds: ReadonlySet<string> = new Set([...startedIds, 'redis-bit-mode-port-pid-ready-start']);
const startIds: ReadonlySet<string> = new Set(['oo0ooo0ooo0oo-redis-starting-oo0ooo0ooo0oo', ...versionIds]);
const loadedIds: ReadonlySet<string> = new Set([
  'db-loaded-disk-seconds',
  'db-loaded-append-only-file-seconds',
  'db-loaded-base-file-seconds',
  'db-loaded-incr-file-seconds',
]);
