/** The version of a redis-server or valkey-server. `windows` marks the native ports, which parse their conf files differently. */
export interface ServerVersion {
  readonly product: 'redis' | 'valkey';
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly windows: boolean;
}

const versionForm = /^(?:(redis|valkey|windows)-)?(\d{1,4})\.(\d{1,5})(?:\.(\d{1,6}))?$/;

/** Reads `7.0.15`, `redis-7.0.15`, `valkey-9.1.2` or `windows-3.0.504`; anything else gives undefined. */
export function parseVersion(text: string): ServerVersion | undefined {
  const found = versionForm.exec(text.trim().toLowerCase());
  if (!found) return undefined;
  return {
    product: found[1] === 'valkey' ? 'valkey' : 'redis',
    major: Number(found[2]),
    minor: Number(found[3]),
    patch: Number(found[4] ?? 0),
    windows: found[1] === 'windows',
  };
}

/**
 * Reads what `redis-server --version` prints: `Redis server v=7.0.15 sha=…` or `Valkey server v=8.1.1 …` (server.c, `version()`).
 * 2.4 and older print another form and are not supported. Gives undefined for a program that is not a Redis.
 */
export function parseVersionOutput(output: string, windows: boolean): ServerVersion | undefined {
  const found = /\b(Redis|Valkey) server v=(\d+)\.(\d+)\.(\d+)/.exec(output);
  if (!found) return undefined;
  return {
    product: found[1] === 'Valkey' ? 'valkey' : 'redis',
    major: Number(found[2]),
    minor: Number(found[3]),
    patch: Number(found[4]),
    windows,
  };
}

/** The form that {@link parseVersion} reads, such as `redis-7.0.15`. */
export function formatVersion(version: ServerVersion): string {
  const product = version.windows ? 'windows' : version.product;
  return `${product}-${version.major}.${version.minor}.${version.patch}`;
}

/** The form for people: `Redis 7.0.15`, `Valkey 8.1.1`. */
export function displayVersion(version: ServerVersion): string {
  const numbers = `${version.major}.${version.minor}.${version.patch}`;
  return `${version.product === 'valkey' ? 'Valkey' : 'Redis'} ${numbers}`;
}

/** Below zero when `a` is older than `b`. The product does not count: Valkey went on from Redis 7.2. */
export function compareVersions(a: ServerVersion, b: ServerVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}
