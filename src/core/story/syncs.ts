import { isoText } from '../log/lineTime';
import type { LineTime } from '../log/logLine';
import { syncFailureIds } from './storyMessages';
import { PackedSyncs } from './packedSyncs';
import type { StoryLine } from './storyLine';

/**
 * Why a partial resync was not possible: `first-sync`: the replica had no state of this master; `other-history`: the master does not
 * know the replication id; `backlog`: what is missing is not in the backlog any more; `ahead`: the replica is further than the master.
 */
export type WhyFull = 'first-sync' | 'other-history' | 'backlog' | 'ahead';

/** One attempt of a replica to catch up with its master, or several that failed alike one after the other. Times are as the log has them. */
export interface Sync {
  readonly file: string;
  readonly line: number;
  /** The replica's address where it is known, else its log. */
  readonly replica: string;
  readonly master: string | null;
  readonly kind: 'full' | 'partial';
  readonly outcome: 'succeeded' | 'failed' | 'unfinished';
  /** Why it failed, or why a full one was needed; in the log's words. */
  readonly reason: string | null;
  readonly whyFull: WhyFull | null;
  /** More than 1: so many attempts in a row ended in the same way without success. */
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  /** Whose log tells it. */
  readonly toldBy: 'replica' | 'master';
}

/** A sync as one file tells it. What the file does not tell is undefined. */
export interface LocalSync {
  readonly line: number;
  readonly toldBy: 'replica' | 'master';
  readonly replica: string | undefined;
  readonly master: string | undefined;
  kind: 'full' | 'partial';
  outcome: Sync['outcome'];
  reason: string | undefined;
  whyFull: WhyFull | undefined;
  attempts: number;
  readonly startedAt: number;
  readonly startTime: LineTime | undefined;
  endedAt: number | undefined;
  endTime: LineTime | undefined;
}

/** Reads the syncs that a data node's log tells of: those it made as a replica, and those it served as a master. */
export class SyncReader {
  private readonly syncs = new PackedSyncs();
  /** The newest that is over: the next may be like it. */
  private before: LocalSync | undefined;
  private master: string | undefined;
  private own: LocalSync | undefined;
  /** Syncs that this node serves, by the replica's address. */
  private readonly served = new Map<string, LocalSync>();
  private lastAsked: string | undefined;
  /** Replicas that will ask a second time, for the same sync: over the connection that gets the RDB (Redis 8.0, Valkey's dual channel). */
  private readonly opening = new Set<string>();

  read(line: StoryLine): void {
    const { id, args, event } = line.said;
    if (event !== undefined) return;
    if (connectingIds.has(id)) {
      const { host, port } = args;
      this.master = host === undefined ? this.master : this.sameMaster(`${String(host)}:${String(port)}`);
    } else if (id === 'master-replica-sync-started') {
      this.end(this.own, 'unfinished', undefined);
      this.own = begun(line, 'replica', undefined, this.master);
    } else if (id === 'replica-asks-synchronization') {
      this.ask(line, String(args['replica']));
    } else {
      if (this.own) this.readOwn(this.own, line);
      if (this.served.size > 0) this.readServed(line);
    }
  }

  finish(): Iterable<LocalSync> {
    this.end(this.own, 'unfinished', undefined);
    for (const sync of this.served.values()) this.end(sync, 'unfinished', undefined);
    if (this.before) this.syncs.push(this.before);
    this.before = undefined;
    return this.syncs;
  }

  /** One string for one address: a replica that tries a thousand times names its master a thousand times. */
  private sameMaster(address: string): string {
    return address === this.master ? this.master : address;
  }

  private readOwn(sync: LocalSync, line: StoryLine): void {
    const { id, args } = line.said;
    if (id === 'full-resync-master' || id === 'psync-not-possible-initialize-rdb-channel') {
      sync.kind = 'full';
    } else if (id === 'partial-resynchronization-not-possible-no-cached-master') {
      sync.kind = 'full';
      sync.whyFull = 'first-sync';
    } else if (id === 'master-replica-sync-finished-success') {
      this.end(sync, 'succeeded', line);
    } else if (partialSuccessIds.has(id)) {
      sync.kind = 'partial';
      sync.whyFull = undefined;
      this.end(sync, 'succeeded', line);
    } else if (syncFailureIds.has(id)) {
      this.end(sync, 'failed', line, String(args['error'] ?? args['reply'] ?? id.replaceAll('-', ' ')));
    }
  }

