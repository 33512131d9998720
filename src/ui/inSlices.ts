/** Work goes on for so many milliseconds, then everything else in the extension host has its turn. */
const slice = 8;

/** Does work that comes in steps, and gives what comes of it. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const end = performance.now() + slice;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await new Promise(resolve => setImmediate(resolve));
  }
}
