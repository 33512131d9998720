import type { Directive } from '../../conf/confDocument';
import type { ServerVersion } from '../../conf/serverVersion';
import type { CaseFile } from '../caseFile';
import { confPort, sentinelDirectives, type ConfFacts } from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { placeOf } from './confPlaces';
import { shortName } from './confSentinel';
import { isLoopback } from './topology';

/** What a Sentinel has written into its conf, and times that it has to keep. */
export function confSentinelStateRules(known: CaseFile): readonly Finding[] {
  const sentinels = known.confs.filter(({ kind }) => kind === 'sentinel');
  return [
    ...sentinels.flatMap(conf => ghosts(known.confs, conf)),
    ...sentinels.flatMap(conf => sameIdTwice(conf, known.version)),
    ...sentinels.flatMap(retryDelay),
    ...sentinels.flatMap(conf => parallelSyncs(known.confs, conf)),
  ];
}

/** Instances of this machine that a Sentinel remembers, and that no conf here has. */
function ghosts(confs: readonly ConfFacts[], conf: ConfFacts): readonly Finding[] {
  const kinds = [
    { kind: 'sentinel', options: ['known-sentinel'] },
    { kind: 'server', options: ['known-replica', 'known-slave'] },
  ] as const;
  const gone = kinds.flatMap(({ kind, options }) => {
    const own = confs.filter(other => other.kind === kind);
    const remembered = options.flatMap(option => sentinelDirectives(conf, option));
    const isKnown = (line: Directive): boolean =>
      own.some(other => confPort(other) === Number(line.args[3])) || announces(own, Number(line.args[3]));
    // Where none of them is here, the others are somewhere else and not gone.
    return remembered.some(isKnown)
      ? remembered.filter(line => isLoopback(line.args[2] ?? '') && !isKnown(line))
      : [];
  });
  if (gone.length === 0) return [];
  return [
    {
      rule: 'ghost-instances',
      severity: 'info',
      variant: 'conf',
      values: {
        node: shortName(conf.file),
        count: gone.length,
        instances: gone.map(({ args }) => `${args[2]}:${args[3]}`).join(', '),
      },
      evidence: evidenceOf(...gone.map(line => placeOf(conf, line))),
    },
  ];
}

function announces(confs: readonly ConfFacts[], port: number): boolean {
  return confs.some(({ directives }) =>
    directives.some(({ name, args }) =>
      name === 'sentinel'
        ? args[0]?.toLowerCase() === 'announce-port' && Number(args[1]) === port
        : /^(?:replica|slave)-announce-port$/.test(name) && Number(args[0]) === port,
    ),
  );
}

/** One id at two addresses. From 4.0 on the id is the name of the instance, so that a Sentinel does not start with both lines. */
function sameIdTwice(conf: ConfFacts, version: ServerVersion | undefined): readonly Finding[] {
  const lines = sentinelDirectives(conf, 'known-sentinel');
  const twice = lines.filter(({ args }) =>
    lines.some(
      other =>
        args[4] !== undefined &&
        other.args[1] === args[1] &&
        other.args[4] === args[4] &&
        (other.args[2] !== args[2] || other.args[3] !== args[3]),
    ),
  );
  if (twice.length === 0) return [];
  const isOld = version?.product === 'redis' && version.major < 4;
  return [
    {
      rule: 'duplicate-sentinel-addresses',
      severity: isOld ? 'warning' : 'error',
      variant: 'conf',
      values: {
        node: shortName(conf.file),
        addresses: twice.map(({ args }) => `${args[2]}:${args[3]}`).join(', '),
        id: twice[0]?.args[4]?.slice(0, 8) ?? '',
      },
      evidence: evidenceOf(...twice.map(line => placeOf(conf, line))),
    },
  ];
}

/** Milliseconds in which an election and a promotion hardly come to an end, and beyond which nobody waits for the next try. */
const shortestTry = 2_000;
const longestTry = 600_000;

function retryDelay(conf: ConfFacts): readonly Finding[] {
  return sentinelDirectives(conf, 'failover-timeout').flatMap((line): readonly Finding[] => {
    const milliseconds = Number(line.args[2]);
    const isShort = milliseconds > 0 && milliseconds < shortestTry;
    if (!isShort && !(milliseconds > longestTry)) return [];
    return [
      {
        rule: 'failover-retry-delay',
        severity: 'info',
        variant: isShort ? 'confShort' : 'confLong',
        values: {
          node: shortName(conf.file),
          master: line.args[1] ?? '',
          milliseconds,
          seconds: Math.round((2 * milliseconds) / 1_000),
        },
        evidence: evidenceOf(placeOf(conf, line)),
      },
    ];
  });
}

/** As many syncs at a time as there are replicas: after a failover none of them can be read for a while. */
function parallelSyncs(confs: readonly ConfFacts[], conf: ConfFacts): readonly Finding[] {
  const servers = confs.filter(({ kind }) => kind === 'server').length;
  return sentinelDirectives(conf, 'parallel-syncs').flatMap((line): readonly Finding[] => {
    const [, master = '', count] = line.args;
    const remembered = ['known-replica', 'known-slave'].flatMap(option =>
      sentinelDirectives(conf, option).filter(({ args }) => args[1] === master),
    );
    const replicas = Math.max(servers - 1, remembered.length);
    // Of the replicas one becomes master: the others sync with it.
    if (replicas < 3 || !(Number(count) >= replicas - 1)) return [];
    return [
      {
        rule: 'parallel-syncs-order',
        severity: 'info',
        values: { node: shortName(conf.file), master, syncs: Number(count), replicas },
        evidence: evidenceOf(placeOf(conf, line)),
      },
    ];
  });
}
