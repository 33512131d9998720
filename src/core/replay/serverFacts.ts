import type { Run } from './runs';
import {
  attachedIds,
  connectingIds,
  detachedIds,
  fullSyncIds,
  linkedIds,
  masterModeIds,
  readyId,
  replicaOfId,
  roleByLetter,
  roleByWords,
  unlinkedIds,
  versionIds,
} from './lineMeaning';
import type { ReplayLine } from './replayLine';

/** Where a node is. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** What is known of a data node's process at one moment, from its own log. */
export class ServerFacts {
  version: string | undefined;
  isValkey = false;
  role: 'master' | 'replica';
  master: Place | undefined;
  link: 'up' | 'down' = 'down';
  isSyncing = false;
  isReady: boolean;
  /** Addresses of replicas, as this node's log names them. */
  readonly replicas = new Set<string>();

  /** `master`: where it replicates from, if it is a replica and its log does not say so. */
  constructor(
    readonly run: Run,
    master: Place | undefined,
  ) {
    this.role = run.firstRole ?? (master ? 'replica' : 'master');
    this.master = master;
    // Of a log that begins in the middle, nothing speaks against it.
    this.isReady = run.start === undefined;
    if (run.start === undefined) this.link = 'up';
  }

  /** Takes the next line of the node; gives whether it may have changed something. */
  read({ record: { head, said } }: ReplayLine): boolean {
    const { role: before } = this;
    this.role = roleByLetter(head.role, said?.id) ?? this.role;
    if (!said) return this.role !== before;
    const { id, args } = said;
    if (head.role === undefined) this.role = roleByWords(id) ?? this.role;
    if (versionIds.has(id)) {
      this.version = String(args['version']);
      this.isValkey = head.message.startsWith('Valkey');
    } else if (id === readyId) this.isReady = true;
    else if (connectingIds.has(id) || id === replicaOfId) {
      this.role = 'replica';
      this.master = { host: String(args['host']), port: Number(args['port']) };
      this.setLink('down');
      this.replicas.clear();
    } else if (masterModeIds.has(id)) {
      this.role = 'master';
      this.setLink('down');
    } else if (fullSyncIds.has(id)) {
      this.setLink('down');
      this.isSyncing = true;
    } else if (linkedIds.has(id)) this.setLink('up');
    else if (unlinkedIds.has(id)) this.setLink('down');
    else if (attachedIds.has(id)) this.replicas.add(String(args['replica']));
    else if (detachedIds.has(id)) this.replicas.delete(String(args['replica']));
    else return this.role !== before;
    return true;
  }

  private setLink(link: 'up' | 'down'): void {
    this.link = link;
    this.isSyncing = false;
  }
}

/**
 * What the node would answer to INFO, as far as it is known. Offsets are not: no log tells them as they count. `replicas`: addresses.
 */
export function serverInfoText(facts: ServerFacts, replicas: readonly string[]): string {
  const { role, master, link } = facts;
  return infoText({
    ...processFields(facts),
    role: role === 'master' ? 'master' : 'slave',
    ...(role === 'replica'
      ? {
          master_host: master?.host,
          master_port: master?.port,
          master_link_status: link,
          master_sync_in_progress: facts.isSyncing ? 1 : 0,
        }
      : {}),
    connected_slaves: replicas.length,
    ...Object.fromEntries(
      replicas.map((address, index) => {
        const colon = address.lastIndexOf(':');
        return [
          `slave${index}`,
          `ip=${address.slice(0, colon)},port=${address.slice(colon + 1)},state=online`,
        ];
      }),
    ),
  });
}

/** What INFO says of any process. */
export function processFields({
  version,
  isValkey,
  run,
}: {
  readonly version: string | undefined;
  readonly isValkey: boolean;
  readonly run: Run;
}): Readonly<Record<string, string | number | undefined>> {
  return { [isValkey ? 'valkey_version' : 'redis_version']: version, process_id: run.pid };
}

/** The text of an INFO reply; what is not known is left out. */
export function infoText(fields: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}\r\n`]))
    .join('');
}
