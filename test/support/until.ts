import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `probe` gives something true and returns it. What the probe throws counts as "not yet" and is the cause
 * of the error in the end.
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  { timeout = 10_000, every = 50 } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeout;
  let cause: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > deadline) throw new Error(`Not within ${timeout / 1000} s: ${what}`, { cause });
    await sleep(every);
  }
}
