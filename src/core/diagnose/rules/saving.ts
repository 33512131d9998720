import { countOf, factsOf, nodeName, type CaseFile } from '../caseFile';
import { textArg, timeText, type Fact } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';

/** Data that cannot be written or read. Source: rdb.c, aof.c, and MISCONF in server.c, `processCommand()`. */
export function savingRules(known: CaseFile): readonly Finding[] {
  return known.logs.flatMap(log => [
    ...saveFailed(known, log),
    ...aofFailed(known, log),
    ...replicaFolder(known, log),
    ...refusedPing(known, log),
    ...notLoadable(known, log),
  ]);
}

/** They tell why. */
const causeIds = [
  'failed-opening-temp-rdb-file-server-root',
  'error-moving-temp-db-file-final-destination',
  'write-error-while-saving-db-disk',
  'cant-save-background-fork',
  'rdbsave-failed-qfork',
  'fork-operation-failed',
  'system-paging-file-too-small-operation-complete',
  'beginforkoperation-system-error-caught-error-code-0x',
  'failed-fsync-directory-while-saving-db',
];
/** They tell that. */
const effectIds = [
  'background-saving-error',
  'bgsave-replication-failed',
  'sync-failed-bgsave-child-returned-error',
  'sync-failed-bgsave-failed',
  'error-trying-save-db-cant-exit',
];
const savedIds = ['db-saved-disk', 'background-saving-terminated-success'];

function saveFailed(known: CaseFile, log: LogFacts): readonly Finding[] {
  const causes = factsOf(log, ...causeIds);
  const effects = factsOf(log, ...effectIds);
  const first = causes[0] ?? effects[0];
  const last = [...causes, ...effects].toSorted((a, b) => a.line - b.line).at(-1);
  if (!first || !last) return [];
  const healed = factsOf(log, ...savedIds).findLast(fact => fact.line > last.line);
  const cause = causes.find(fact => fact.id !== 'rdbsave-failed-qfork') ?? causes[0];
  const error = cause ? textArg(cause, 'error') : '';
  const variant = saveVariant(cause, error);
  return [
    {
      rule: 'misconf-save-failed',
      severity: healed ? 'warning' : 'error',
      ...(variant === undefined ? {} : { variant }),
      values: {
        node: nodeName(known, log),
        count: Math.max(countOf(log, 'background-saving-error'), causes.length > 0 ? 1 : effects.length),
        since: timeText(first),
        error,
        dir: cause ? textArg(cause, 'dir') : '',
      },
      evidence: evidenceOf(
        ...[...causes.slice(0, 2), ...effects.slice(0, 2), last].toSorted((a, b) => a.line - b.line),
        healed,
      ),
    },
  ];
}

function saveVariant(cause: Fact | undefined, error: string): string | undefined {
  if (!cause) return undefined;
  if (/no space|disk full|not enough space/i.test(error)) return 'diskFull';
  if (/permission|access|read-only/i.test(error)) return 'permission';
  if (/no such file|cannot find/i.test(error)) return 'folder';
  if (/fork|paging|memory/i.test(cause.id) || /memory|paging|0x000005af/i.test(error)) return 'memory';
  return undefined;
}

/** While the AOF cannot be written, writes are refused with MISCONF as well. */
function aofFailed(known: CaseFile, log: LogFacts): readonly Finding[] {
  const failures = factsOf(
    log,
    'error-writing-aof-file',
    'short-write-while-writing-aof-file-nwritten',
    'cant-open-append-only-file',
    'redis-needs-enable-aof-but-cant-open',
    'fail-fsync-aof-file',
    'cant-open-or-create-append-only-dir',
  ).filter(fact => !log.isSentinel && fact.role !== 'sentinel');
  const healing = factsOf(log, 'aof-write-error-looks-solved-redis-can', 'ready-accept-connections');
  return writeFailed(nodeName(known, log), 'aof', failures, healing);
}

/** A replica writes what the master sends into its own folder first. */
function replicaFolder(known: CaseFile, log: LogFacts): readonly Finding[] {
  const failures = factsOf(
    log,
    'opening-temp-file-needed-master-replica-synchronization',
    'failed-trying-rename-temp-db-into-master',
    'write-error-or-short-write-writing-db',
  );
  const healing = factsOf(log, 'master-replica-sync-finished-success');
  return writeFailed(nodeName(known, log), 'replicaFolder', failures, healing);
}

