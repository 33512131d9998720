import type { Redis } from 'ioredis';
import { labHost } from '../../core/model/lab';

/** How long connecting may take on the loopback, in milliseconds. */
const connectTime = 1_000;
/** How long the other side may take to close too, in milliseconds: a frozen node never does, and nobody waits for it. */
const farewellTime = 50;

/**
 * A connection for watching: it never reconnects, queues or repeats anything by itself, because a node that goes away is news here.
 * RESP2, which every server since 2.8 speaks. ioredis is loaded with the first connection.
 */
export async function openConnection(port: number, password: string | undefined): Promise<Redis> {
  const { Redis: Client } = await import('ioredis');
  const client = new Client({
    host: labHost,
    port,
    ...(password === undefined ? {} : { password }),
    protocol: 2,
    lazyConnect: true,
    connectTimeout: connectTime,
    disconnectTimeout: farewellTime,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    disableClientInfo: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Failures come back through the commands and the 'close' event; without a listener ioredis prints them.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

/** Whether a server refused the password, in the words of any version: NOAUTH, WRONGPASS, `ERR invalid password`. */
export function isAuthError(error: unknown): boolean {
  return error instanceof Error && /NOAUTH|WRONGPASS|invalid password|NOPERM/i.test(error.message);
}
