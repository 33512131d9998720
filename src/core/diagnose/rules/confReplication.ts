import { lastDirective } from '../../conf/confDocument';
import { parseMemory } from '../../conf/memorySize';
import type { CaseFile } from '../caseFile';
import { isKnownBy, monitorsOf, type ConfFacts } from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { placeOf, replicaLine, saysYes } from './confPlaces';
import { shortName } from './confSentinel';
import { isLoopback } from './topology';

/** What the confs of data nodes say about replication: links that cannot come about, and values that cost full syncs. */
export function confReplicationRules(known: CaseFile): readonly Finding[] {
  const servers = known.confs.filter(({ kind }) => kind === 'server');
  return [
    ...servers.flatMap(masterOfNone(servers)),
    ...servers.flatMap(emptyMaster(known, servers)),
    ...servers.flatMap(hiddenSaveErrors),
    ...servers.flatMap(smallBacklog),
    ...servers.flatMap(conf => outputBuffer(known, conf)),
    ...servers.flatMap(shortTimeout),
    ...servers.flatMap(staleReads),
  ];
}

/** A replica of itself, or of a port of this machine that no conf has. */
const masterOfNone =
  (servers: readonly ConfFacts[]) =>
  (conf: ConfFacts): readonly Finding[] => {
    const own = replicaLine(conf);
    if (!own || !isLoopback(own.host)) return [];
    const values = { node: shortName(conf.file), master: `${own.host}:${own.port}`, port: own.port };
    const evidence = evidenceOf(placeOf(conf, own));
    // Without a port line the port may come from the command line.
    if (lastDirective(conf.directives, 'port') && isKnownBy(conf, own.port))
      return [
        { rule: 'master-unreachable', severity: 'error' as const, variant: 'confItself', values, evidence },
      ];
    // One conf alone does not say what else there is.
    return servers.length < 2 || servers.some(other => isKnownBy(other, own.port))
      ? []
      : [{ rule: 'master-unreachable', severity: 'warning', variant: 'confUnknown', values, evidence }];
  };

/** Whether a conf has snapshots: what `save` lines leave after the last `save ""`, else the default, which has them. */
function hasSnapshots({ directives }: ConfFacts): boolean {
  const saves = directives.filter(({ name }) => name === 'save');
  const last = saves.at(-1);
  return !last || last.args.some(word => word !== '');
}

/** A node that may be master, and keeps nothing on disk. */
const emptyMaster =
  (known: CaseFile, servers: readonly ConfFacts[]) =>
  (conf: ConfFacts): readonly Finding[] => {
    const isWatched = monitorsOf(known.confs).length > 0;
    // A cache that stands alone may forget everything.
    const hasPartners = servers.length > 1 || isWatched || replicaLine(conf) !== undefined;
    if (!hasPartners || hasSnapshots(conf) || saysYes(conf, 'appendonly') === true) return [];
    return [
      {
        rule: 'empty-master-restart',
        severity: 'warning',
        variant: 'conf',
        values: { node: shortName(conf.file) },
        evidence: evidenceOf(placeOf(conf, lastDirective(conf.directives, 'save'))),
      },
    ];
  };

/** `stop-writes-on-bgsave-error no` where snapshots are made: nobody notices that they fail. */
function hiddenSaveErrors(conf: ConfFacts): readonly Finding[] {
  const line = lastDirective(conf.directives, 'stop-writes-on-bgsave-error');
  return line?.args[0]?.toLowerCase() === 'no' && hasSnapshots(conf)
    ? [
        {
          rule: 'misconf-save-failed',
          severity: 'warning',
          variant: 'confHidden',
          values: { node: shortName(conf.file) },
          evidence: evidenceOf(placeOf(conf, line)),
        },
      ]
    : [];
}

/** The default of `repl-backlog-size`, in bytes (config.c). */
const defaultBacklog = 1_048_576;

function backlogLine(conf: ConfFacts): { readonly line: number; readonly size: number } | undefined {
  const line = lastDirective(conf.directives, 'repl-backlog-size');
  const size = line && parseMemory(line.args[0] ?? '');
  return line && size !== undefined ? { line: line.line, size } : undefined;
}

function smallBacklog(conf: ConfFacts): readonly Finding[] {
  const backlog = backlogLine(conf);
  return backlog && backlog.size < defaultBacklog
    ? [
        {
          rule: 'backlog-too-small',
          severity: 'info',
          variant: 'conf',
          values: { node: shortName(conf.file), bytes: backlog.size },
          evidence: evidenceOf(placeOf(conf, backlog)),
        },
      ]
    : [];
}

/** A hard or soft limit for replicas below the backlog. From 7.0 on the backlog's size counts (networking.c, `checkClientOutputBufferLimits`). */
function outputBuffer({ version }: CaseFile, conf: ConfFacts): readonly Finding[] {
  const backlog = backlogLine(conf)?.size ?? defaultBacklog;
  const isIgnored = version !== undefined && (version.product === 'valkey' || version.major >= 7);
  const lines = conf.directives.filter(({ name }) => name === 'client-output-buffer-limit');
  const own = lines.flatMap(({ line, args }) =>
    args.flatMap((word, index) =>
      index % 4 === 0 && /^(?:replica|slave)$/i.test(word)
        ? [{ line, limits: [args[index + 1], args[index + 2]] }]
        : [],
    ),
  );
  // The last line about a class counts.
  const last = own.at(-1);
  const limit = last?.limits
    .map(word => parseMemory(word ?? ''))
    .find(size => size !== undefined && size > 0 && size < backlog);
  if (!last || limit === undefined) return [];
  return [
    {
      rule: 'replica-output-buffer',
      severity: isIgnored ? 'info' : 'warning',
      variant: isIgnored ? 'confIgnored' : 'conf',
      values: { node: shortName(conf.file), limit, backlog },
      evidence: evidenceOf(placeOf(conf, last)),
    },
  ];
}

/** `repl-timeout` must be above the time between two PINGs of the master (redis.conf). */
function shortTimeout(conf: ConfFacts): readonly Finding[] {
  const timeoutLine = lastDirective(conf.directives, 'repl-timeout');
  const periodLine = lastDirective(conf.directives, 'repl-ping-replica-period', 'repl-ping-slave-period');
  const timeout = Number(timeoutLine?.args[0] ?? 60);
  const period = Number(periodLine?.args[0] ?? 10);
  // Zero and words are refused by the server itself.
  if (!(timeout > 0 && period > 0) || timeout > period) return [];
  return [
    {
      rule: 'repl-timeout',
      severity: 'warning',
      variant: 'conf',
      values: { node: shortName(conf.file), timeout, period },
      evidence: evidenceOf(
        ...[timeoutLine, periodLine].filter(line => line !== undefined).map(line => placeOf(conf, line)),
      ),
    },
  ];
}

function staleReads(conf: ConfFacts): readonly Finding[] {
  const line = lastDirective(conf.directives, 'replica-serve-stale-data', 'slave-serve-stale-data');
  return line?.args[0]?.toLowerCase() === 'no'
    ? [
        {
          rule: 'stale-read-refused',
          severity: 'info',
          variant: 'conf',
          values: { node: shortName(conf.file) },
          evidence: evidenceOf(placeOf(conf, line)),
        },
      ]
    : [];
}
