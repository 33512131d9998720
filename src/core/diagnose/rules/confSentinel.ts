import type { CaseFile } from '../caseFile';
import { isKnownBy, monitorsOf, sentinelDirectives, type ConfFacts, type Monitor } from '../confFacts';
import { lastDirective } from '../../conf/confDocument';
import { needsMonitor } from '../../conf/sentinelStatements';
import { compareVersions } from '../../conf/serverVersion';
import { evidenceOf, type Finding } from '../finding';
import { isLoopback } from './topology';

/** What the confs of Sentinels alone prove. */
export function sentinelConfRules(known: CaseFile): readonly Finding[] {
  const confs = known.confs.filter(conf => conf.kind === 'sentinel');
  const monitors = monitorsOf(confs);
  return [
    ...sameIds(confs),
    ...counts(confs, monitors),
    ...differentMasters(monitors),
    ...monitoredReplicas(known, monitors),
    ...confs.flatMap(conf => order(known, conf)),
    ...confs.flatMap(downAfter),
    ...addressForms(known, monitors),
    ...monitors.flatMap(loopbackAddress),
    ...confs.flatMap(bindOrder),
    ...passwords(known, confs, monitors),
  ];
}

/** The file alone: `conf/sentinel-26379.conf` becomes `sentinel-26379.conf`. */
export function shortName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}

function place(conf: ConfFacts, line: number | undefined): { readonly file: string; readonly line: number } {
  return { file: conf.file, line: line ?? 1 };
}

function sameIds(confs: readonly ConfFacts[]): readonly Finding[] {
  const byId = new Map<string, { readonly conf: ConfFacts; readonly line: number }[]>();
  for (const conf of confs) {
    const own = sentinelDirectives(conf, 'myid').at(-1);
    const id = own?.args[1];
    if (own && id) byId.set(id, [...(byId.get(id) ?? []), { conf, line: own.line }]);
  }
  return [...byId].flatMap(([id, owners]) => {
    const files = new Set(owners.map(({ conf }) => conf.file));
    return files.size < 2
      ? []
      : [
          {
            rule: 'duplicate-myid',
            severity: 'error' as const,
            values: {
              id: id.slice(0, 8),
              count: files.size,
              nodes: [...files].map(shortName).join(', '),
            },
            evidence: evidenceOf(...owners.map(({ conf, line }) => place(conf, line))),
          },
        ];
  });
}

/** How many Sentinels watch a master: those whose confs are here, or those that a rewritten conf knows, if they are more. */
function watchers(name: string, monitors: readonly Monitor[]): number {
  const own = monitors.filter(monitor => monitor.name === name);
  const saved = own.map(
    ({ conf }) =>
      1 +
      new Set(
        sentinelDirectives(conf, 'known-sentinel').flatMap(({ args }) =>
          args[1] === name ? [`${args[2]}:${args[3]}`] : [],
        ),
      ).size,
  );
  return Math.max(new Set(own.map(({ conf }) => conf.file)).size, ...saved);
}

function counts(confs: readonly ConfFacts[], monitors: readonly Monitor[]): readonly Finding[] {
  return [...new Set(monitors.map(({ name }) => name))].flatMap(name => {
    const own = monitors.filter(monitor => monitor.name === name);
    const count = watchers(name, monitors);
    const [first] = own;
    // One conf alone says nothing of how many there are.
    if (!first || (confs.length === 1 && count === 1)) return [];
    const needed = Math.floor(count / 2) + 1;
    const values = {
      node: '',
      master: name,
      voters: count,
      needed,
      up: count,
      quorum: first.quorum,
      count,
      since: '',
    };
    const findings: Finding[] = [];
    const above = own.filter(({ quorum }) => quorum > count);
    if (above[0])
      findings.push({
        rule: 'quorum-above-sentinels',
        severity: 'error',
        values: { ...values, quorum: above[0].quorum },
        evidence: evidenceOf(...above.map(({ conf, line }) => place(conf, line))),
      });
    const evidence = evidenceOf(...own.map(({ conf, line }) => place(conf, line)));
    if (count < 3)
      findings.push({ rule: 'too-few-sentinels', severity: 'warning', variant: 'two', values, evidence });
    else if (count % 2 === 0)
      findings.push({ rule: 'even-sentinel-count', severity: 'info', values, evidence });
    return findings;
  });
}