/** One finding of all failures; the first of `healing` behind the last of them ends it. */
function writeFailed(
  node: string,
  variant: string,
  failures: readonly Fact[],
  healing: readonly Fact[],
): readonly Finding[] {
  const [first] = failures;
  const last = failures.at(-1);
  if (!first || !last) return [];
  const healed = healing.find(fact => fact.line > last.line);
  return [
    {
      rule: 'misconf-save-failed',
      severity: healed ? 'warning' : 'error',
      variant,
      values: { node, count: failures.length, since: timeText(first), error: textArg(first, 'error') },
      evidence: evidenceOf(...failures, healed),
    },
  ];
}

/** The replica's view of it: the master answers even its PING with MISCONF (versions before 4.0). */
function refusedPing(known: CaseFile, log: LogFacts): readonly Finding[] {
  const outages = log.outages.filter(outage => outage.reasons.has('misconf'));
  const entries = outages.flatMap(outage => outage.reasons.get('misconf') ?? []);
  const [first] = entries;
  const last = outages.at(-1);
  if (!first || !last) return [];
  const healed = last.end?.how === 'synced' ? last.end.fact : undefined;
  return [
    {
      rule: 'misconf-save-failed',
      severity: healed ? 'warning' : 'error',
      variant: 'seenByReplica',
      values: {
        node: nodeName(known, log),
        master: last.master === '' ? '?' : last.master,
        count: entries.reduce((sum, entry) => sum + entry.count, 0),
        since: timeText(first.first),
        error: 'MISCONF',
      },
      evidence: evidenceOf(...entries.flatMap(entry => [entry.first, entry.last]), healed),
    },
  ];
}

const fatalIds = [
  'fatal-error-loading-db-check-server-logs',
  'short-read-or-oom-loading-db-unrecoverable',
  'internal-error-rdb-reading-offset-function-rdb',
  'wrong-signature-trying-load-db-file',
  'wrong-rdb-checksum-expected-but-got-aborting',
  'bad-file-format-reading-append-only-file',
  'unexpected-end-file-reading-append-only-file',
  'unrecoverable-error-reading-append-only-file',
  'unknown-command-reading-append-only-file',
  'fatal-error-cant-open-append-log-file',
  'fatal-error-cant-open-rdb-file-reading',
  'fatal-aof-manifest-file-error',
  'error-reading-rdb-base-file-aof-loading',
  'error-reading-rdb-preamble-aof-file-aof',
  'fatal-error-truncated-file-not-last-file',
  'terminating-server-after-rdb-file-reading-failure',
];

/** The server does not start with the data it finds; or starts with less of it. */
function notLoadable(known: CaseFile, log: LogFacts): readonly Finding[] {
  const isTooNew = (fact: Fact): boolean =>
    factsOf(log, 'cant-handle-rdb-format-version').some(other => Math.abs(other.line - fact.line) <= 3);
  const fatal = factsOf(log, ...fatalIds).filter(fact => !isTooNew(fact) && !isReplicaLoading(log, fact));
  const cut = factsOf(log, 'aof-loaded-anyway-because-aof-load-truncated', 'truncating-aof-offset');
  const findings: Finding[] = [];
  const last = fatal.at(-1);
  if (last)
    findings.push({
      rule: 'data-not-loadable',
      severity: startedAfter(log, last) ? 'warning' : 'error',
      values: { node: nodeName(known, log), count: fatal.length, since: timeText(fatal[0]) },
      evidence: evidenceOf(...fatal),
    });
  if (cut.length > 0)
    findings.push({
      rule: 'data-not-loadable',
      severity: 'warning',
      variant: 'cut',
      values: { node: nodeName(known, log), count: cut.length, since: timeText(cut[0]) },
      evidence: evidenceOf(...cut),
    });
  return findings;
}

/** A replica that loads what its master sent survives an unreadable file. */
function isReplicaLoading(log: LogFacts, fact: Fact): boolean {
  return factsOf(
    log,
    'master-replica-sync-loading-db-memory',
    'failed-trying-load-master-synchronization-db-disk',
    'failed-trying-load-master-synchronization-db-socket',
  ).some(other => Math.abs(other.line - fact.line) <= 4);
}

/** Whether a later start of the same node went well. */
export function startedAfter(log: LogFacts, fact: Fact): boolean {
  return (factsOf(log, 'ready-accept-connections').at(-1)?.line ?? 0) > fact.line;
}