  private ask(line: StoryLine, replica: string): void {
    if (this.opening.delete(replica) && this.served.has(replica)) return;
    this.end(this.served.get(replica), 'unfinished', undefined);
    this.lastAsked = replica;
    this.served.set(replica, begun(line, 'master', replica, undefined));
  }

  private readServed(line: StoryLine): void {
    const { id, args } = line.said;
    const named = args['replica'] === undefined ? undefined : this.served.get(String(args['replica']));
    // Old versions do not say which replica: the one that has just asked.
    const sync = named ?? this.served.get(this.lastAsked ?? '');
    switch (id) {
      case 'partial-resynchronization-not-accepted-replication-id-mismatch':
        setWhy(sync, args['requestedReplid'] === '?' ? 'first-sync' : 'other-history');
        return;
      case 'partial-resynchronization-not-accepted-requested-offset-second':
        setWhy(sync, 'other-history');
        return;
      case 'unable-partial-resync-replica-lack-backlog-replica':
        setWhy(sync, 'backlog');
        return;
      case 'warning-replica-tried-psync-offset-greater-than':
        setWhy(sync, 'ahead');
        return;
      case 'full-resync-requested-by-replica':
        setWhy(sync, sync?.whyFull ?? 'first-sync');
        return;
      case 'replica-capable-rdb-channel-synchronization-partial-sync':
      case 'replica-capable-dual-channel-synchronization-partial-sync':
        if (named) this.opening.add(String(args['replica']));
        return;
      case 'partial-resynchronization-request-accepted-sending-bytes-backlog':
        if (sync) sync.kind = 'partial';
        this.end(sync, 'succeeded', line);
        return;
      case 'synchronization-replica-succeeded':
        this.end(named, 'succeeded', line);
        return;
      case 'synchronization-slave-succeeded':
        this.end(sync, 'succeeded', line);
        return;
      case 'connection-replica-lost':
        this.end(named, 'failed', line, 'connection lost');
        return;
      case 'disconnecting-timedout-replica-full-sync':
        this.end(named, 'failed', line, 'repl-timeout');
        return;
      case 'sync-failed-bgsave-child-returned-error':
      case 'bgsave-replication-failed':
        for (const waiting of [...this.served.values()]) this.end(waiting, 'failed', line, 'BGSAVE failed');
        return;
      default:
    }
  }

  private end(
    sync: LocalSync | undefined,
    outcome: Sync['outcome'],
    at: StoryLine | undefined,
    reason?: string,
  ): void {
    if (!sync) return;
    if (sync === this.own) this.own = undefined;
    else this.served.delete(sync.replica ?? '');
    sync.outcome = outcome;
    sync.reason = reason;
    sync.endedAt = at?.at;
    sync.endTime = at?.time;
    const { before } = this;
    if (before && failedAlike(before, sync)) {
      before.attempts++;
      before.endedAt = sync.endedAt;
      before.endTime = sync.endTime;
    } else {
      if (before) this.syncs.push(before);
      this.before = sync;
    }
  }
}

function begun(
  { line, at, time }: StoryLine,
  toldBy: Sync['toldBy'],
  replica: string | undefined,
  master: string | undefined,
): LocalSync {
  return {
    line,
    toldBy,
    replica,
    master,
    kind: 'partial',
    outcome: 'unfinished',
    reason: undefined,
    whyFull: undefined,
    attempts: 1,
    startedAt: at,
    startTime: time,
    endedAt: undefined,
    endTime: undefined,
  };
}

function setWhy(sync: LocalSync | undefined, why: WhyFull): void {
  if (!sync) return;
  sync.kind = 'full';
  sync.whyFull = why;
}

