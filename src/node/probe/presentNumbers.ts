import type { Redis } from 'ioredis';
import { NumberSet } from '../../core/probe/numberSet';
import { probeKey, seenKey, type ProbeClientName } from '../../core/probe/probeConfig';
import type { ProbeRecord } from '../../core/probe/probeRecord';
import type { PresentNumbers } from '../../core/probe/verifyLedger';
import { openConnection } from '../redis/connection';

/** How many keys are asked for, or removed, at once. */
const keysAtOnce = 1_000;

/**
 * Looks for every write of a record on the server that listens on this port, one by one: nothing is sampled. Present is a key whose value is its number. Errors of
 * the connection are thrown.
 */
export async function readPresentNumbers(
  port: number,
  password: string | undefined,
  record: ProbeRecord,
): Promise<PresentNumbers> {
  const redis = await openConnection(port, password);
  try {
    const present = new Map<ProbeClientName, NumberSet>();
    for (const { client, attempts } of record.clients) {
      const numbers = new NumberSet(attempts.length);
      present.set(client, numbers);
      for (const { first, keys } of keyBatches(record.run, client, attempts.length)) {
        const values = await redis.mget(keys);
        for (const [index, value] of values.entries())
          if (value === String(first + index)) numbers.add(first + index);
      }
    }
    return present;
  } finally {
    redis.disconnect();
  }
}

/** Removes every key that a probe wrote. `port` must be the master's. */
export async function removeProbeKeys(
  port: number,
  password: string | undefined,
  record: ProbeRecord,
): Promise<void> {
  const redis: Redis = await openConnection(port, password);
  try {
    for (const { client, attempts } of record.clients)
      for (const { keys } of keyBatches(record.run, client, attempts.length)) await redis.del(keys);
    await redis.del(seenKey(record.run));
  } finally {
    redis.disconnect();
  }
}

function* keyBatches(
  run: string,
  client: ProbeClientName,
  highest: number,
): Generator<{ readonly first: number; readonly keys: string[] }> {
  for (let first = 1; first <= highest; first += keysAtOnce) {
    const count = Math.min(keysAtOnce, highest - first + 1);
    yield { first, keys: Array.from({ length: count }, (_, index) => probeKey(run, client, first + index)) };
  }
}
