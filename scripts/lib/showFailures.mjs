// The failed tests once more at the end: what a file printed is far above, and whoever keeps only the end of the output
// wants the reason.

/** How many lines of the error of one test are shown. */
const errorLines = 12;

/**
 * @param {string} where the level, the server
 * @param {import('./runMocha.mjs').MochaResults['failures']} failures
 */
export function showFailures(where, failures) {
  for (const { title, error } of failures) {
    const lines = error.trim().split('\n').slice(0, errorLines);
    console.log(`failed in ${where}: ${title}\n    ${lines.join('\n    ')}\n`);
  }
}
