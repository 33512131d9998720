import { factsOf, nodeName, portOf, type CaseFile } from '../caseFile';
import { addressText, textArg, timeText, type Fact } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';
import { sentinelLogs } from '../sentinelMoment';
import { masterNames } from './elections';

/** Who knows whom, and under which name: what Sentinels got wrong about each other and about their masters. */
export function topologyRules(known: CaseFile): readonly Finding[] {
  const logs = sentinelLogs(known.logs);
  return [
    ...duplicateIds(known, logs),
    ...logs.flatMap(log => addressFlaps(known, log)),
    ...logs.flatMap(log => ghosts(known, log)),
    ...differentMasters(known, logs),
    ...replicaAsMaster(known, logs),
    ...logs.flatMap(log => loopback(known, log)),
    ...logs.flatMap(log => containerAddress(known, log)),
    ...logs.flatMap(log => linkLocal(known, log)),
    ...logs.flatMap(log => neverReached(known, log)),
    ...logs.flatMap(log => notSaved(known, log)),
  ];
}

/** Two Sentinels with one id take each other for themselves and never meet. */
function duplicateIds(known: CaseFile, logs: readonly LogFacts[]): readonly Finding[] {
  const byId = new Map<string, { readonly log: LogFacts; readonly fact: Fact }[]>();
  for (const log of logs)
    for (const fact of factsOf(log, 'sentinel-id').slice(-1)) {
      const id = textArg(fact, 'id', 'runId');
      byId.set(id, [...(byId.get(id) ?? []), { log, fact }]);
    }
  return [...byId].flatMap(([id, owners]) => {
    const differing = owners.filter(({ log }) =>
      owners.some(other => other.log !== log && areTwoProcesses(known, log, other.log)),
    );
    const [first] = differing;
    if (!first || id === '') return [];
    return [
      {
        rule: 'duplicate-myid',
        severity: 'error' as const,
        values: {
          id: id.slice(0, 8),
          count: differing.length,
          nodes: differing.map(({ log }) => shortName(log.file)).join(', '),
        },
        evidence: evidenceOf(...differing.map(({ fact }) => fact)),
      },
    ];
  });
}

/** The file alone, without its folders: two Sentinels with one id have one address for all others. */
function shortName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}

/** Two parts of one log have the same pid, or follow each other; two Sentinels have different ports or run at the same time. */
function areTwoProcesses(known: CaseFile, a: LogFacts, b: LogFacts): boolean {
  const ownPort = (log: LogFacts): number | undefined =>
    log.runs.findLast(run => run.port)?.port ?? portOf(known, log);
  const [portA, portB] = [ownPort(a), ownPort(b)];
  if (portA !== undefined && portB !== undefined && portA !== portB) return true;
  const pids = new Set(a.runs.map(run => run.pid));
  if (b.runs.some(run => pids.has(run.pid))) return false;
  if (!a.first || !a.last || !b.first || !b.last) return false;
  return a.first.at < b.last.at && b.first.at < a.last.at;
}

/** One Sentinel that is seen under two addresses in turn. */
function addressFlaps(known: CaseFile, log: LogFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const removed = factsOf(log, '-dup-sentinel');
  if (removed.length >= 4) {
    findings.push({
      rule: 'duplicate-sentinel-addresses',
      severity: 'warning',
      values: { node: nodeName(known, log), count: removed.length, since: timeText(removed[0]) },
      evidence: evidenceOf(...removed),
    });
  }
  const switched = factsOf(log, '+sentinel-address-switch');
  const byId = new Map<string, Fact[]>();
  for (const fact of switched) {
    const id = textArg(fact, 'runid');
    byId.set(id, [...(byId.get(id) ?? []), fact]);
  }
  for (const [id, facts] of byId) {
    const addresses = new Set(facts.map(fact => `${textArg(fact, 'ip')}:${textArg(fact, 'port')}`));
    if (facts.length < 4 || addresses.size < 2) continue;
    findings.push({
      rule: 'duplicate-myid',
      severity: 'error',
      variant: 'seen',
      values: {
        id: id.slice(0, 8),
        count: facts.length,
        nodes: [...addresses].join(', '),
        node: nodeName(known, log),
      },
      evidence: evidenceOf(...facts),
    });
  }
  return findings;
}

/** Milliseconds after which an instance that does not come back is taken for one that never will. */
const ghostTime = 300_000;

function ghosts(known: CaseFile, log: LogFacts): readonly Finding[] {
  const { last } = log;
  if (!last) return [];
  const lost = [...log.downTimes].flatMap(([key, times]) => {
    const time = times.at(-1);
    return time && !key.startsWith('master ') && !time.up && !time.gone && last.at - time.down.at > ghostTime
      ? [time]
      : [];
  });
  const [first] = lost;
  if (!first) return [];
  const failed = factsOf(log, '-failover-abort-not-elected');
  return [
    {
      rule: 'ghost-instances',
      severity: failed.length > 0 ? 'error' : 'warning',
      values: {
        node: nodeName(known, log),
        count: lost.length,
        instances: lost.map(time => addressText(time.down.instance)).join(', '),
        minutes: Math.round((last.at - first.down.at) / 60_000),
      },
      evidence: evidenceOf(...lost.map(time => time.down), ...failed.slice(-1)),
    },
  ];
}

