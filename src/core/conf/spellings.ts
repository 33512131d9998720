import { acceptsDirective, type ConfKind } from './directives';
import type { ServerVersion } from './serverVersion';

/**
 * Names of one directive, the one to prefer first. Redis 5.0 renamed slave to replica, 7.0 ziplist to listpack, 7.2 the cpulists; old
 * names stay valid for a while. Valkey's further names are only read: what Redis knows too is preferred.
 * Source: config.c of each version (`createStringConfig` and its aliases), and the versions that start with each.
 */
const server: readonly (readonly string[])[] = [
  ['replicaof', 'slaveof', 'primaryof'],
  ['masterauth', 'primaryauth'],
  ['masteruser', 'primaryuser'],
  ['replica-announce-ip', 'slave-announce-ip'],
  ['replica-announce-port', 'slave-announce-port'],
  ['replica-ignore-maxmemory', 'slave-ignore-maxmemory'],
  ['replica-lazy-flush', 'slave-lazy-flush'],
  ['replica-priority', 'slave-priority'],
  ['replica-read-only', 'slave-read-only'],
  ['replica-serve-stale-data', 'slave-serve-stale-data'],
  ['repl-ping-replica-period', 'repl-ping-slave-period'],
  ['min-replicas-to-write', 'min-slaves-to-write'],
  ['min-replicas-max-lag', 'min-slaves-max-lag'],
  ['cluster-replica-no-failover', 'cluster-slave-no-failover'],
  ['cluster-replica-validity-factor', 'cluster-slave-validity-factor'],
  ['hash-max-listpack-entries', 'hash-max-ziplist-entries'],
  ['hash-max-listpack-value', 'hash-max-ziplist-value'],
  ['zset-max-listpack-entries', 'zset-max-ziplist-entries'],
  ['zset-max-listpack-value', 'zset-max-ziplist-value'],
  ['list-max-listpack-size', 'list-max-ziplist-size'],
  ['server-cpulist', 'server_cpulist'],
  ['bio-cpulist', 'bio_cpulist'],
  ['aof-rewrite-cpulist', 'aof_rewrite_cpulist'],
  ['bgsave-cpulist', 'bgsave_cpulist'],
  ['busy-reply-threshold', 'lua-time-limit'],
  ['slowlog-log-slower-than', 'commandlog-execution-slower-than'],
  ['slowlog-max-len', 'commandlog-slow-execution-max-len'],
  ['lua-enable-deprecated-api', 'lua-enable-insecure-api'],
];

const sentinel: readonly (readonly string[])[] = [
  ['sentinel known-replica', 'sentinel known-slave'],
  ['sentinel master-reboot-down-after-period', 'sentinel primary-reboot-down-after-period'],
];

/** Every name of a directive, the one to prefer first; only itself where it has one name. */
export function spellingsOf(kind: ConfKind, name: string): readonly string[] {
  const groups = kind === 'sentinel' ? [...sentinel, ...server] : server;
  return groups.find(group => group.includes(name)) ?? [name];
}

/** The name under which a directive is known whatever it is called in a file. */
export function usualName(kind: ConfKind, name: string): string {
  return spellingsOf(kind, name)[0] ?? name;
}

/** The name to write for a version; undefined: the version knows it under no name. */
export function spellingFor(version: ServerVersion, kind: ConfKind, name: string): string | undefined {
  return spellingsOf(kind, name).find(spelling => acceptsDirective(version, kind, spelling));
}
