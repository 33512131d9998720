/** Messages with which a server says its version when it starts: up to 3.2, and since. They come once in the life of a process. */
export const startedIds: ReadonlySet<string> = new Set([
  'server-started-redis-version-3-2-13',
  'redis-version-bits-commit-modified-pid-just',
]);

/** Messages that say that somebody asked the server to end. */
export const shutdownIds: ReadonlySet<string> = new Set([
  'user-requested-shutdown',
  'user-requested-shutdown-user-request',
  'received-sigint-scheduling-shutdown',
  'received-sigterm-scheduling-shutdown',
  'received-shutdown-signal-scheduling-shutdown',
]);
