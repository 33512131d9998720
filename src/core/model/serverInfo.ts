/** A replica as its master sees it: a `slaveN:` line of INFO replication. */
export interface AttachedReplica {
  readonly ip: string;
  readonly port: number;
  /** `online`, `wait_bgsave`, `send_bulk` and others (replication.c). */
  readonly state: string;
  readonly offset: number;
  /** Seconds since the replica's last REPLCONF ACK. */
  readonly lag: number | undefined;
}

/** What a node says of itself in INFO. Fields that its version does not have are undefined. Source: Redis docs, INFO. */
export interface ServerInfo {
  readonly version: string;
  readonly product: 'redis' | 'valkey';
  readonly processId: number | undefined;
  readonly runId: string | undefined;
  readonly uptimeSeconds: number | undefined;
  readonly loading: boolean;
  readonly role: 'master' | 'replica' | 'sentinel';
  readonly masterHost: string | undefined;
  readonly masterPort: number | undefined;
  readonly linkStatus: 'up' | 'down' | undefined;
  readonly syncInProgress: boolean;
  /** 0 to 100, while a full sync runs and the version tells. */
  readonly syncPercent: number | undefined;
  readonly secondsSinceMasterInteraction: number | undefined;
  /** Only while the link of a replica is down; where it never was up -1, in older versions a huge number. */
  readonly linkDownSeconds: number | undefined;
  /** Bytes: on a replica what it has processed, on a master what it has produced. */
  readonly offset: number | undefined;
  readonly replicationId: string | undefined;
  readonly priority: number | undefined;
  readonly replicas: readonly AttachedReplica[];
  readonly lastSaveFailed: boolean;
  /** A Sentinel whose clock jumped, or that was stopped, only watches for 30 s (sentinel.c, `SENTINEL_TILT_PERIOD`). */
  readonly tilt: boolean;
  /** Since when, where the version tells (7.0 and later). */
  readonly tiltSeconds: number | undefined;
}

/** Reads the text reply of INFO, of any version from 2.8 on and of a Sentinel too. */
export function parseInfo(text: string): ServerInfo {
  const field = (name: string): string | undefined => fieldOf(text, name);
  const number = (name: string): number | undefined => {
    const value = field(name);
    return value === undefined || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
  };
  // Valkey has a field of its own for the mode.
  const mode = field('redis_mode') ?? field('server_mode');
  const role = mode === 'sentinel' ? 'sentinel' : field('role') === 'slave' ? 'replica' : 'master';
  const link = field('master_link_status');
  const valkeyVersion = field('valkey_version');
  const tilt = role === 'sentinel' && field('sentinel_tilt') === '1';
  return {
    version: valkeyVersion ?? field('redis_version') ?? '',
    product: valkeyVersion === undefined ? 'redis' : 'valkey',
    processId: number('process_id'),
    runId: field('run_id'),
    uptimeSeconds: number('uptime_in_seconds'),
    loading: field('loading') === '1',
    role,
    masterHost: field('master_host'),
    masterPort: number('master_port'),
    linkStatus: link === 'up' || link === 'down' ? link : undefined,
    syncInProgress: field('master_sync_in_progress') === '1',
    syncPercent: number('master_sync_perc'),
    secondsSinceMasterInteraction: number('master_last_io_seconds_ago'),
    linkDownSeconds: link === 'down' ? number('master_link_down_since_seconds') : undefined,
    offset: role === 'replica' ? number('slave_repl_offset') : number('master_repl_offset'),
    replicationId: field('master_replid'),
    priority: number('slave_priority'),
    replicas: readReplicas(text),
    lastSaveFailed: field('rdb_last_bgsave_status') === 'err',
    tilt,
    tiltSeconds: tilt ? number('sentinel_tilt_since_seconds') : undefined,
  };
}

/** Only which process answers: enough to tell whether it is the one that is known, and cheaper than all of {@link parseInfo}. */
export function processIdOf(text: string): number | undefined {
  const processId = Number(fieldOf(text, 'process_id') ?? '');
  return processId > 0 ? processId : undefined;
}

/**
 * The value of one field. INFO has some two hundred, and each node is asked once a second: looking for the few that count leaves far
 * less to the garbage collector than taking all of them apart.
 */
function fieldOf(text: string, name: string): string | undefined {
  const intro = `${name}:`;
  const before = text.indexOf(`\n${intro}`);
  if (before < 0 && !text.startsWith(intro)) return undefined;
  const start = before + 1 + intro.length;
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).trimEnd();
}

function readReplicas(text: string): readonly AttachedReplica[] {
  const replicas: AttachedReplica[] = [];
  for (let index = 0; ; index++) {
    const line = fieldOf(text, `slave${index}`);
    if (line === undefined) return replicas;
    const parts = new Map(
      line
        .split(',')
        .map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const),
    );
    replicas.push({
      ip: parts.get('ip') ?? '',
      port: Number(parts.get('port')),
      state: parts.get('state') ?? '',
      offset: Number(parts.get('offset') ?? 0),
      lag: parts.has('lag') ? Number(parts.get('lag')) : undefined,
    });
  }
}
