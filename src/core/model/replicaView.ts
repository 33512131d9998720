import { labHost } from './lab';

/**
 * What one Sentinel knows of one replica: an entry of its reply to SENTINEL REPLICAS (SENTINEL SLAVES before 5.0). It is what the
 * Sentinel chooses by (sentinel.c, `sentinelSelectSlave`). Times are in milliseconds.
 */
export interface ReplicaView {
  readonly host: string;
  readonly port: number;
  /** Words such as `slave`, `s_down`, `disconnected`. */
  readonly flags: readonly string[];
  /** Since the last valid reply to PING. */
  readonly lastOkPingReply: number;
  /** Since the last reply to INFO; Infinity before the first one. */
  readonly infoAge: number;
  /** How long the replica's link to its master was down, as its last INFO said; 0 while it is up, -1000 where it never was. */
  readonly masterLinkDownTime: number;
  readonly isMasterLinkUp: boolean;
  readonly priority: number;
  readonly offset: number;
  /** Undefined until its first INFO. */
  readonly runId: string | undefined;
}

/** Reads the reply as RESP2 gives it: one flat list (name, value, name, value …) a replica. What is no such list is left out. */
export function readReplicaViews(reply: unknown): readonly ReplicaView[] {
  if (!Array.isArray(reply)) return [];
  return reply.filter((entry): entry is unknown[] => Array.isArray(entry)).map(readReplicaView);
}

function readReplicaView(entry: readonly unknown[]): ReplicaView {
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < entry.length; at += 2) fields.set(String(entry[at]), String(entry[at + 1]));
  const number = (name: string, missing: number): number => {
    const value = Number(fields.get(name) ?? missing);
    return Number.isNaN(value) ? missing : value;
  };
  const runId = fields.get('runid') ?? '';
  const infoAge = number('info-refresh', 0);
  return {
    host: fields.get('ip') ?? labHost,
    port: number('port', 0),
    flags: (fields.get('flags') ?? '').split(',').filter(flag => flag !== ''),
    lastOkPingReply: number('last-ok-ping-reply', 0),
    // Without any INFO, 7.0 says 0 and older versions the time since 1970.
    infoAge: runId === '' && infoAge === 0 ? Infinity : infoAge,
    masterLinkDownTime: number('master-link-down-time', 0),
    isMasterLinkUp: fields.get('master-link-status') === 'ok',
    priority: number('slave-priority', usualPriority),
    offset: number('slave-repl-offset', 0),
    runId: runId === '' ? undefined : runId,
  };
}

/** The `replica-priority` of a replica that says nothing else (sentinel.c, `SENTINEL_DEFAULT_SLAVE_PRIORITY`). */
export const usualPriority = 100;
