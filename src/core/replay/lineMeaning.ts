import type { LineRole } from '../log/logLine';
import { startedIds } from '../log/lifeMessages';

/** Lines with which a process begins; some versions write several of them. */
export const startIds: ReadonlySet<string> = new Set([
  'oo0ooo0ooo0oo-redis-starting-oo0ooo0ooo0oo',
  'redis-bit-mode-port-pid-ready-start',
  ...startedIds,
]);

export const versionIds: ReadonlySet<string> = startedIds;
export const readyId = 'ready-accept-connections';
/** The last line of a process that was asked to end. */
export const byeId = 'now-ready-exit-bye-bye';
export const crashId = 'redis-crashed-by-signal-si-code';

/** A replica turns to a master; the line names it. */
export const connectingIds: ReadonlySet<string> = new Set([
  'connecting-master',
  'reconnecting-master',
  'reconnecting-master-after-failure',
]);
export const replicaOfId = 'replicaof-enabled-user-request';
export const masterModeIds: ReadonlySet<string> = new Set([
  'master-mode-enabled-user-request',
  'master-mode-enabled-failover-request',
]);
/** A full sync begins. */
export const fullSyncIds: ReadonlySet<string> = new Set(['full-resync-master']);
/** The link of a replica is up. */
export const linkedIds: ReadonlySet<string> = new Set([
  'master-replica-sync-finished-success',
  'successful-partial-resynchronization-master',
  'master-replica-sync-master-accepted-partial-resynchronization',
  'primary-replica-sync-primary-accepted-partial-resynchronization',
]);
/** The link of a replica is down. */
export const unlinkedIds: ReadonlySet<string> = new Set([
  'connection-master-lost',
  'caching-disconnected-master-state',
  'master-replica-sync-started',
  'error-condition-socket-sync',
  'unable-connect-master',
  'timeout-connecting-master',
  'master-timeout-no-data-nor-ping-received',
  'timeout-receiving-bulk-data-master-if-problem',
  'i-o-error-trying-sync-master',
]);
/** A master has another replica; the line names it. */
export const attachedIds: ReadonlySet<string> = new Set([
  'synchronization-replica-succeeded',
  'synchronization-slave-succeeded',
  'streamed-rdb-transfer-replica-succeeded-socket-waiting',
  'partial-resynchronization-request-accepted-sending-bytes-backlog',
]);
/** A master has lost a replica. */
export const detachedIds: ReadonlySet<string> = new Set([
  'connection-replica-lost',
  'disconnecting-timedout-replica-streaming-sync',
  'disconnecting-timedout-replica-full-sync',
]);

/** What a line without a role letter (2.8, Windows) shows of the data node that wrote it. */
export function roleByWords(id: string): 'master' | 'replica' | undefined {
  if (masterModeIds.has(id) || id === 'replica-asks-synchronization') return 'master';
  if (connectingIds.has(id) || id === replicaOfId || id === 'master-replica-sync-started') return 'replica';
  return undefined;
}

/** The role letter of a line, where it speaks for a role: a replica that is given another master has none while it leaves the old one. */
export function roleByLetter(
  letter: LineRole | undefined,
  id: string | undefined,
): 'master' | 'replica' | undefined {
  if (id === 'connection-master-lost' || id === 'caching-disconnected-master-state') return undefined;
  return letter === 'master' || letter === 'replica' ? letter : undefined;
}
