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
  /** Bytes: on a replica what it has processed, on a master what it has produced. */
  readonly offset: number | undefined;
  readonly replicationId: string | undefined;
  readonly priority: number | undefined;
  readonly replicas: readonly AttachedReplica[];
  readonly lastSaveFailed: boolean;
}

/** Reads the text reply of INFO, of any version from 2.8 on and of a Sentinel too. */
export function parseInfo(text: string): ServerInfo {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && line.charCodeAt(0) !== 35)
      fields.set(line.slice(0, colon), line.slice(colon + 1).trimEnd());
  }
  const number = (name: string): number | undefined => {
    const value = fields.get(name);
    return value === undefined || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
  };
  // Valkey has a field of its own for the mode.
  const mode = fields.get('redis_mode') ?? fields.get('server_mode');
  const role = mode === 'sentinel' ? 'sentinel' : fields.get('role') === 'slave' ? 'replica' : 'master';
  const link = fields.get('master_link_status');
  return {
    version: fields.get('valkey_version') ?? fields.get('redis_version') ?? '',
    product: fields.has('valkey_version') ? 'valkey' : 'redis',
    processId: number('process_id'),
    runId: fields.get('run_id'),
    uptimeSeconds: number('uptime_in_seconds'),
    loading: fields.get('loading') === '1',
    role,
    masterHost: fields.get('master_host'),
    masterPort: number('master_port'),
    linkStatus: link === 'up' || link === 'down' ? link : undefined,
    syncInProgress: fields.get('master_sync_in_progress') === '1',
    syncPercent: number('master_sync_perc'),
    secondsSinceMasterInteraction: number('master_last_io_seconds_ago'),
    offset: role === 'replica' ? number('slave_repl_offset') : number('master_repl_offset'),
    replicationId: fields.get('master_replid'),
    priority: number('slave_priority'),
    replicas: readReplicas(fields),
    lastSaveFailed: fields.get('rdb_last_bgsave_status') === 'err',
  };
}

function readReplicas(fields: ReadonlyMap<string, string>): readonly AttachedReplica[] {
  const replicas: AttachedReplica[] = [];
  for (let index = 0; ; index++) {
    const line = fields.get(`slave${index}`);
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
