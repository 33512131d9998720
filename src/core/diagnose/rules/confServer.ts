import { lastDirective } from '../../conf/confDocument';
import type { CaseFile } from '../caseFile';
import { confPort, type ConfFacts } from '../confFacts';
import { evidenceOf, type Finding } from '../finding';
import { shortName } from './confSentinel';

/** What the confs of data nodes prove alone. */
export function confRules(known: CaseFile): readonly Finding[] {
  const servers = known.confs.filter(conf => conf.kind === 'server');
  return [
    ...known.confs.flatMap(daemonize),
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
