import { Redis } from 'ioredis';

/** Asks a server or Sentinel directly, past everything that is tested. An error reply is thrown. */
export async function ask(
  port: number,
  password: string | undefined,
  ...words: readonly string[]
): Promise<unknown> {
  const client = new Redis({
    host: '127.0.0.1',
    port,
    ...(password === undefined ? {} : { password }),
    protocol: 2,
    lazyConnect: true,
    connectTimeout: 1_000,
    disconnectTimeout: 50,
    commandTimeout: 3_000,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    disableClientInfo: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const [command = '', ...rest] = words;
    return await client.call(command, ...rest);
  } finally {
    client.disconnect();
  }
}

/** One field of INFO, as the server says it. */
export async function infoField(port: number, password: string | undefined, field: string): Promise<string> {
  const text = String(await ask(port, password, 'INFO'));
  const line = text.split(/\r?\n/).find(candidate => candidate.startsWith(`${field}:`));
  return line?.slice(field.length + 1) ?? '';
}

/** The port of the master that a Sentinel knows and the flags it has, asked from it directly; it is the new one only when a failover is through. */
export async function masterKnownBy(
  sentinelPort: number,
  masterName = 'mymaster',
): Promise<{ readonly port: number; readonly flags: string }> {
  const fields = (await ask(sentinelPort, undefined, 'SENTINEL', 'MASTER', masterName)) as readonly string[];
  const value = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
  return { port: Number(value('port')), flags: value('flags') };
}
