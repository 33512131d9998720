import * as l10n from '@vscode/l10n';
import { knownServers, sentinelDirectiveMasks, serverDirectiveMasks } from './directives.generated';
import type { ConfKind } from './directives';
import { displayVersion, parseVersion, type ServerVersion } from './serverVersion';

/** From which tested version of one product on, and up to which, it starts with a directive. Undefined ends: from the oldest, up to today. */
export interface VersionSpan {
  readonly since: ServerVersion | undefined;
  readonly until: ServerVersion | undefined;
}

/** Which versions know a directive; undefined: no version of this product. */
export interface DirectiveHistory {
  readonly redis: VersionSpan | undefined;
  readonly valkey: VersionSpan | undefined;
}

const servers = knownServers.flatMap((name, bit) => {
  const version = parseVersion(name);
  return version ? [{ version, bit }] : [];
});

/**
 * Every name that some version knows. Of the server's directives Sentinel takes those that the server takes: Redis 8.0 starts a Sentinel
 * with any word and ignores it, so what only Sentinel took says nothing.
 */
export function directiveNames(kind: ConfKind): readonly string[] {
  const server = Object.keys(serverDirectiveMasks);
  if (kind === 'server') return server;
  return [...Object.keys(sentinelDirectiveMasks).filter(name => name.startsWith('sentinel ')), ...server];
}

function maskOf(kind: ConfKind, name: string): number {
  const server = serverDirectiveMasks[name] ?? 0;
  if (kind === 'server') return server;
  const own = sentinelDirectiveMasks[name] ?? 0;
  return name.startsWith('sentinel ') ? own : own & server;
}

/** Which versions know the directive (lower case; `sentinel monitor` with its sub-command). */
export function directiveHistory(kind: ConfKind, name: string): DirectiveHistory {
  const mask = maskOf(kind, name);
  return { redis: spanOf(mask, 'redis'), valkey: spanOf(mask, 'valkey') };
}

function spanOf(mask: number, product: ServerVersion['product']): VersionSpan | undefined {
  const own = servers.filter(({ version }) => version.product === product);
  const taking = own.filter(({ bit }) => (mask & (1 << bit)) !== 0);
  const [first, last] = [taking[0], taking.at(-1)];
  if (!first || !last) return undefined;
  return {
    since: first === own[0] ? undefined : first.version,
    until: last === own.at(-1) ? undefined : last.version,
  };
}

/** Whether this directive is known to the version, as `acceptsDirective` but with the caution of {@link directiveNames}. */
export function isKnownTo(kind: ConfKind, name: string, bit: number): boolean {
  return (maskOf(kind, name) & (1 << bit)) !== 0;
}

/** The history in words: `Redis 5.0 and newer, Valkey`; nothing where every version knows the directive. */
export function historyText({ redis, valkey }: DirectiveHistory): string {
  if (redis && !redis.since && !redis.until && valkey && !valkey.since && !valkey.until) return '';
  const parts = [redis && spanText('Redis', redis), valkey && spanText('Valkey', valkey)];
  return parts.filter(part => part !== undefined).join(', ');
}

function spanText(product: string, { since, until }: VersionSpan): string {
  const name = (version: ServerVersion): string => shortVersion(version);
  if (since && until) return l10n.t('{0} {1} to {2}', product, name(since), name(until));
  if (since) return l10n.t('{0} {1} and newer', product, name(since));
  if (until) return l10n.t('{0} up to {1}', product, name(until));
  return product;
}

/** `7.2`: patches do not bring directives. */
function shortVersion({ major, minor }: ServerVersion): string {
  return `${major}.${minor}`;
}

/** All tested versions as people read them, newest first. */
export function testedVersions(): readonly { readonly name: string; readonly label: string }[] {
  return servers
    .map(({ version, bit }) => ({ name: knownServers[bit] ?? '', label: displayVersion(version), version }))
    .toSorted(
      (a, b) =>
        b.version.major - a.version.major || b.version.minor - a.version.minor || (a.name < b.name ? 1 : -1),
    )
    .map(({ name, label }) => ({ name, label }));
}
