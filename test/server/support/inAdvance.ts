/**
 * Begins work on all of these, a few at a time and in this order, and gives for each a promise of what comes of it. Labs mostly wait, so
 * several are at work while the tests look at one after the other. A failure is told by who asks for it.
 */
export function inAdvance<K, T>(
  all: readonly K[],
  atOnce: number,
  work: (one: K) => Promise<T>,
): ReadonlyMap<K, Promise<T>> {
  const begin = new Map<K, (result: Promise<T>) => void>();
  const results = new Map(
    all.map(one => {
      const result = new Promise<T>(resolve => begin.set(one, resolve));
      result.catch(() => {});
      return [one, result];
    }),
  );
  const waiting = [...all];
  const take = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const result = work(one);
      begin.get(one)?.(result);
      await result.catch(() => {});
    }
  };
  for (let taker = 0; taker < atOnce; taker++) void take();
  return results;
}