/** One name, two masters: each Sentinel is content with its own. */
function differentMasters(known: CaseFile, logs: readonly LogFacts[]): readonly Finding[] {
  const names = new Set(logs.flatMap(log => masterNames(log)));
  return [...names].flatMap(name => {
    if (logs.some(log => factsOf(log, '+switch-master').some(fact => textArg(fact, 'masterName') === name)))
      return [];
    const firsts = logs.flatMap(
      log => factsOf(log, '+monitor').find(fact => fact.master?.name === name) ?? [],
    );
    const addresses = new Set(firsts.map(fact => plainAddress(fact.instance)));
    const [first] = firsts;
    if (!first || addresses.size < 2) return [];
    const spread = Math.max(...firsts.map(fact => fact.at)) - Math.min(...firsts.map(fact => fact.at));
    if (spread > 60_000) return [];
    return [
      {
        rule: 'sentinels-watch-different-masters',
        severity: 'error' as const,
        values: { master: name, addresses: [...addresses].join(', '), count: addresses.size },
        evidence: evidenceOf(...firsts),
      },
    ];
  });
}

function plainAddress(instance: Fact['instance']): string {
  const address = addressText(instance);
  return address.replace(/^(?:localhost|::1|127\.\d+\.\d+\.\d+):/, '127.0.0.1:');
}

function replicaAsMaster(known: CaseFile, logs: readonly LogFacts[]): readonly Finding[] {
  const replicas = logs.flatMap(log => factsOf(log, '+slave'));
  return logs.flatMap(log =>
    factsOf(log, '+monitor').flatMap(monitor => {
      const address = plainAddress(monitor.instance);
      const seen = replicas.find(
        fact => plainAddress(fact.instance) === address && fact.master?.name !== monitor.master?.name,
      );
      if (!seen) return [];
      const down = factsOf(log, '+sdown').find(
        fact => fact.line > monitor.line && fact.instance?.name === monitor.instance?.name,
      );
      return [
        {
          rule: 'replica-monitored-as-master',
          severity: 'error' as const,
          values: {
            node: nodeName(known, log),
            name: monitor.instance?.name ?? '?',
            address,
            master: seen.master?.name ?? '?',
          },
          evidence: evidenceOf(monitor, seen, down),
        },
      ];
    }),
  );
}

/** The master is watched as 127.0.0.1, yet others are elsewhere: they are told to go to themselves. */
function loopback(known: CaseFile, log: LogFacts): readonly Finding[] {
  const monitor = factsOf(log, '+monitor').find(fact => isLoopback(fact.instance?.ip ?? ''));
  if (!monitor) return [];
  const far = factsOf(log, '+slave', '+sentinel').find(
    fact =>
      fact.master?.name === monitor.master?.name &&
      isLoopback(fact.master?.ip ?? '') &&
      /^\d+\.\d+\.\d+\.\d+$/.test(fact.instance?.ip ?? '') &&
      !isLoopback(fact.instance?.ip ?? ''),
  );
  if (!far) return [];
  return [
    {
      rule: 'loopback-monitor-address',
      severity: 'warning',
      values: {
        node: nodeName(known, log),
        master: monitor.master?.name ?? '?',
        address: addressText(monitor.instance),
        other: addressText(far.instance),
      },
      evidence: evidenceOf(monitor, far),
    },
  ];
}

export function isLoopback(host: string): boolean {
  return /^(?:127\.|::1$|localhost$)/i.test(host);
}

/** Addresses of a container network that the Sentinel cannot reach. */
function containerAddress(known: CaseFile, log: LogFacts): readonly Finding[] {
  const lost = [...log.downTimes].flatMap(([key, times]) => {
    const time = times.at(-1);
    const ip = time?.down.instance?.ip ?? '';
    const isForeign = isContainer(ip) && !isContainer(time?.down.master?.ip ?? '');
    return time && key.startsWith('slave ') && isForeign && !time.up ? [time.down] : [];
  });
  const [first] = lost;
  if (!first) return [];
  const met = factsOf(log, '+slave').find(fact => addressText(fact.instance) === addressText(first.instance));
  return [
    {
      rule: 'nat-announced-address',
      severity: 'error',
      values: {
        node: nodeName(known, log),
        address: addressText(first.instance),
        master: addressText(first.master),
        count: lost.length,
      },
      evidence: evidenceOf(met, ...lost),
    },
  ];
}

