import { shutdownIds, startedIds } from '../log/lifeMessages';
import { textArg, type Fact } from './fact';
import { linkFailureOf, type LinkFailure } from './linkFailure';
import { Occurrences } from './occurrences';

/** A time in which a replica tried in vain to get to its master. */
export interface LinkOutage {
  /** `127.0.0.1:6379` as the replica's log has it; empty where the log begins later. */
  master: string;
  readonly first: Fact;
  last: Fact;
  /** Failed tries. */
  count: number;
  /** How often each reason was given, and the line that gave it first. */
  readonly reasons: Map<LinkFailure, { count: number; readonly first: Fact; last: Fact }>;
  /** In this life of the process the replica had been in sync before. */
  readonly hadLink: boolean;
  /** What ended it: a sync, another master, a shutdown, a new start. Undefined: it lasts to the end of the log. */
  end: { readonly how: 'synced' | 'moved' | 'shutdown' | 'restart'; readonly fact: Fact } | undefined;
}

/** Follows a replica's link to its master through its log. */
export class LinkReader {
  readonly outages = new Occurrences<LinkOutage>();
  private outage: LinkOutage | undefined;
  private master = '';
  private hadLink = false;
  private isConnected = false;
  private pid: number | undefined;

  read(fact: Fact): void {
    const { id } = fact;
    if (connectingIds.has(id)) {
      const host = textArg(fact, 'host', 'ip', 'master');
      const target = host === '' ? this.master : `${host}:${textArg(fact, 'port')}`;
      // A log that begins in the middle names the master with the next try.
      if (this.outage?.master === '') this.outage.master = target;
      else if (target !== this.master) this.end('moved', fact);
      this.master = target;
      this.isConnected = false;
    } else if (connectedIds.has(id)) {
      this.isConnected = true;
    } else if (syncedIds.has(id)) {
      this.end('synced', fact);
      this.hadLink = true;
    } else if (id === 'connection-master-lost') {
      // A log that begins in the middle: what can be lost was there.
      this.hadLink = true;
    } else if (movedIds.has(id)) {
      this.end('moved', fact);
    } else if (shutdownIds.has(id)) {
      this.end('shutdown', fact);
    } else if (startedIds.has(id) && fact.pid !== this.pid) {
      this.end('restart', fact);
      this.pid = fact.pid;
      this.hadLink = false;
    } else {
      const reason = linkFailureOf(fact);
      if (reason) this.fail(fact, reason === 'timeout' && this.isConnected ? 'silent' : reason);
    }
  }

  private fail(fact: Fact, reason: LinkFailure): void {
    if (!this.outage) {
      this.outage = {
        master: this.master,
        first: fact,
        last: fact,
        count: 0,
        reasons: new Map(),
        hadLink: this.hadLink,
        end: undefined,
      };
      this.outages.add(this.outage);
    }
    const { outage } = this;
    outage.last = fact;
    outage.count++;
    const known = outage.reasons.get(reason);
    if (known) {
      known.count++;
      known.last = fact;
    } else {
      outage.reasons.set(reason, { count: 1, first: fact, last: fact });
    }
  }

  private end(how: NonNullable<LinkOutage['end']>['how'], fact: Fact): void {
    if (this.outage) this.outage.end = { how, fact };
    this.outage = undefined;
  }
}

const connectingIds: ReadonlySet<string> = new Set([
  'connecting-master',
  'reconnecting-master',
  'reconnecting-master-after-failure',
]);
/** The master took the connection. */
const connectedIds: ReadonlySet<string> = new Set([
  'non-blocking-connect-sync-fired-event',
  'master-replied-ping-replication-can-continue',
]);
const syncedIds: ReadonlySet<string> = new Set([
  'master-replica-sync-finished-success',
  'successful-partial-resynchronization-master',
  'master-replica-sync-master-accepted-partial-resynchronization',
  'primary-replica-sync-primary-accepted-partial-resynchronization',
  'full-resync-master',
  'psync-not-possible-initialize-rdb-channel',
]);
const movedIds: ReadonlySet<string> = new Set([
  'master-mode-enabled-user-request',
  'master-mode-enabled-failover-request',
  'replicaof-enabled-user-request',
]);
