import { factsOf, nodeName, type CaseFile } from '../caseFile';
import { textArg, timeText, type Fact } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';
import { hasOddBytes, isEatenPath } from './confErrors';
import { startedAfter } from './saving';

/** What keeps a server or Sentinel from starting, apart from lines of its conf. */
export function startingRules(known: CaseFile): readonly Finding[] {
  return known.logs.flatMap(log => [
    ...listening(known, log),
    ...folder(known, log),
    ...simpleRules.flatMap(rule => simple(known, log, rule)),
    ...crashed(known, log),
    ...simulated(known, log),
  ]);
}

/** A port that could not be opened: taken by another program, or an address that this machine does not have. */
function listening(known: CaseFile, log: LogFacts): readonly Finding[] {
  const failures = factsOf(log, 'warning-could-not-create-server-tcp-listening');
  const groups = new Map<string, Fact[]>();
  for (const fact of failures) {
    const rule = listenRule(log, textArg(fact, 'error'));
    if (rule === undefined) continue;
    const key = `${rule} ${textArg(fact, 'port')}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups].flatMap(([key, facts]) => {
    const [first] = facts;
    const last = facts.at(-1);
    if (!first || !last) return [];
    const port = textArg(first, 'port');
    const giveUp = factsOf(log, 'failed-listening-port-tcp-aborting', 'failed-listening-port-aborting');
    return [
      {
        rule: key.split(' ')[0] ?? '',
        severity: startedAfter(log, last) ? ('warning' as const) : ('error' as const),
        values: {
          node: nodeName(known, log),
          address: `${textArg(first, 'ip')}:${port}`,
          ip: textArg(first, 'ip'),
          port,
          count: facts.length,
          since: timeText(first),
          error: textArg(first, 'error'),
        },
        evidence: evidenceOf(...facts, ...giveUp.filter(fact => textArg(fact, 'port') === port)),
      },
    ];
  });
}

function listenRule(log: LogFacts, error: string): string | undefined {
  if (/address already in use|10048/i.test(error)) return 'port-in-use';
  if (/assign requested|can't assign|not available|name or service|resolution|10049/i.test(error))
    return 'listen-address-unavailable';
  if (/permission denied|10013/i.test(error))
    return log.dialect === 'bracket' ? 'port-in-use-windows' : undefined;
  // A Windows port has no words for it: "No such file or directory", "No error", "not a socket", or localised text.
  return /bind:|listen:|not a socket/i.test(error) ? 'port-in-use-windows' : undefined;
}

function folder(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(log, 'cant-chdir');
  const last = facts.at(-1);
  if (!last) return [];
  const path = textArg(last, 'path');
  const isWindows = log.dialect === 'bracket' && (log.version?.major ?? 3) >= 2 && !path.startsWith('/lab');
  const rule =
    hasOddBytes(path) || isEatenPath(path)
      ? 'bad-bytes-in-conf'
      : isWindows && path.startsWith('/')
        ? 'windows-path-form'
        : 'data-folder-missing';
  return [
    {
      rule,
      severity: startedAfter(log, last) ? 'warning' : 'error',
      ...(rule === 'bad-bytes-in-conf' ? { variant: 'path' } : {}),
      values: {
        node: nodeName(known, log),
        path,
        text: path,
        error: textArg(last, 'error'),
        since: timeText(last),
      },
      evidence: evidenceOf(...facts),
    },
  ];
}

/** A rule that one message proves. */
interface SimpleRule {
  readonly rule: string;
  readonly variant?: string;
  readonly ids: readonly string[];
  readonly severity: 'error' | 'warning';
}

const simpleRules: readonly SimpleRule[] = [
  {
    rule: 'wrong-start-form',
    variant: 'noConf',
    ids: [
      'sentinel-needs-config-file-disk-save-state',
      'sentinel-started-without-config-file-exiting',
      'sentinel-config-stdin-not-allowed',
    ],
    severity: 'error',
  },
  {
    rule: 'wrong-start-form',
    variant: 'confNotFound',
    ids: ['fatal-error-cant-open-config-file', 'err-failed-open-conf-file'],
    severity: 'error',
  },
  {
    rule: 'conf-not-accepted',
    variant: 'logFile',
    ids: ['err-could-not-open-logfile'],
    severity: 'error',
  },
  { rule: 'sentinel-conf-read-only', ids: ['sentinel-config-file-not-writable-exiting'], severity: 'error' },
  {
    rule: 'daemonize-in-terminal',
    ids: ['windows-does-not-support-daemonize-start-redis'],
    severity: 'warning',
  },
  {
    rule: 'conf-not-accepted',
    variant: 'acl',
    ids: [
      'aborting-redis-startup-because-acl-errors',
      'error-loading-acl-rule-user-named',
      'critical-error-while-loading-acls-exiting',
      'configuring-redis-users-defined-redis-conf-same',
    ],
    severity: 'error',
  },
  {
    rule: 'conf-not-accepted',
    variant: 'unixSocket',
    ids: ['failed-opening-unix-socket'],
    severity: 'error',
  },
  {
    rule: 'conf-not-accepted',
    variant: 'nothingToListen',
    ids: ['configured-not-listen-anywhere-exiting'],
    severity: 'error',
  },
  {
    rule: 'conf-not-accepted',
    variant: 'module',
    ids: ['module-failed-load'],
    severity: 'error',
  },
  {
    rule: 'tls-mismatch',
    variant: 'certificate',
    ids: ['failed-configure-tls-check-logs-more-info', 'failed-finding-tls-support'],
    severity: 'error',
  },
];

function simple(
  known: CaseFile,
  log: LogFacts,
  { rule, variant, ids, severity }: SimpleRule,
): readonly Finding[] {
  const facts = factsOf(log, ...ids);
  const last = facts.at(-1);
  if (!last) return [];
  return [
    {
      rule,
      severity: severity === 'error' && startedAfter(log, last) ? 'warning' : severity,
      ...(variant === undefined ? {} : { variant }),
      values: {
        node: nodeName(known, log),
        path: textArg(last, 'path'),
        error: textArg(last, 'error', 'text'),
        count: facts.length,
        since: timeText(facts[0]),
      },
      evidence: evidenceOf(...facts),
    },
  ];
}

/** The report of a crash has many lines; the first that names the reason counts. */
function crashed(known: CaseFile, log: LogFacts): readonly Finding[] {
  const signals = factsOf(log, 'redis-crashed-by-signal-si-code');
  const others = factsOf(
    log,
    'assertion-failed',
    'out-memory-allocating-bytes',
    'guru-meditation',
    'fatal-error',
    'memory-error-detected-check-your-memory-asap',
  );
  const facts = [...signals, ...others].toSorted((a, b) => a.line - b.line);
  const [first] = facts;
  if (!first) return [];
  const reports = factsOf(log, 'redis-bug-report-start-cut-paste-starting');
  return [
    {
      rule: 'server-crashed',
      severity: 'error',
      ...(first.id === 'out-memory-allocating-bytes' ? { variant: 'memory' } : {}),
      values: {
        node: nodeName(known, log),
        count: Math.max(signals.length, 1),
        since: timeText(factsOf(log, 'redis-bug-report-start-cut-paste-starting')[0] ?? first),
        signal: textArg(first, 'signal') || '?',
      },
      evidence: evidenceOf(...[...reports, ...facts].toSorted((a, b) => a.line - b.line)),
    },
  ];
}

/** SENTINEL SIMULATE-FAILURE: it was asked to crash. */
function simulated(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(log, 'sentinel-crash-because-sentinel-simulate-failure');
  const [first] = facts;
  return first
    ? [
        {
          rule: 'server-crashed',
          severity: 'info',
          variant: 'simulated',
          values: { node: nodeName(known, log), count: facts.length, since: timeText(first), signal: '?' },
          evidence: evidenceOf(...facts),
        },
      ]
    : [];
}