function failedAlike(a: LocalSync, b: LocalSync): boolean {
  return (
    a.outcome !== 'succeeded' &&
    a.outcome === b.outcome &&
    a.reason === b.reason &&
    a.kind === b.kind &&
    a.toldBy === b.toldBy &&
    a.master === b.master &&
    a.replica === b.replica
  );
}

const connectingIds: ReadonlySet<string> = new Set([
  'connecting-master',
  'reconnecting-master',
  'reconnecting-master-after-failure',
]);
const partialSuccessIds: ReadonlySet<string> = new Set([
  'successful-partial-resynchronization-master',
  'master-replica-sync-master-accepted-partial-resynchronization',
]);

/** How far apart, in milliseconds, both ends of a sync may log its begin, and how far when there are several to choose from. */
const sameSync = 2_000;
const sameMoment = 100;

/** What a file adds to the syncs of a report. */
export interface SyncSource {
  readonly file: string;
  /** Of the node that wrote it; undefined where it is not known. */
  readonly address: string | undefined;
  readonly syncs: Iterable<LocalSync>;
}

/**
 * The syncs of all files. The replica's log tells of a sync, the master's why it could not be partial: where both are there, they are
 * put together; where only the master's is, it tells alone. Each is made when it is asked for.
 */
export function* mergeSyncs(files: readonly SyncSource[]): Generator<Sync> {
  // A single file has nobody to be put together with: its syncs pass one by one.
  const sources = files.length < 2 ? files : files.map(source => ({ ...source, syncs: [...source.syncs] }));
  const told = new Set<LocalSync>();
  for (const master of sources)
    for (const replica of sources)
      if (master !== replica && master.address !== undefined && replica.address !== undefined)
        for (const served of matched(replica, master)) told.add(served);
  for (const { file, address, syncs } of sources)
    for (const sync of syncs) if (!told.has(sync)) yield toSync(sync, file, address);
}

/** The syncs in the master's log that the replica tells, too. Both lists are in order of time, so each is walked once. */
function matched(replica: SyncSource, master: SyncSource): readonly LocalSync[] {
  const own = [...replica.syncs].filter(sync => sync.toldBy === 'replica' && sync.master === master.address);
  const served = [...master.syncs].filter(
    sync => sync.toldBy === 'master' && sync.replica === replica.address,
  );
  const found: LocalSync[] = [];
  let at = 0;
  for (const sync of served) {
    // The last one that the replica had begun when it asked; its log may be a little behind.
    while (startOf(own[at + 1]) <= sync.startedAt + sameMoment) at++;
    const match = own[at];
    if (!match || !overlaps(match, sync)) continue;
    found.push(sync);
    if (match.kind === 'full') match.whyFull = sync.whyFull ?? match.whyFull;
  }
  return found;
}

function startOf(sync: LocalSync | undefined): number {
  return sync?.startedAt ?? Number.POSITIVE_INFINITY;
}

function overlaps(own: LocalSync, served: LocalSync): boolean {
  return (
    served.startedAt >= own.startedAt - sameSync &&
    served.startedAt <= (own.endedAt ?? own.startedAt) + sameSync
  );
}

function toSync(sync: LocalSync, file: string, address: string | undefined): Sync {
  const { line, toldBy, kind, outcome, whyFull, attempts, startTime, endTime, startedAt, endedAt } = sync;
  const isOwn = toldBy === 'replica';
  return {
    file,
    line,
    replica: isOwn ? (address ?? file) : (sync.replica ?? '?'),
    master: (isOwn ? sync.master : address) ?? null,
    kind,
    outcome,
    reason: sync.reason ?? (whyFull === undefined ? null : whyWords[whyFull]),
    whyFull: whyFull ?? null,
    attempts,
    startedAt: startTime ? isoText(startTime) : null,
    endedAt: endTime ? isoText(endTime) : null,
    durationMs: endedAt === undefined ? null : endedAt - startedAt,
    toldBy,
  };
}

const whyWords: Readonly<Record<WhyFull, string>> = {
  'first-sync': 'no cached master',
  'other-history': 'replication id mismatch',
  backlog: 'lack of backlog',
  ahead: 'replica is ahead of the master',
};
