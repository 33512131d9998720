import { countOf, nodeName, portOf, type CaseFile } from '../caseFile';
import { timeText } from '../fact';
import { evidenceOf, type Finding, type Severity } from '../finding';
import type { LinkFailure } from '../linkFailure';
import type { LinkOutage } from '../linkReader';
import type { LogFacts } from '../logFacts';
import { isLoopback } from './topology';

/** Replicas that do not get to their master: the network's part. Source: replication.c, `syncWithMaster()`. */
export function reachabilityRules(known: CaseFile): readonly Finding[] {
  return known.logs.flatMap(log => {
    const outages = log.outages.filter(
      outage => isWorthTelling(outage) || isOwnAddress(known, log, outage.master),
    );
    const masters = new Set(outages.map(outage => outage.master));
    return [...masters].flatMap(master =>
      judge(
        known,
        log,
        outages.filter(outage => outage.master === master),
      ),
    );
  });
}

/** Losing the master and finding it, or another one, again is the normal course of a restart and of a failover. */
function isWorthTelling({ hadLink, end, first, last, count }: LinkOutage): boolean {
  if (end?.how === 'moved') return false;
  if (!hadLink) return true;
  if (end?.how === 'synced') return false;
  return last.at - first.at >= longOutage || count >= 30;
}

/** Milliseconds. When all nodes of a lab are stopped, the replicas go on trying for some seconds. */
const longOutage = 15_000;

/** Reasons that have the same rule, in the order in which they count when a log has several. */
const ruleOfReason: readonly (readonly [LinkFailure, string])[] = [
  ['name', 'hostname-not-resolved'],
  ['address-family', 'address-family-mismatch'],
  ['not-redis', 'master-unreachable'],
  ['source-address', 'master-unreachable'],
  ['forbidden', 'master-unreachable'],
  ['no-route', 'master-unreachable'],
  ['timeout', 'master-unreachable'],
  ['silent', 'repl-timeout'],
  ['refused', 'master-unreachable'],
  ['write-failed', 'master-unreachable'],
  ['master-link-down', 'master-unreachable'],
  ['closed', 'master-unreachable'],
  ['other', 'master-unreachable'],
];

function judge(known: CaseFile, log: LogFacts, outages: readonly LinkOutage[]): readonly Finding[] {
  const outage = outages.at(-1);
  const first = outages[0];
  if (!outage || !first) return [];
  const reason = mainReason(outage);
  if (reason === undefined) return [];
  const healed = outage.end?.how === 'synced' ? outage.end.fact : undefined;
  const { host, port } = splitAddress(outage.master);
  const resolved = reason === 'source-address' && host !== '' && !isAddress(host) ? 'name' : reason;
  const rule = ruleOfReason.find(([candidate]) => candidate === resolved)?.[1] ?? 'master-unreachable';
  const isItself = isOwnAddress(known, log, outage.master);
  const isPassing = resolved === 'closed' || resolved === 'master-link-down' || resolved === 'other';
  if (isPassing && !isItself && (healed || outage.count < 3)) return [];
  const ports = otherPorts(known, log);
  const variant = variantOf(resolved, { healed: healed !== undefined, isItself, port, ports });
  const severity = severityOf({ healed: healed !== undefined, rule, isOver: outage.end?.how === 'moved' });
  const telling = outages.flatMap(one =>
    [...one.reasons.values()].flatMap(entry => [entry.first, entry.last]),
  );
  return [
    {
      rule,
      severity,
      ...(variant === undefined ? {} : { variant }),
      values: {
        node: nodeName(known, log),
        master: outage.master === '' ? '?' : outage.master,
        host: host === '' ? '?' : host,
        port: port ?? '?',
        count: outages.reduce((sum, one) => sum + one.count, 0),
        since: timeText(first.first),
        until: timeText(outage.last),
        seconds: Math.max(1, Math.round(((healed ?? outage.last).at - outage.first.at) / 1_000)),
        ports: ports.join(', '),
        replica: nodeName(known, log),
        error: errorText(outage, reason),
      },
      evidence: evidenceOf(...telling.toSorted((a, b) => a.line - b.line), healed),
    },
  ];
}

function severityOf(state: {
  readonly healed: boolean;
  readonly rule: string;
  readonly isOver: boolean;
}): Severity {
  if (state.isOver) return 'warning';
  if (!state.healed) return 'error';
  return state.rule === 'repl-timeout' ? 'warning' : 'info';
}

function mainReason(outage: LinkOutage): LinkFailure | undefined {
  const [main] = [...outage.reasons]
    .filter(([reason]) => ruleOfReason.some(([candidate]) => candidate === reason))
    .toSorted((a, b) => b[1].count - a[1].count);
  return main?.[0];
}

function variantOf(
  reason: LinkFailure,
  {
    healed,
    isItself,
    port,
    ports,
  }: {
    readonly healed: boolean;
    readonly isItself: boolean;
    readonly port: number | undefined;
    readonly ports: readonly number[];
  },
): string | undefined {
  if (reason === 'name') return 'replica';
  if (reason === 'address-family') return undefined;
  if (reason === 'silent') return 'handshake';
  if (isItself) return 'itself';
  if (reason === 'master-link-down') return 'chain';
  if (healed) return reason === 'timeout' || reason === 'no-route' ? 'healedTimeout' : 'startOrder';
  if (reason === 'refused' || reason === 'write-failed') {
    if (ports.length > 0 && port !== undefined && !ports.includes(port)) return 'wrongPort';
    return reason === 'refused' ? 'refused' : 'windows';
  }
  if (reason === 'timeout' || reason === 'no-route') return 'timeout';
  if (reason === 'source-address') return 'bind';
  if (reason === 'forbidden') return 'forbidden';
  if (reason === 'not-redis') return 'notRedis';
  if (reason === 'closed') return 'closed';
  return undefined;
}

/** Ports of the other data nodes that can be masters (they replicate from nobody), as far as their logs are here. */
function otherPorts(known: CaseFile, log: LogFacts): readonly number[] {
  const others = known.logs.filter(
    other =>
      other !== log &&
      !other.isSentinel &&
      other.runs.some(run => run.ready !== undefined) &&
      (countOf(other, 'connecting-master') === 0 || countOf(other, 'replica-asks-synchronization') > 0),
  );
  const ports = others.map(other => portOf(known, other));
  return ports.includes(undefined)
    ? []
    : [...new Set(ports.flatMap(port => port ?? []))].toSorted((a, b) => a - b);
}

function errorText(outage: LinkOutage, reason: LinkFailure): string {
  const args = outage.reasons.get(reason)?.first.args;
  return String(args?.['error'] ?? args?.['reply'] ?? '');
}

/** On other machines the same port is another node's. */
function isOwnAddress(known: CaseFile, log: LogFacts, address: string): boolean {
  const { host, port } = splitAddress(address);
  return port !== undefined && port === portOf(known, log) && isLoopback(host);
}

/** `::1:6379` has its port behind the last colon. */
function splitAddress(address: string): { readonly host: string; readonly port: number | undefined } {
  const at = address.lastIndexOf(':');
  if (at < 0) return { host: address, port: undefined };
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) || undefined };
}

function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');
}
