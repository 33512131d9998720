// One line a step, with the time since the start: "[  3.2 s] redis-server 7.0.15".

const started = performance.now();

/**
 * Prints one line of progress.
 * @param {string} text
 */
export function say(text) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`[${seconds} s] ${text}`);
}

/**
 * Announces a step, does it, and says how long it took.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  say(`${title} …`);
  const before = performance.now();
  const result = await work();
  say(`${title}: done in ${((performance.now() - before) / 1000).toFixed(1)} s`);
  return result;
}
