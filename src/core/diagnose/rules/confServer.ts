import { lastDirective } from '../../conf/confDocument';
import { acceptsDirective, isKnownDirective, similarDirective, standInFor } from '../../conf/directives';
import { displayVersion } from '../../conf/serverVersion';
import type { CaseFile } from '../caseFile';
import { confPort, type ConfFacts } from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { shortName } from './confSentinel';

/** What the confs of data nodes, and any conf by its bytes and directives, prove alone. */
export function confRules(known: CaseFile): readonly Finding[] {
  const servers = known.confs.filter(conf => conf.kind === 'server');
  return [
    ...known.confs.flatMap(oddBytes),
    ...known.confs.flatMap(daemonize),
    ...known.confs.flatMap(conf => unsupported(known, conf)),
    ...servers.flatMap(masterAuth),
    ...shared(known.confs, 'shared-data-dir', dataFile),
    ...shared(known.confs, 'port-in-use', conf => {
      const line = lastDirective(conf.directives, 'port');
      return { key: String(confPort(conf)), line: line?.line ?? 1 };
    }),
    ...notEnoughReplicas(servers),
    ...neverPromoted(servers),
  ];
}

function oddBytes(conf: ConfFacts): readonly Finding[] {
  const kinds = new Set(conf.oddLines.map(({ what }) => what));
  return [...kinds].map(what => {
    const lines = conf.oddLines.filter(one => one.what === what);
    return {
      rule: 'bad-bytes-in-conf',
      severity: 'error' as const,
      variant: what,
      values: {
        node: shortName(conf.file),
        text: '',
        line: lines[0]?.line ?? 1,
        path: '',
        error: '',
        since: '',
      },
      evidence: evidenceOf(...lines.map(({ line }) => ({ file: conf.file, line }))),
    };
  });
}

function daemonize(conf: ConfFacts): readonly Finding[] {
  const line = lastDirective(conf.directives, 'daemonize');
  return line?.args[0]?.toLowerCase() === 'yes'
    ? [
        {
          rule: 'daemonize-in-terminal',
          severity: 'warning',
          variant: 'conf',
          values: { node: shortName(conf.file), count: 1, since: '', path: '', error: '' },
          evidence: evidenceOf({ file: conf.file, line: line.line }),
        },
      ]
    : [];
}

/** Directives that the version does not start with. */
function unsupported(known: CaseFile, conf: ConfFacts): readonly Finding[] {
  const { version } = known;
  if (!version) return [];
  return conf.directives.flatMap(({ name, args, line }) => {
    const isSentinelLine = name === 'sentinel';
    const directive = isSentinelLine ? `sentinel ${args[0]?.toLowerCase() ?? ''}` : name;
    const kinds = ['server', 'sentinel'] as const;
    const fits = isSentinelLine
      ? conf.kind === 'sentinel' && acceptsDirective(version, 'sentinel', directive)
      : acceptsDirective(version, 'server', name) || acceptsDirective(version, conf.kind, name);
    // Modules bring directives of their own, with a dot in them.
    if (fits || name.includes('.') || isInclude(name) || /[^\x21-\x7e]/.test(name)) return [];
    const isKnown = kinds.some(kind => isKnownDirective(kind, directive));
    const similar = similarDirective(isSentinelLine ? 'sentinel' : 'server', directive) ?? '';
    const isWrongPlace = isSentinelLine && conf.kind === 'server';
    return [
      {
        rule: isWrongPlace
          ? 'wrong-start-form'
          : name === 'replicaof'
            ? 'replicaof-not-supported'
            : 'directive-not-supported',
        severity: 'error' as const,
        ...(isWrongPlace
          ? { variant: 'noFlag' }
          : isKnown
            ? {}
            : { variant: similar === '' ? 'unknown' : 'misspelt' }),
        values: {
          node: shortName(conf.file),
          text: directive,
          line,
          directive,
          reason: '',
          version: displayVersion(standInFor(version)),
          similar,
          host: '',
          script: '',
          path: '',
          error: '',
          since: '',
        },
        evidence: evidenceOf({ file: conf.file, line }),
      },
    ];
  });
}

function isInclude(name: string): boolean {
  return name === 'include' || name === 'loadmodule' || name === 'user' || name === 'rename-command';
}

