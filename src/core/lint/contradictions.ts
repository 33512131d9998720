import { unknownRule } from '../conf/aclRules';
import { isIpAddress } from '../conf/ipAddress';
import type { ConfLine } from '../conf/confText';
import { directiveName, valuesOf } from '../conf/directiveName';
import { needsMonitor } from '../conf/sentinelStatements';
import { compareVersions, type ServerVersion } from '../conf/serverVersion';
import type { Finding } from '../diagnose/finding';
import { shortName } from '../diagnose/rules/confSentinel';
import { columnsOf, type LintConf, type LintFinding } from './lintFinding';

/** Lines that are right each for itself, and with which this version does not start all the same. */
export function contradictions(known: LintConf, version: ServerVersion): readonly LintFinding[] {
  const lines = known.conf.lines.filter(({ kind }) => kind === 'directive').map(named);
  const found =
    known.facts.kind === 'sentinel'
      ? [...unknownMasters(lines), ...hostNames(lines, version), ...shortIds(lines)]
      : [
          ...clusterReplica(lines),
          ...tlsWithoutCertificate(lines),
          ...paths(lines),
          ...optionalBinds(lines, version),
          ...unknownAclRules(lines),
        ];
  const { file } = known.source;
  return found.map(({ line, ...finding }) => ({
    severity: 'error',
    ...finding,
    values: { ...finding.values, node: shortName(file) },
    evidence: [{ file, line: line.line }],
    file,
    line: line.line,
    ...columnsOf(line),
    fixes: [],
  }));
}

interface Named {
  readonly line: ConfLine;
  readonly name: string;
  /** The values behind the name. */
  readonly values: readonly string[];
}

type Found = Pick<Finding, 'rule' | 'variant' | 'values'> & { readonly line: ConfLine };

function named(line: ConfLine): Named {
  return { line, name: directiveName(line), values: valuesOf(line) };
}

const lastOf = (lines: readonly Named[], name: string): Named | undefined =>
  lines.findLast(line => line.name === name);

function clusterReplica(lines: readonly Named[]): readonly Found[] {
  const cluster = lastOf(lines, 'cluster-enabled');
  const replica = lastOf(lines, 'replicaof') ?? lastOf(lines, 'slaveof');
  if (cluster?.values[0]?.toLowerCase() !== 'yes' || !replica) return [];
  return [notAccepted(replica.line, `${replica.name} directive not allowed in cluster mode`)];
}

function notAccepted(line: ConfLine, reason: string, variant?: string): Found {
  return {
    rule: 'conf-not-accepted',
    ...(variant === undefined ? {} : { variant }),
    values: { line: line.line, text: line.text.trim(), reason, node: '', error: reason, path: '' },
    line,
  };
}

function tlsWithoutCertificate(lines: readonly Named[]): readonly Found[] {
  const port = lastOf(lines, 'tls-port');
  if (!port || Number(port.values[0]) === 0) return [];
  const isComplete = lastOf(lines, 'tls-cert-file') && lastOf(lines, 'tls-key-file');
  return isComplete
    ? []
    : [{ rule: 'tls-mismatch', variant: 'certificate', values: { node: '', error: '' }, line: port.line }];
}

/** Names of files in `dir`: a path is refused (config.c, `isValidDBfilename`). */
const fileNames: ReadonlySet<string> = new Set(['dbfilename', 'appendfilename', 'appenddirname']);

function paths(lines: readonly Named[]): readonly Found[] {
  return lines
    .filter(({ name, values }) => fileNames.has(name) && /[\\/]/.test(values[0] ?? ''))
    .map(({ line, name }) => notAccepted(line, `${name} can't be a path, just a filename`));
}

/** A word in a `user` line that is no rule. */
function unknownAclRules(lines: readonly Named[]): readonly Found[] {
  return lines
    .filter(({ name }) => name === 'user')
    .flatMap(({ line, values }) => {
      const rule = unknownRule(values.slice(1));
      return rule === undefined ? [] : [notAccepted(line, rule, 'acl')];
    });
}

/** An address that may be missing (`-::1`) is known since 6.2. */
function optionalBinds(lines: readonly Named[], version: ServerVersion): readonly Found[] {
  if (!isOlder(version, 6, 2)) return [];
  return lines
    .filter(({ name, values }) => name === 'bind' && values.some(value => value.startsWith('-')))
    .map(({ line, values }) => ({
      rule: 'listen-address-unavailable',
      values: {
        address: values.find(value => value.startsWith('-')) ?? '',
        node: '',
        error: line.text.trim(),
        port: '',
        count: 1,
        text: line.text.trim(),
      },
      line,
    }));
}

/** Statements about a master that no monitor line names, wherever it stands. */
function unknownMasters(lines: readonly Named[]): readonly Found[] {
  const masters = new Set(
    lines.flatMap(({ name, values }) => (name === 'sentinel monitor' ? [values[0]] : [])),
  );
  return lines
    .filter(
      ({ name, values }) => needsMonitor.has(name) && values[0] !== undefined && !masters.has(values[0]),
    )
    .map(({ line, name }) => ({
      rule: 'option-before-monitor',
      values: { directive: name, line: line.line, text: line.text.trim(), node: '', reason: '' },
      line,
    }));
}

/** From 6.2 on a host name is only resolved after `resolve-hostnames yes` (sentinel.c, `createSentinelAddr`). */
function hostNames(lines: readonly Named[], version: ServerVersion): readonly Found[] {
  if (isOlder(version, 6, 2)) return [];
  const resolving = lines.find(
    ({ name, values }) => name === 'sentinel resolve-hostnames' && values[0]?.toLowerCase() === 'yes',
  );
  return lines
    .filter(({ name, values }) => name === 'sentinel monitor' && !isIpAddress(values[1] ?? ''))
    .filter(() => !resolving)
    .map(({ line, values }) => ({
      rule: 'hostname-not-resolved',
      variant: 'sentinel',
      values: { host: values[1] ?? '', line: line.line, node: '', master: '', error: '', count: 1 },
      line,
    }));
}

function shortIds(lines: readonly Named[]): readonly Found[] {
  return lines
    .filter(({ name, values }) => name === 'sentinel myid' && !/^.{40}$/.test(values[0] ?? ''))
    .map(({ line }) => notAccepted(line, 'Malformed Sentinel id in myid option'));
}

function isOlder(version: ServerVersion, major: number, minor: number): boolean {
  return version.product === 'redis' && compareVersions(version, { ...version, major, minor, patch: 0 }) < 0;
}