function differentMasters(monitors: readonly Monitor[]): readonly Finding[] {
  return [...new Set(monitors.map(({ name }) => name))].flatMap(name => {
    const own = monitors.filter(monitor => monitor.name === name);
    const addresses = new Set(
      own.map(({ host, port }) => `${isLoopback(host) ? '127.0.0.1' : host}:${port}`),
    );
    return addresses.size < 2
      ? []
      : [
          {
            rule: 'sentinels-watch-different-masters',
            severity: 'error' as const,
            values: { master: name, addresses: [...addresses].join(', '), count: addresses.size },
            evidence: evidenceOf(...own.map(({ conf, line }) => place(conf, line))),
          },
        ];
  });
}

/** The monitored node's own conf says that it is a replica; or another master's Sentinel lines say so. */
function monitoredReplicas(known: CaseFile, monitors: readonly Monitor[]): readonly Finding[] {
  const names = new Set(monitors.map(({ name }) => name));
  if (names.size < 2 && known.confs.every(({ kind }) => kind === 'sentinel')) return [];
  return monitors.flatMap(monitor => {
    const conf = known.confs.find(
      other => other.kind === 'server' && isKnownBy(other, monitor.port) && isLoopback(monitor.host),
    );
    const line = conf && lastDirective(conf.directives, 'replicaof', 'slaveof');
    if (!conf || !line || line.args[0]?.toLowerCase() === 'no') return [];
    // After a failover that the Sentinel's conf has not caught up with, all but one agree: the others decide.
    if (monitors.some(other => other.name === monitor.name && other.port === Number(line.args[1]))) return [];
    return [
      {
        rule: 'replica-monitored-as-master',
        severity: 'error' as const,
        values: {
          node: shortName(monitor.conf.file),
          name: monitor.name,
          address: `${monitor.host}:${monitor.port}`,
          master: `${line.args[0] ?? '?'}:${line.args[1] ?? '?'}`,
        },
        evidence: evidenceOf(place(monitor.conf, monitor.line), place(conf, line.line)),
      },
    ];
  });
}

/** Up to 6.0 a Sentinel reads its conf in order (sentinel.c, `loadSentinelConfigFromQueue()` came with 6.2). */
function order(known: CaseFile, conf: ConfFacts): readonly Finding[] {
  const version = known.version;
  if (!version || compareVersions(version, { ...version, major: 6, minor: 2, patch: 0 }) >= 0) return [];
  const monitors = sentinelDirectives(conf, 'monitor');
  const early = conf.directives.filter(
    ({ name, args, line }) =>
      name === 'sentinel' &&
      needsMonitor.has(`sentinel ${args[0]?.toLowerCase() ?? ''}`) &&
      monitors.some(monitor => monitor.args[1] === args[1] && monitor.line > line),
  );
  const [first] = early;
  if (!first) return [];
  return [
    {
      rule: 'option-before-monitor',
      severity: 'error',
      values: {
        node: shortName(conf.file),
        text: `sentinel ${first.args.slice(0, 2).join(' ')} …`,
        line: first.line,
        directive: `sentinel ${first.args[0] ?? ''}`,
        reason: '',
      },
      evidence: evidenceOf(...early.map(({ line }) => place(conf, line))),
    },
  ];
}

function downAfter(conf: ConfFacts): readonly Finding[] {
  return sentinelDirectives(conf, 'down-after-milliseconds').flatMap(({ line, args }): readonly Finding[] => {
    const value = Number(args[2]);
    if (!Number.isFinite(value)) return [];
    const values = {
      node: shortName(conf.file),
      master: args[1] ?? '',
      milliseconds: value,
      seconds: Math.round(value / 1_000),
      instance: args[1] ?? '',
      count: 1,
      since: '',
    };
    const evidence = evidenceOf(place(conf, line));
    if (value > 0 && value < 1_000)
      return [{ rule: 'down-after-too-small', severity: 'warning', variant: 'conf', values, evidence }];
    return value > 60_000
      ? [{ rule: 'down-after-too-large', severity: 'info' as const, values, evidence }]
      : [];
  });
}

