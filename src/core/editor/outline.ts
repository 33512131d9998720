import * as l10n from '@vscode/l10n';
import type { LogRecord } from '../log/recordReader';
import type { Address, Failover } from '../story/failover';
import type { Report } from '../story/report';
import { syncFailureIds } from '../story/storyMessages';
import type { Sync } from '../story/syncs';
import type { LineRange } from './textLines';

export type OutlineKind = 'failover' | 'sync' | 'start' | 'stop' | 'crash' | 'configError';

/** A part of a log that has a name. Parts may overlap: a replica syncs while a failover runs. */
export interface OutlineEntry extends LineRange {
  readonly kind: OutlineKind;
  readonly name: string;
}

interface Part {
  readonly kind: Exclude<OutlineKind, 'failover'>;
  readonly first: number;
  last: number;
  version: string | undefined;
  port: number | undefined;
  readonly pid: number | undefined;
  isDone: boolean;
}

/** Finds the parts of one log. Feed it every record in order. */
export class OutlineReader {
  private readonly parts: Part[] = [];
  private start: Part | undefined;
  private sync: Part | undefined;
  private stop: Part | undefined;
  private crash: Part | undefined;

  read(record: LogRecord): void {
    const { line, head, said, more } = record;
    if (!said) return;
    const last = line + more.length;
    const begin = (kind: Part['kind']): Part => {
      const { pid } = head;
      const part: Part = {
        kind,
        first: line,
        last,
        version: undefined,
        port: undefined,
        pid,
        isDone: false,
      };
      this.parts.push(part);
      return part;
    };
    if (beginsRunIds.has(said.id) || (startIds.has(said.id) && !this.start)) {
      // The logo of an old version stands in front of its first line.
      if (!this.start || this.start.last + 1 < line || startIds.has(said.id) === false)
        this.start = begin('start');
      this.stop = undefined;
      this.crash = undefined;
    }
    if (this.start) this.readStart(this.start, record, last);
    if (said.id === 'master-replica-sync-started') {
      this.sync = begin('sync');
    } else if (this.sync && (syncSuccessIds.has(said.id) || syncFailureIds.has(said.id))) {
      this.sync.last = last;
      this.sync = undefined;
    }
    if (stopIds.has(said.id)) {
      this.stop ??= begin('stop');
    }
    if (this.stop) {
      if (said.id === byeId) {
        this.stop.last = last;
        this.stop.isDone = true;
        this.stop = undefined;
      }
    }
    if (said.id === crashBeginId) this.crash = begin('crash');
    else if (this.crash && crashEndIds.has(said.id)) {
      this.crash.last = last;
      this.crash = undefined;
    }
    if (configErrorIds.has(said.id)) begin('configError');
  }

  /** The parts and the failovers of the story, in the order of the file. */
  finish({ failovers, syncs }: Report): readonly OutlineEntry[] {
    const told = new Map(syncs.map(sync => [sync.line, sync]));
    const entries = [
      ...failovers.map(failoverEntry),
      ...this.parts.map(part => ({
        kind: part.kind,
        name: nameOf(part, told.get(part.first)),
        first: part.first,
        last: part.last,
      })),
    ];
    return entries.toSorted((a, b) => a.first - b.first || b.last - a.last);
  }

  private readStart(start: Part, { said, head }: LogRecord, last: number): void {
    if (!said || (head.pid !== undefined && start.pid !== undefined && head.pid !== start.pid)) return;
    start.last = Math.max(start.last, last);
    const { version, port } = said.args;
    if (version !== undefined) start.version ??= String(version);
    if (typeof port === 'number') start.port ??= port;
    if (readyIds.has(said.id)) {
      start.isDone = true;
      this.start = undefined;
    }
  }
}

function failoverEntry(failover: Failover): OutlineEntry {
  let first = Infinity;
  let last = 0;
  for (const { line } of failover.evidence) {
    first = Math.min(first, line);
    last = Math.max(last, line);
  }
  return { kind: 'failover', name: failoverName(failover), first, last };
}

/** `failover of mymaster, epoch 1: 6379 → 6380`, or how it ended otherwise. */
export function failoverName({ masterName, epoch, from, to, outcome }: Failover): string {
  const head =
    epoch === null
      ? l10n.t('failover of {0}', masterName)
      : l10n.t('failover of {0}, epoch {1}', masterName, epoch);
  return `${head}: ${to ? moveText(from, to) : `${addressText(from)}, ${outcomeText(outcome)}`}`;
}

