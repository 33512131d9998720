import * as l10n from '@vscode/l10n';
import { shutdownIds, startedIds } from '../log/lifeMessages';
import type { Recognition } from '../log/logRecord';
import type { LogRecord } from '../log/recordReader';
import type { Address, Failover } from '../story/failover';
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
  pid: number | undefined;
  /** A start that got as far as "ready". */
  isReady: boolean;
}

/** Finds the parts of one log. Feed it every record in order. */
export class OutlineReader {
  private readonly parts: Part[] = [];
  /** The part of each kind that has not ended yet. */
  private readonly open = new Map<Part['kind'], Part>();

  read(record: LogRecord): void {
    const { said } = record;
    if (!said) return;
    this.readStart(record, said);
    if (syncStartIds.has(said.id)) this.begin('sync', record);
    else if (syncEndIds.has(said.id)) this.end('sync', record);
    if (stopIds.has(said.id) && !this.open.has('stop')) this.begin('stop', record);
    if (said.id === byeId) this.end('stop', record);
    if (said.id === crashBeginId) this.begin('crash', record);
    else if (crashEndIds.has(said.id)) this.end('crash', record);
    if (configErrorIds.has(said.id)) this.begin('configError', record);
  }

  /** The parts and the failovers of the story, in the order of the file. */
  finish(failovers: readonly OutlineEntry[], syncs: readonly Sync[]): readonly OutlineEntry[] {
    const told = new Map(syncs.map(sync => [sync.line, sync]));
    const entries = [
      ...failovers,
      ...this.parts.map(part => ({
        kind: part.kind,
        name: nameOf(part, told.get(part.first)),
        first: part.first,
        last: part.last,
      })),
    ];
    return entries.toSorted((a, b) => a.first - b.first || b.last - a.last);
  }

  private begin(kind: Part['kind'], record: LogRecord): Part {
    const part: Part = {
      kind,
      first: record.line,
      last: lastLineOf(record),
      version: undefined,
      port: undefined,
      pid: record.head.pid,
      isReady: false,
    };
    this.parts.push(part);
    this.open.set(kind, part);
    return part;
  }

  private end(kind: Part['kind'], record: LogRecord): void {
    const part = this.open.get(kind);
    if (part) part.last = lastLineOf(record);
    this.open.delete(kind);
  }

  private readStart(record: LogRecord, said: Recognition): void {
    let start = this.open.get('start');
    const isLogo = logoIds.has(said.id);
    const isFirst = said.id === firstWordsId || (isLogo && start?.pid === undefined);
    if (isFirst || (!start && startIds.has(said.id))) {
      start = this.begin('start', record);
      // A process that ended without a word is gone when the next one starts.
      this.open.delete('stop');
      this.open.delete('crash');
      this.open.delete('sync');
    }
    const { pid } = record.head;
    if (!start || (pid !== undefined && start.pid !== undefined && pid !== start.pid)) return;
    start.pid ??= pid;
    start.last = lastLineOf(record);
    const { version, port } = said.args;
    if (version !== undefined) start.version ??= String(version);
    if (typeof port === 'number') start.port ??= port;
    if (isLogo) readLogo(start, [record.head.message, ...record.more]);
    if (readyIds.has(said.id)) {
      start.isReady = true;
      this.open.delete('start');
    }
  }
}

/** Up to 3.2 only the logo tells port and pid. */
function readLogo(start: Part, lines: readonly string[]): void {
  for (const line of lines) {
    const [, name, value] = /(Port|PID): (\d{1,10})/.exec(line.slice(0, 120)) ?? [];
    if (name === 'Port') start.port ??= Number(value);
    else if (name === 'PID') start.pid ??= Number(value);
    else start.version ??= / (\d{1,3}\.\d{1,3}\.\d{1,5}) \(/.exec(line.slice(0, 120))?.[1];
  }
}

function lastLineOf({ line, more }: LogRecord): number {
  return line + (more.findLastIndex(text => text.trim() !== '') + 1);
}

/** A failover as a part of the one log that tells of it. */
export function failoverEntry(failover: Failover): OutlineEntry {
  let first = Infinity;
  let last = 0;
  for (const { line } of failover.evidence) {
    first = Math.min(first, line);
    last = Math.max(last, line);
  }
  return { kind: 'failover', name: failoverName(failover), first, last };
}

/** `failover of mymaster, epoch 1: 6379 → 6380`, or how it ended otherwise. */
function failoverName({ masterName, epoch, from, to, outcome }: Failover): string {
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

function startName({ version, port, pid, isReady }: Part): string {
  const facts = [
    ...(version === undefined ? [] : [version]),
    ...(port === undefined ? [] : [l10n.t('port {0}', port)]),
    ...(pid === undefined ? [] : [l10n.t('pid {0}', pid)]),
    ...(isReady ? [] : [l10n.t('not ready in this log')]),
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
const firstWordsId = 'oo0ooo0ooo0oo-redis-starting-oo0ooo0ooo0oo';
/** What comes first in older ones. */
const logoIds: ReadonlySet<string> = new Set([
  'redis-bit-mode-port-pid-ready-start',
  'redis-community-edition-bit-running-mode-port',
  'valkey-bit-running-mode-port-pid-https',
]);
/** What comes first where neither was written, such as in a log that was rotated meanwhile. */
const startIds: ReadonlySet<string> = new Set([...startedIds, 'sentinel-id']);
const readyIds: ReadonlySet<string> = new Set([
  'ready-accept-connections',
  'server-now-ready-accept-connections',
  'sentinel-id',
]);
const byeId = 'now-ready-exit-bye-bye';
const stopIds: ReadonlySet<string> = new Set([byeId, ...shutdownIds]);
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
const syncStartIds: ReadonlySet<string> = new Set(['master-replica-sync-started']);
const syncEndIds: ReadonlySet<string> = new Set([
  'master-replica-sync-finished-success',
  'successful-partial-resynchronization-master',
  'master-replica-sync-master-accepted-partial-resynchronization',
  ...syncFailureIds,
]);
