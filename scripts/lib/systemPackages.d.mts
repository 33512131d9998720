/** A Redis or Valkey server of this machine. */
export function findRedis(): string | undefined;