function moveText(from: Address | null, to: Address): string {
  return from && from.ip === to.ip
    ? `${from.port} → ${to.port}`
    : `${addressText(from)} → ${addressText(to)}`;
}

function addressText(address: Address | null): string {
  return address ? `${address.ip}:${address.port}` : '?';
}

function outcomeText(outcome: Failover['outcome']): string {
  switch (outcome) {
    case 'succeeded':
      return l10n.t('succeeded');
    case 'aborted-not-elected':
      return l10n.t('given up, no leader was elected');
    case 'aborted-no-good-slave':
      return l10n.t('given up, no replica was fit');
    case 'aborted-slave-timeout':
      return l10n.t('given up, the replica was not promoted in time');
    case 'aborted-master-timeout':
      return l10n.t('given up, the master was not ready in time');
    case 'unfinished':
      return l10n.t('its end is not in this log');
  }
}

function nameOf(part: Part, sync: Sync | undefined): string {
  switch (part.kind) {
    case 'start':
      return startName(part);
    case 'sync':
      return syncName(sync);
    case 'stop':
      return part.pid === undefined ? l10n.t('shutdown') : l10n.t('shutdown, pid {0}', part.pid);
    case 'crash':
      return part.pid === undefined ? l10n.t('crash report') : l10n.t('crash report, pid {0}', part.pid);
    case 'configError':
      return l10n.t('error in the configuration');
  }
}

function startName({ version, port, pid, isDone }: Part): string {
  const facts = [
    ...(version === undefined ? [] : [version]),
    ...(port === undefined ? [] : [l10n.t('port {0}', port)]),
    ...(pid === undefined ? [] : [l10n.t('pid {0}', pid)]),
    ...(isDone ? [] : [l10n.t('not ready in this log')]),
  ];
  return facts.length === 0 ? l10n.t('start') : l10n.t('start: {0}', facts.join(', '));
}

function syncName(sync: Sync | undefined): string {
  if (!sync) return l10n.t('sync');
  const kind = sync.kind === 'full' ? l10n.t('full') : l10n.t('partial');
  return l10n.t('sync with {0}: {1}, {2}', sync.master ?? '?', kind, syncOutcome(sync.outcome));
}

function syncOutcome(outcome: Sync['outcome']): string {
  switch (outcome) {
    case 'succeeded':
      return l10n.t('succeeded');
    case 'failed':
      return l10n.t('failed');
    case 'unfinished':
      return l10n.t('its end is not in this log');
  }
}

/** The first words of every process since 4.0. */
const beginsRunIds: ReadonlySet<string> = new Set(['oo0ooo0ooo0oo-redis-starting-oo0ooo0ooo0oo']);
/** What comes first in older ones. */
const startIds: ReadonlySet<string> = new Set([
  'redis-bit-mode-port-pid-ready-start',
  'redis-community-edition-bit-running-mode-port',
  'valkey-bit-running-mode-port-pid-https',
  'server-started-redis-version-3-2-13',
  'redis-version-bits-commit-modified-pid-just',
]);
const readyIds: ReadonlySet<string> = new Set([
  'ready-accept-connections',
  'server-now-ready-accept-connections',
  'sentinel-id',
]);
const byeId = 'now-ready-exit-bye-bye';
const stopIds: ReadonlySet<string> = new Set([
  byeId,
  'user-requested-shutdown',
  'user-requested-shutdown-user-request',
  'received-sigint-scheduling-shutdown',
  'received-sigterm-scheduling-shutdown',
  'received-shutdown-signal-scheduling-shutdown',
]);
const crashBeginId = 'redis-bug-report-start-cut-paste-starting';
const crashEndIds: ReadonlySet<string> = new Set([
  'redis-bug-report-end-make-sure-include',
  'redis-bug-report-end-make-sure-include-2',
  'redis-bug-report-end-make-sure-include-3',
  'redis-bug-report-end-make-sure-include-4',
]);
const configErrorIds: ReadonlySet<string> = new Set([
  'fatal-config-file-error',
  'err-fatal-config-file-error-redis',
]);
const syncSuccessIds: ReadonlySet<string> = new Set([
  'master-replica-sync-finished-success',
  'successful-partial-resynchronization-master',
  'master-replica-sync-master-accepted-partial-resynchronization',
]);
