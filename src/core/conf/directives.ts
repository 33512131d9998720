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

/** The bit of that version in the generated tables. */
export function standInBit(version: ServerVersion): number {
  return nearestKnown(version).bit;
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

/**
 * Directives of the Windows ports alone, with the last major version that has them: 2.8.2101 starts with all three, 3.0.504 refuses
 * `maxheap`.
 */
const windowsOnly: ReadonlyMap<string, number> = new Map([
  ['heapdir', 2],
  ['maxheap', 2],
  ['persistence-available', 3],
]);

/** The names of {@link windowsOnly} that this version starts with. */
export function windowsDirectiveNames({ windows, major }: ServerVersion): readonly string[] {
  return windows ? [...windowsOnly].flatMap(([name, last]) => (major <= last ? [name] : [])) : [];
}

/** Whether a server or Sentinel of this version starts with the directive (lower case; `sentinel monitor` with its sub-command). */
export function acceptsDirective(version: ServerVersion, kind: ConfKind, directive: string): boolean {
  if (windowsOnly.has(directive)) return windowsDirectiveNames(version).includes(directive);
  const masks = kind === 'server' ? serverDirectiveMasks : sentinelDirectiveMasks;
  return ((masks[directive] ?? 0) & (1 << nearestKnown(version).bit)) !== 0;
}

/** Whether any tested version starts with the directive. */
export function isKnownDirective(kind: ConfKind, directive: string): boolean {
  const masks = kind === 'server' ? serverDirectiveMasks : sentinelDirectiveMasks;
  return (masks[directive] ?? 0) !== 0 || windowsOnly.has(directive);
}

/** Whether every tested version, however old, starts with the directive. */
export function isDirectiveOfAll(kind: ConfKind, directive: string): boolean {
  return known.every(({ version }) => acceptsDirective(version, kind, directive));
}

/** The known directive that differs least from a misspelt one: at most two letters. Undefined where none is that close. */
export function similarDirective(kind: ConfKind, directive: string): string | undefined {
  const masks = kind === 'server' ? serverDirectiveMasks : sentinelDirectiveMasks;
  let best: string | undefined;
  let least = 3;
  for (const name of Object.keys(masks)) {
    const distance = Math.abs(name.length - directive.length) > 2 ? 3 : editDistance(name, directive);
    if (distance < least) {
      best = name;
      least = distance;
    }
  }
  return best;
}

/** How many letters must be put in, left out, changed or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => i + j),
  );
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, cell(i - 2, j - 2) + 1);
      const row = rows[i];
      if (row) row[j] = value;
    }
  return cell(a.length, b.length);
}

/** The first of several spellings (`replicaof`, `slaveof`) that this version starts with. */
export function acceptedSpelling(
  version: ServerVersion,
  kind: ConfKind,
  spellings: readonly string[],
): string | undefined {
  return spellings.find(spelling => acceptsDirective(version, kind, spelling));
}