/** One machine under two names: Sentinel takes them for two. */
function addressForms(known: CaseFile, monitors: readonly Monitor[]): readonly Finding[] {
  const replicas = known.confs
    .filter(({ kind }) => kind === 'server')
    .flatMap(conf => {
      const line = lastDirective(conf.directives, 'replicaof', 'slaveof');
      return line?.args[1] === undefined || line.args[0]?.toLowerCase() === 'no'
        ? []
        : [{ conf, line: line.line, host: line.args[0] ?? '', port: Number(line.args[1]) }];
    });
  const resolves = known.confs.some(conf =>
    sentinelDirectives(conf, 'resolve-hostnames').some(({ args }) => args[1]?.toLowerCase() === 'yes'),
  );
  // With host names on, Sentinel knows that a name and its address are one.
  if (resolves) return [];
  const all = [...monitors, ...replicas];
  return [...new Set(all.map(({ port }) => port))].flatMap(port => {
    const own = all.filter(one => one.port === port && isLoopback(one.host));
    const forms = new Set(own.map(({ host }) => host.toLowerCase()));
    return forms.size < 2
      ? []
      : [
          {
            rule: 'mixed-address-forms',
            severity: 'info' as const,
            values: { forms: [...forms].join(', '), port },
            evidence: evidenceOf(...own.map(({ conf, line }) => place(conf, line))),
          },
        ];
  });
}

/** Sentinel takes connections from elsewhere, but tells them an address that is their own machine's. */
function loopbackAddress({ conf, line, name, host, port }: Monitor): readonly Finding[] {
  if (!isLoopback(host)) return [];
  const binds = lastDirective(conf.directives, 'bind')?.args ?? [];
  const isOpen = binds.some(address => !isLoopback(address.replace(/^-/, '')));
  if (!isOpen) return [];
  return [
    {
      rule: 'loopback-monitor-address',
      severity: 'warning',
      variant: 'conf',
      values: {
        node: shortName(conf.file),
        master: name,
        address: `${host}:${port}`,
        other: binds.filter(address => !isLoopback(address)).join(' '),
      },
      evidence: evidenceOf(place(conf, line)),
    },
  ];
}

/** A Sentinel's own connections start from the first address of `bind`. */
function bindOrder(conf: ConfFacts): readonly Finding[] {
  const bind = lastDirective(conf.directives, 'bind');
  const [first, ...rest] = bind?.args ?? [];
  if (!bind || first === undefined || !isLoopback(first)) return [];
  const far = rest.find(address => !isLoopback(address.replace(/^-/, '')));
  return far === undefined
    ? []
    : [
        {
          rule: 'sentinel-bind-loopback-first',
          severity: 'warning',
          values: { node: shortName(conf.file), address: first, other: far },
          evidence: evidenceOf(place(conf, bind.line)),
        },
      ];
}

function passwords(
  known: CaseFile,
  confs: readonly ConfFacts[],
  monitors: readonly Monitor[],
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const monitor of monitors) {
    const master = known.confs.find(
      other => other.kind === 'server' && isKnownBy(other, monitor.port) && isLoopback(monitor.host),
    );
    const secret = master && lastDirective(master.directives, 'requirepass');
    const given = sentinelDirectives(monitor.conf, 'auth-pass').find(({ args }) => args[1] === monitor.name);
    if (!master || !secret?.args[0] || given?.args[2] === secret.args[0]) continue;
    findings.push({
      rule: 'sentinel-auth-pass-missing',
      severity: 'error',
      variant: given ? 'confWrong' : 'conf',
      values: {
        node: shortName(monitor.conf.file),
        master: monitor.name,
        address: `${monitor.host}:${monitor.port}`,
        since: '',
        seconds: 0,
      },
      evidence: evidenceOf(place(monitor.conf, given?.line ?? monitor.line), place(master, secret.line)),
    });
  }
  const own = confs.map(conf => ({ conf, secret: lastDirective(conf.directives, 'requirepass') }));
  const secrets = new Set(own.map(({ secret }) => secret?.args[0] ?? ''));
  if (secrets.size > 1)
    findings.push({
      rule: 'sentinel-password-mismatch',
      severity: 'error',
      values: { nodes: own.map(({ conf }) => shortName(conf.file)).join(', '), count: own.length },
      evidence: evidenceOf(...own.map(({ conf, secret }) => place(conf, secret?.line))),
    });
  return findings;
}
