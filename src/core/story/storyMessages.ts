/** Messages that end an attempt to sync without success. */
export const syncFailureIds: ReadonlySet<string> = new Set([
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
]);

/**
 * The messages, beside all Sentinel events, from which the story is made, by what is made of them. Every line passes here, so a reader
 * is only asked about the messages that it lists.
 */

/** Who wrote the file, and who the others are. */
export const identityMessageIds: ReadonlySet<string> = new Set([
  'sentinel-id',
  'running-mode-port',
  'ready-accept-connections',
  'voted',
]);

export const episodeMessageIds: ReadonlySet<string> = new Set([
  'voted',
  'executing-user-requested-failover',
  'next-failover-delay-i-will-not-start',
]);

export const syncMessageIds: ReadonlySet<string> = new Set([
  'connecting-master',
  'reconnecting-master',
  'reconnecting-master-after-failure',
  'master-replica-sync-started',
  'full-resync-master',
  'psync-not-possible-initialize-rdb-channel',
  'partial-resynchronization-not-possible-no-cached-master',
  'master-replica-sync-finished-success',
  'successful-partial-resynchronization-master',
  'master-replica-sync-master-accepted-partial-resynchronization',
  // the master's side of a sync
  'replica-asks-synchronization',
  'full-resync-requested-by-replica',
  'replica-capable-rdb-channel-synchronization-partial-sync',
  'replica-capable-dual-channel-synchronization-partial-sync',
  'partial-resynchronization-not-accepted-replication-id-mismatch',
  'partial-resynchronization-not-accepted-requested-offset-second',
  'unable-partial-resync-replica-lack-backlog-replica',
  'warning-replica-tried-psync-offset-greater-than',
  'partial-resynchronization-request-accepted-sending-bytes-backlog',
  'synchronization-replica-succeeded',
  'synchronization-slave-succeeded',
  'connection-replica-lost',
  'disconnecting-timedout-replica-full-sync',
  'sync-failed-bgsave-child-returned-error',
  'bgsave-replication-failed',
  ...syncFailureIds,
]);

/** Roles, starts and ends. What else shows a role is the letter of a line. */
export const roleMessageIds: ReadonlySet<string> = new Set([
  'oo0ooo0ooo0oo-redis-starting-oo0ooo0ooo0oo',
  'server-started-redis-version-3-2-13',
  'now-ready-exit-bye-bye',
  'ready-accept-connections',
  'master-mode-enabled-user-request',
  'master-mode-enabled-failover-request',
  'replicaof-enabled-user-request',
  'replica-asks-synchronization',
  'connecting-master',
  'master-replica-sync-started',
]);

/** How far the replicas were when one was chosen. */
export const offsetMessageIds: ReadonlySet<string> = new Set([
  'setting-secondary-replication-id-valid-up-offset',
  'replicaof-enabled-user-request',
  'trying-partial-resynchronization-request',
]);

export const storyMessageIds: ReadonlySet<string> = new Set([
  ...identityMessageIds,
  ...episodeMessageIds,
  ...syncMessageIds,
  ...roleMessageIds,
  ...offsetMessageIds,
]);
