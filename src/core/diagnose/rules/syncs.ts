import { countOf, factsOf, nodeName, type CaseFile } from '../caseFile';
import { textArg, timeText, type Fact } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';
import { startedAfter } from './saving';

/** Syncs that fail or are dearer than they need to be. Source: replication.c, networking.c. */
export function syncRules(known: CaseFile): readonly Finding[] {
  return known.logs.flatMap(log => [
    ...outputBuffer(known, log),
    ...backlog(known, log),
    ...timeouts(known, log),
    ...rdbVersion(known, log),
    ...staleRead(known, log),
    ...masterLoading(known, log),
  ]);
}

/** `flags=S` (or with more letters) is a replica's connection, in the client's own description. */
const replicaFlags = /\bflags=\w*S|\bname=replica|cmd=(?:psync|sync|replconf)/;

function outputBuffer(known: CaseFile, log: LogFacts): readonly Finding[] {
  const closed = factsOf(
    log,
    'client-scheduled-closed-asap-overcoming-output-buffer',
    'client-closed-overcoming-output-buffer-limits',
  ).filter(fact => replicaFlags.test(textArg(fact, 'client')));
  const [first] = closed;
  if (!first) return [];
  return [
    {
      rule: 'replica-output-buffer',
      severity: closed.length > 1 ? 'error' : 'warning',
      values: {
        node: nodeName(known, log),
        count: closed.length,
        since: timeText(first),
        bytes: /\bomem=(\d+)/.exec(textArg(first, 'client'))?.[1] ?? '?',
        replica: /\baddr=(\S+)/.exec(textArg(first, 'client'))?.[1] ?? '?',
      },
      evidence: evidenceOf(...closed),
    },
  ];
}

const lackId = 'unable-partial-resync-replica-lack-backlog-replica';

/** A replica came back, but what it had missed was no longer in the backlog. */
function backlog(known: CaseFile, log: LogFacts): readonly Finding[] {
  // A master that has just become one, or was just started, has no backlog yet: that is no matter of size.
  const lacking = factsOf(log, lackId).filter(fact => Number(fact.args['offset'] ?? 2) > 1);
  const [first] = lacking;
  if (!first) return [];
  return [
    {
      rule: 'backlog-too-small',
      severity: 'warning',
      values: {
        node: nodeName(known, log),
        count: countOf(log, lackId),
        since: timeText(first),
        replica: textArg(first, 'replica'),
      },
      evidence: evidenceOf(...lacking),
    },
  ];
}

const timeoutVariants: readonly (readonly [id: string, variant: string])[] = [
  ['timeout-receiving-bulk-data-master-if-problem', 'transfer'],
  ['master-timeout-no-data-nor-ping-received', 'silence'],
  ['disconnecting-timedout-replica-full-sync', 'replica'],
  ['disconnecting-timedout-replica-streaming-sync', 'replica'],
];

function timeouts(known: CaseFile, log: LogFacts): readonly Finding[] {
  const findings: Finding[] = [];
  for (const variant of new Set(timeoutVariants.map(([, name]) => name))) {
    const ids = timeoutVariants.filter(([, name]) => name === variant).map(([id]) => id);
    const facts = factsOf(log, ...ids);
    const [first] = facts;
    if (!first) continue;
    findings.push({
      rule: 'repl-timeout',
      severity: 'warning',
      variant,
      values: {
        node: nodeName(known, log),
        count: countOf(log, ...ids),
        since: timeText(first),
        replica: textArg(first, 'replica'),
      },
      evidence: evidenceOf(...facts),
    });
  }
  return findings;
}

function rdbVersion(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(
    log,
    'cant-handle-rdb-format-version',
    'primary-replica-sync-rdb-version-or-signature',
  );
  const [first] = facts;
  const last = facts.at(-1);
  if (!first || !last) return [];
  const isSync = factsOf(
    log,
    'master-replica-sync-loading-db-memory',
    'failed-trying-load-master-synchronization-db-disk',
    'failed-trying-load-master-synchronization-db-socket',
    'primary-replica-sync-rdb-version-or-signature',
  ).some(other => Math.abs(other.line - first.line) <= 6);
  const healed: Fact | undefined = isSync
    ? factsOf(log, 'master-replica-sync-finished-success').find(fact => fact.line > last.line)
    : undefined;
  return [
    {
      rule: 'rdb-version-too-new',
      severity: healed || (!isSync && startedAfter(log, last)) ? 'warning' : 'error',
      ...(isSync ? { variant: 'sync' } : {}),
      values: {
        node: nodeName(known, log),
        count: facts.length,
        since: timeText(first),
        version: textArg(first, 'version') || '?',
      },
      evidence: evidenceOf(...facts, healed),
    },
  ];
}

/** A node that is asked while its own master is away, and is told not to answer then. */
function staleRead(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(log, 'error-reply-ping-master').filter(fact =>
    /MASTERDOWN/.test(textArg(fact, 'error', 'reply')),
  );
  const [first] = facts;
  return first
    ? [
        {
          rule: 'stale-read-refused',
          severity: 'warning',
          values: { node: nodeName(known, log), count: facts.length, since: timeText(first) },
          evidence: evidenceOf(...facts),
        },
      ]
    : [];
}

/** A master that is back, but not ready: it reads its data. */
function masterLoading(known: CaseFile, log: LogFacts): readonly Finding[] {
  const entries = log.outages.flatMap(outage => outage.reasons.get('loading') ?? []);
  const [first] = entries;
  const count = entries.reduce((sum, entry) => sum + entry.count, 0);
  const last = entries.at(-1)?.last;
  if (!first || !last || last.at - first.first.at < 5_000) return [];
  return [
    {
      rule: 'master-loading-after-reboot',
      severity: 'warning',
      values: {
        node: nodeName(known, log),
        count,
        since: timeText(first.first),
        seconds: Math.round((last.at - first.first.at) / 1_000),
      },
      evidence: evidenceOf(first.first, last),
    },
  ];
}
