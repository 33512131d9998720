/** An error that a person can act on: its message says what is missing and what to do. Shown without a stack. */
export class Instruction extends Error {
  /** @override */
  name = 'Instruction';
}

/**
 * Runs a script's main function. Instructions are shown as plain text, other errors with their stack.
 * @param {() => Promise<number | void>} main gives the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    showError(error);
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
export function showError(error) {
  const reported = error instanceof Error && 'errors' in error && 'warnings' in error; // esbuild has printed these
  if (error instanceof Instruction || reported) console.error(`\n${error.message}`);
  else console.error(error);
}
