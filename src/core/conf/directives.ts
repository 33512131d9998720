import { knownServers, sentinelDirectiveMasks, serverDirectiveMasks } from './directives.generated';
import { compareVersions, parseVersion, type ServerVersion } from './serverVersion';

/** Which of the two programs reads a conf file: they know different directives. */
export type ConfKind = 'server' | 'sentinel';

const known = knownServers.map((name, bit) => {
  const version = parseVersion(name);
  if (!version) throw new Error(`directives.generated.ts names an unreadable version: ${name}`);
  return { version, bit };
});

/**
 * The tested version that stands in for `version`: itself, else the nearest older one of the same product, else the oldest.
 * A Valkey older than the tested ones is Redis 7.2, from which it was made; a Windows port behaves like the Redis it was made from.
 */
export function standInFor(version: ServerVersion): ServerVersion {
  return nearestKnown(version).version;
}

function nearestKnown(version: ServerVersion): { version: ServerVersion; bit: number } {
  const older = known
    .filter(candidate => compareVersions(candidate.version, version) <= 0)
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const nearest =
    older.find(candidate => candidate.version.product === version.product) ?? older[0] ?? known[0];
  if (!nearest) throw new Error(`no tested version for ${version.product}`);
  return nearest;
}

/** Whether a server or Sentinel of this version starts with the directive (lower case; `sentinel monitor` with its sub-command). */
export function acceptsDirective(version: ServerVersion, kind: ConfKind, directive: string): boolean {
  const masks = kind === 'server' ? serverDirectiveMasks : sentinelDirectiveMasks;
  return ((masks[directive] ?? 0) & (1 << nearestKnown(version).bit)) !== 0;
}

/** The first of several spellings (`replicaof`, `slaveof`) that this version starts with. */
export function acceptedSpelling(
  version: ServerVersion,
  kind: ConfKind,
  spellings: readonly string[],
): string | undefined {
  return spellings.find(spelling => acceptsDirective(version, kind, spelling));
}