/** Every node may become a replica: one that asks for a password must be able to give it. */
function masterAuth(conf: ConfFacts): readonly Finding[] {
  const secret = lastDirective(conf.directives, 'requirepass');
  const given = lastDirective(conf.directives, 'masterauth', 'primaryauth');
  if (!secret?.args[0]) return [];
  const isSame = given?.args[0] === secret.args[0];
  if (isSame) return [];
  return [
    {
      rule: 'masterauth-missing',
      severity: 'error',
      variant: given ? 'confWrong' : 'conf',
      values: { node: shortName(conf.file), master: '', count: 1, since: '', error: '' },
      evidence: evidenceOf({ file: conf.file, line: given?.line ?? secret.line }),
    },
  ];
}

/** Two nodes that have the same of something that each needs for itself. */
function shared(
  confs: readonly ConfFacts[],
  rule: string,
  of: (conf: ConfFacts) => { readonly key: string; readonly line: number } | undefined,
): readonly Finding[] {
  const groups = new Map<string, { readonly file: string; readonly line: number }[]>();
  for (const conf of confs) {
    const found = of(conf);
    if (!found) continue;
    groups.set(found.key, [...(groups.get(found.key) ?? []), { file: conf.file, line: found.line }]);
  }
  return [...groups].flatMap(([key, places]) =>
    new Set(places.map(({ file }) => file)).size < 2
      ? []
      : [
          {
            rule,
            severity: 'error' as const,
            variant: 'conf',
            values: {
              node: places.map(({ file }) => shortName(file)).join(', '),
              nodes: places.map(({ file }) => shortName(file)).join(', '),
              dir: key,
              port: key,
              address: key,
              ip: '',
              count: places.length,
              since: '',
              error: '',
            },
            evidence: evidenceOf(...places),
          },
        ],
  );
}

/** Folder and file of the snapshot. Without `dir` it is the folder the server is started in: nothing is known of that. */
function dataFile(conf: ConfFacts): { readonly key: string; readonly line: number } | undefined {
  if (conf.kind === 'sentinel') return undefined;
  const dir = lastDirective(conf.directives, 'dir');
  const path = dir?.args[0];
  if (!dir || path === undefined || !/^(?:[/\\]|[a-z]:)/i.test(path)) return undefined;
  const name = lastDirective(conf.directives, 'dbfilename')?.args[0] ?? 'dump.rdb';
  return { key: `${path.replaceAll('\\', '/').replace(/\/$/, '')}/${name}`, line: dir.line };
}

/** `min-replicas-to-write` above what there is: no write is ever taken. */
function notEnoughReplicas(confs: readonly ConfFacts[]): readonly Finding[] {
  if (confs.length < 2) return [];
  return confs.flatMap(conf => {
    const line = lastDirective(conf.directives, 'min-replicas-to-write', 'min-slaves-to-write');
    const asked = Number(line?.args[0]);
    return line && asked > confs.length - 1
      ? [
          {
            rule: 'not-enough-replicas',
            severity: 'error',
            values: { node: shortName(conf.file), asked, replicas: confs.length - 1 },
            evidence: evidenceOf({ file: conf.file, line: line.line }),
          },
        ]
      : [];
  });
}

/** All replicas have priority 0: Sentinel may choose none. */
function neverPromoted(confs: readonly ConfFacts[]): readonly Finding[] {
  const replicas = confs.filter(conf => {
    const line = lastDirective(conf.directives, 'replicaof', 'slaveof');
    return line !== undefined && line.args[0]?.toLowerCase() !== 'no';
  });
  const priorities = replicas.map(conf => ({
    conf,
    line: lastDirective(conf.directives, 'replica-priority', 'slave-priority'),
  }));
  if (priorities.length === 0 || priorities.some(({ line }) => line?.args[0] !== '0')) return [];
  return [
    {
      rule: 'no-replica-eligible',
      severity: 'error',
      variant: 'conf',
      values: {
        node: '',
        master: '',
        count: 1,
        since: '',
        replicas: replicas.map(conf => shortName(conf.file)).join(', '),
      },
      evidence: evidenceOf(
        ...priorities.map(({ conf, line }) => ({ file: conf.file, line: line?.line ?? 1 })),
      ),
    },
  ];
}
