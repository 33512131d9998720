// Things that must be put away however this process ends, even by a signal.

/** @type {Set<() => void>} */
const tasks = new Set();

/**
 * Registers work (synchronous, it runs while the process is ending).
 * @param {() => void} task
 * @returns {() => void} takes the registration back
 */
export function atExit(task) {
  if (tasks.size === 0) listen();
  tasks.add(task);
  return () => tasks.delete(task);
}

let listening = false;

function listen() {
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    for (const task of tasks) task();
  });
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ])) {
    // Without a listener a signal ends the process and 'exit' is never heard. Somebody else's listener has precedence.
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + number);
    });
  }
}