/** Docker's own networks begin at 172.17; 172.16.0.0/12 is what it takes them from. */
function isContainer(ip: string): boolean {
  const second = Number(/^172\.(\d+)\./.exec(ip)?.[1] ?? 0);
  return second >= 16 && second <= 31;
}

/** fe80:: addresses are good on one link only, and not without its name. */
function linkLocal(known: CaseFile, log: LogFacts): readonly Finding[] {
  const met = factsOf(log, '+slave', '+sentinel').filter(fact => /^fe80:/i.test(fact.instance?.ip ?? ''));
  const [first] = met;
  if (!first) return [];
  return [
    {
      rule: 'address-family-mismatch',
      severity: 'warning',
      variant: 'linkLocal',
      values: {
        node: nodeName(known, log),
        address: first.instance?.ip ?? '',
        count: met.length,
        master: '',
        host: '',
      },
      evidence: evidenceOf(...met),
    },
  ];
}

/**
 * A Sentinel that never got an answer from its master: it met no replica and no other Sentinel, and thinks that the master is down
 * since its start. When the master was alive then, the Sentinel was not let in.
 */
function neverReached(known: CaseFile, log: LogFacts): readonly Finding[] {
  return masterNames(log).flatMap(name => {
    const monitor = factsOf(log, '+monitor').find(fact => fact.master?.name === name);
    const down = factsOf(log, '+sdown').find(
      fact => fact.instance?.type === 'master' && fact.instance.name === name,
    );
    if (!monitor || !down || !isFirstStart(log)) return [];
    const answered = factsOf(log, '+slave', '+sentinel', '-sdown', '+reboot', '+switch-master').some(
      fact => fact.master?.name === name || textArg(fact, 'masterName') === name,
    );
    if (answered) return [];
    const alive = aliveProof(known, log, down);
    const values = {
      node: nodeName(known, log),
      master: name,
      address: addressText(monitor.instance),
      host: monitor.instance?.ip ?? '?',
      port: monitor.instance?.port ?? '?',
      since: timeText(down),
      count: 1,
      seconds: Math.round((down.at - monitor.at) / 1_000),
      ports: '',
      error: '',
      until: '',
    };
    return [
      alive
        ? {
            rule: 'sentinel-auth-pass-missing',
            severity: 'error' as const,
            values,
            evidence: evidenceOf(monitor, down, alive),
          }
        : {
            rule: 'master-unreachable',
            severity: 'error' as const,
            variant: 'sentinel',
            values,
            evidence: evidenceOf(monitor, down),
          },
    ];
  });
}

function isFirstStart(log: LogFacts): boolean {
  return log.runs.length === 1 && factsOf(log, '+monitor').length > 0;
}

/** A line that proves that the master was running when this Sentinel took it for dead. */
function aliveProof(known: CaseFile, log: LogFacts, down: Fact): Fact | undefined {
  const address = plainAddress(down.instance);
  for (const other of known.logs) {
    if (other === log) continue;
    if (other.isSentinel) {
      const met = factsOf(other, '+slave', '-sdown').find(
        fact => fact.master && plainAddress(fact.master) === address && Math.abs(fact.at - down.at) < 60_000,
      );
      const isDown = factsOf(other, '+sdown').some(
        fact => plainAddress(fact.instance) === address && Math.abs(fact.at - down.at) < 60_000,
      );
      if (met && !isDown) return met;
    } else if (isOnlyOneAt(known, down.instance?.port) && portOf(known, other) === down.instance?.port) {
      const run = other.runs.find(
        one => (one.ready?.at ?? Number.MAX_SAFE_INTEGER) <= down.at && one.last.at >= down.at + 3_000,
      );
      if (run) return run.ready;
    }
  }
  return undefined;
}

/** With several servers on one port, on several machines, nobody knows whose log is whose. */
function isOnlyOneAt(known: CaseFile, port: number | undefined): boolean {
  return known.logs.filter(log => !log.isSentinel && portOf(known, log) === port).length === 1;
}

/** What Sentinel cannot save, it has forgotten after its next start. */
function notSaved(known: CaseFile, log: LogFacts): readonly Finding[] {
  const facts = factsOf(log, 'warning-sentinel-was-not-able-save-new');
  const [first] = facts;
  if (!first) return [];
  const causes = factsOf(
    log,
    'could-not-create-tmp-config-file',
    'could-not-rename-tmp-config-file',
    'failed-after-writing-bytes-tmp-config-file',
    'could-not-sync-tmp-config-file-disk',
  );
  return [
    {
      rule: 'sentinel-conf-not-saved',
      severity: 'error',
      ...(causes.some(fact => /busy/i.test(textArg(fact, 'error'))) ? { variant: 'mount' } : {}),
      values: {
        node: nodeName(known, log),
        count: facts.length,
        since: timeText(first),
        error: textArg(first, 'error'),
      },
      evidence: evidenceOf(...causes.slice(0, 2), ...facts),
    },
  ];
}
