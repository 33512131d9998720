import { Redis } from 'ioredis';

/** Asks a server or Sentinel directly, past everything that is tested. An error reply is thrown. */
export async function ask(port: number, password: string | undefined, ...words: readonly string[]): Promise<unknown> {
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

/** The port of the master that a Sentinel knows, asked from it directly. */
export async function masterKnownBy(sentinelPort: number, masterName = 'mymaster'): Promise<number> {
  const address = await ask(sentinelPort, undefined, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', masterName);
  return Array.isArray(address) ? Number(address[1]) : 0;
}
