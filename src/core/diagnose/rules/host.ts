import { countOf, factsOf, nodeName, type CaseFile } from '../caseFile';
import { textArg, timeText } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';

/** What the machine or its system does to Redis. Warnings that every start on such a machine writes count only with harm done. */
export function hostRules(known: CaseFile): readonly Finding[] {
  return known.logs.flatMap(log => [
    ...limits(known, log),
    ...memory(known, log),
    ...kernel(known, log),
    ...tls(known, log),
    ...scripts(known, log),
  ]);
}

function limits(known: CaseFile, log: LogFacts): readonly Finding[] {
  const reduced = factsOf(
    log,
    'current-maximum-open-files-maxclients-has-been',
    'your-current-ulimit-n-not-enough-server',
  );
  const last = reduced.at(-1);
  if (!last) return [];
  const asked = factsOf(log, 'you-requested-maxclients-requiring-least-max-file');
  return [
    {
      rule: 'host-warning',
      severity: last.id.startsWith('your-current') ? 'error' : 'warning',
      variant: 'maxclients',
      values: {
        node: nodeName(known, log),
        files: textArg(last, 'fileLimit'),
        clients: textArg(last, 'maxclients') || '0',
        asked: asked[0] ? textArg(asked[0], 'maxFiles') : textArg(last, 'maxFiles') || '?',
      },
      evidence: evidenceOf(...asked.slice(0, 1), last),
    },
  ];
}

/** The overcommit warning, and a fork that failed for want of memory. */
function memory(known: CaseFile, log: LogFacts): readonly Finding[] {
  const failed = factsOf(
    log,
    'cant-save-background-fork',
    'cant-rewrite-append-only-file-background-fork',
  ).filter(fact => /memory/i.test(textArg(fact, 'error')));
  const [first] = failed;
  if (!first) return [];
  const warned = factsOf(log, 'warning-overcommit-memory-set-0-background-save', 'warning').slice(0, 1);
  return [
    {
      rule: 'host-warning',
      severity: 'error',
      variant: 'overcommit',
      values: {
        node: nodeName(known, log),
        count: failed.length,
        since: timeText(first),
        error: textArg(first, 'error'),
      },
      evidence: evidenceOf(...warned, ...failed),
    },
  ];
}

function kernel(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(log, 'warning-your-kernel-has-bug-could-lead');
  return facts.length === 0
    ? []
    : [
        {
          rule: 'host-warning',
          severity: 'warning',
          variant: 'kernel',
          values: { node: nodeName(known, log) },
          evidence: evidenceOf(...facts),
        },
      ];
}

const acceptIds = [
  'error-accepting-client-connection-addr-laddr',
  'error-accepting-client-connection-conn',
  'accepting-client-connection',
];

/** A plain connection to a TLS port: the handshake fails while the connection is accepted (tls.c). */
function tls(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(log, ...acceptIds).filter(fact =>
    /\(null\)|ssl|tls|wrong version|certificate|http request|unexpected eof|handshake/i.test(
      textArg(fact, 'error'),
    ),
  );
  const [first] = facts;
  if (!first) return [];
  return [
    {
      rule: 'tls-mismatch',
      severity: 'error',
      values: {
        node: nodeName(known, log),
        count: Math.max(facts.length, countOf(log, ...acceptIds) > 100 ? countOf(log, ...acceptIds) : 0),
        since: timeText(first),
        error: textArg(first, 'error'),
        client: textArg(first, 'client') || '?',
      },
      evidence: evidenceOf(...facts),
    },
  ];
}

function scripts(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(log, '-script-error', '-script-timeout');
  const [first] = facts;
  if (!first) return [];
  return [
    {
      rule: 'notification-script-failed',
      severity: 'warning',
      ...(first.event === '-script-timeout' ? { variant: 'timeout' } : {}),
      values: {
        node: nodeName(known, log),
        script: textArg(first, 'script'),
        rest: textArg(first, 'rest'),
        count: facts.length,
        since: timeText(first),
      },
      evidence: evidenceOf(...facts),
    },
  ];
}
