const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1_000,
  kb: 1_024,
  m: 1_000_000,
  mb: 1_024 ** 2,
  g: 1_000_000_000,
  gb: 1_024 ** 3,
};

/** A size as Redis reads it (util.c, `memtoull`): `100mb` or `512` in bytes; undefined for anything else, such as `5%`. */
export function parseMemory(text: string): number | undefined {
  const found = /^(-?\d+)([a-z]{0,2})$/i.exec(text);
  const unit = units[found?.[2]?.toLowerCase() ?? '-'];
  return found && unit !== undefined ? Number(found[1]) * unit : undefined;
}

/** Bytes in the largest unit that leaves a whole number: `256mb`. */
export function formatMemory(bytes: number): string {
  for (const unit of ['gb', 'mb', 'kb']) {
    const size = units[unit] ?? 1;
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}
