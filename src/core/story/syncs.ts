import type { FileIdentity } from './identities';
import type { StoryFile, StoryLine } from './storyLine';

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

/** Lines that end an attempt without success, and the words for why. The values come from the line. */
const failures: Readonly<Record<string, true>> = Object.fromEntries(
  [
    'error-condition-socket-sync',
    'master-aborted-replication-error',
    'i-o-error-reading-bulk-count-master',
    'i-o-error-trying-sync-master',
    'bad-protocol-master-first-byte-not-we',
    'timeout-connecting-master',
    'timeout-receiving-bulk-data-master-if-problem',
    'failed-trying-load-master-synchronization-db-disk',
    'failed-trying-load-master-synchronization-db-socket',
    'failed-trying-rename-temp-db-into-master',
    'write-error-or-short-write-writing-db',
    'opening-temp-file-needed-master-replica-synchronization',
    'unable-auth-master',
    'unable-connect-master',
    'unexpected-reply-psync-master',
    'master-did-not-reply-psync-will-try',
    'master-did-not-respond-command-during-sync',
    'error-reply-ping-master',
    'sending-command-master-replication-handshake',
    'dual-channel-sync-failed-error',
    'rdb-channel-sync-failed-error',
    'aborting-dual-channel-sync',
    'aborting-rdb-channel-sync',
  ].map(id => [id, true as const]),
);

/** The syncs that a data node's log tells of from the replica's side. */
export function readSyncs({ file, lines }: StoryFile, identity: FileIdentity | undefined): readonly Sync[] {
  const replica = identity?.address ?? file;
  const syncs: Sync[] = [];
  let master: string | undefined;
  let draft: Draft | undefined;
  const end = (outcome: Sync['outcome'], at: StoryLine | undefined, reason?: string): void => {
    if (!draft) return;
    const { start } = draft;
    syncs.push({
      file,
      line: start.line,
      replica,
      master: draft.master ?? null,
      kind: draft.kind,
      outcome,
      reason: reason ?? draft.reason ?? null,
      startedAt: start.time ?? null,
      endedAt: at?.time ?? null,
      durationMs: at ? at.at - start.at : null,
    });
    draft = undefined;
  };
  for (const line of lines) {
    const { id, args } = line.said;
    if (
      id === 'connecting-master' ||
      id === 'reconnecting-master' ||
      id === 'reconnecting-master-after-failure'
    ) {
      master = addressOf(args) ?? master;
    } else if (id === 'master-replica-sync-started') {
      end('unfinished', undefined);
      draft = { start: line, master, kind: 'partial', reason: undefined };
    } else if (!draft) {
      continue;
    } else if (id === 'full-resync-master') {
      draft.kind = 'full';
    } else if (id === 'partial-resynchronization-not-possible-no-cached-master') {
      draft.kind = 'full';
      draft.reason = 'no cached master';
    } else if (id === 'master-replica-sync-finished-success') {
      end('succeeded', line);
    } else if (
      id === 'successful-partial-resynchronization-master' ||
      id === 'master-replica-sync-master-accepted-partial-resynchronization'
    ) {
      draft.kind = 'partial';
      end('succeeded', line);
    } else if (failures[id]) {
      end('failed', line, String(args['error'] ?? args['reply'] ?? id.replaceAll('-', ' ')));
    }
  }
  end('unfinished', undefined);
  return syncs;
}

function addressOf(args: StoryLine['said']['args']): string | undefined {
  const host = args['ip'] ?? args['host'] ?? args['master'];
  return host === undefined || args['port'] === undefined
    ? undefined
    : `${String(host)}:${String(args['port'])}`;
}
