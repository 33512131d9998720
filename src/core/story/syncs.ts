import { isoText } from '../log/lineTime';
import { syncFailureIds } from './storyMessages';
import type { StoryLine } from './storyLine';

/** One attempt of a replica to catch up with its master, as its own log tells it. Times are as the log has them. */
export interface Sync {
  readonly file: string;
  readonly line: number;
  /** The replica's address where it is known, else its log. */
  readonly replica: string;
  readonly master: string | null;
  readonly kind: 'full' | 'partial';
  readonly outcome: 'succeeded' | 'failed' | 'unfinished';
  /** Why it failed, or why a full one was needed. */
  readonly reason: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
}

interface Draft {
  readonly start: StoryLine;
  master: string | undefined;
  kind: 'full' | 'partial';
  reason: string | undefined;
}

/** Reads the syncs that a data node's log tells of from the replica's side. */
export class SyncReader {
  private readonly syncs: Omit<Sync, 'replica'>[] = [];
  private master: string | undefined;
  private draft: Draft | undefined;

  constructor(private readonly file: string) {}

  read(line: StoryLine): void {
    const { id, args } = line.said;
    if (line.said.event !== undefined) return;
    if (connectingIds.has(id)) {
      this.master = addressOf(args) ?? this.master;
    } else if (id === 'master-replica-sync-started') {
      this.end('unfinished', undefined);
      this.draft = { start: line, master: this.master, kind: 'partial', reason: undefined };
    } else if (this.draft) {
      this.readStep(this.draft, line);
    }
  }

  finish(): readonly Omit<Sync, 'replica'>[] {
    this.end('unfinished', undefined);
    return this.syncs;
  }

  private readStep(draft: Draft, line: StoryLine): void {
    const { id, args } = line.said;
    if (id === 'full-resync-master') {
      draft.kind = 'full';
    } else if (id === 'partial-resynchronization-not-possible-no-cached-master') {
      draft.kind = 'full';
      draft.reason = 'no cached master';
    } else if (id === 'master-replica-sync-finished-success') {
      this.end('succeeded', line);
    } else if (partialSuccessIds.has(id)) {
      draft.kind = 'partial';
      this.end('succeeded', line);
    } else if (syncFailureIds.has(id)) {
      this.end('failed', line, String(args['error'] ?? args['reply'] ?? id.replaceAll('-', ' ')));
    }
  }

  private end(outcome: Sync['outcome'], at: StoryLine | undefined, reason?: string): void {
    const { draft } = this;
    if (!draft) return;
    this.draft = undefined;
    this.syncs.push({
      file: this.file,
      line: draft.start.line,
      master: draft.master ?? null,
      kind: draft.kind,
      outcome,
      reason: reason ?? draft.reason ?? null,
      startedAt: draft.start.time ? isoText(draft.start.time) : null,
      endedAt: at?.time ? isoText(at.time) : null,
      durationMs: at ? at.at - draft.start.at : null,
    });
  }
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

function addressOf(args: StoryLine['said']['args']): string | undefined {
  const host = args['ip'] ?? args['host'] ?? args['master'];
  return host === undefined || args['port'] === undefined
    ? undefined
    : `${String(host)}:${String(args['port'])}`;
}
