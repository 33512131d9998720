// Runs bundled tests under plain node, in a process of their own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { out, root } from './paths.mjs';

/** How long a process may live on after its last test. */
const graceAfterResults = 15_000;

/** How many were started: each has results of its own. */
let started = 0;

/**
 * @typedef {import('./runMocha.mjs').MochaResults} MochaResults
 *
 * @typedef {object} LevelOptions
 * @property {string} level
 * @property {readonly string[]} files bundled test files
 * @property {number} timeout milliseconds for one test
 * @property {number} limit milliseconds for all of them
 * @property {string} [grep]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [output] an open file that takes what they print, in place of our own output
 */

/**
 * @param {LevelOptions} options
 * @returns {Promise<MochaResults>}
 */
export async function runInNode({ level, files, timeout, limit, grep, env, output }) {
  const resultsFile = path.join(out, `results-${level}-${process.pid}-${++started}.json`);
  mkdirSync(out, { recursive: true });
  rmSync(resultsFile, { force: true });
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', path.join(root, 'scripts/lib/mochaChild.mjs'), ...files],
    {
      cwd: root,
      stdio: ['ignore', output ?? 'inherit', output ?? 'inherit'],
      env: {
        ...process.env,
        ...env,
        REDIS_HA_LAB_TEST_RESULTS: resultsFile,
        REDIS_HA_LAB_TEST_TIMEOUT: String(timeout),
        ...(process.stdout.isTTY ? { REDIS_HA_LAB_TEST_COLOR: '1' } : {}),
        ...(grep ? { REDIS_HA_LAB_TEST_GREP: grep } : {}),
      },
    },
  );
  const trouble = await ended(child, resultsFile, limit);
  return readResults(resultsFile, trouble);
}

/**
 * Waits for the end of the tests' process and ends it when it takes too long.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} resultsFile
 * @param {number} limit
 * @returns {Promise<string | undefined>} what was wrong
 */
function ended(child, resultsFile, limit) {
  return new Promise(resolve => {
    /** @type {string | undefined} */
    let trouble;
    let doneAt = 0;
    const begun = Date.now();
    const stop = (/** @type {string} */ why) => {
      if (trouble) return;
      trouble = why;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    };
    const look = () => {
      if (existsSync(resultsFile)) doneAt ||= Date.now();
      if (doneAt && Date.now() - doneAt > graceAfterResults)
        stop('the process did not end after its tests: something was left open');
      else if (Date.now() - begun > limit) stop(`the tests did not end in ${limit / 60_000} minutes`);
    };
    const watch = setInterval(look, 1000);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      if (!trouble && !existsSync(resultsFile))
        trouble = `the tests' process ended early with ${signal ?? `exit code ${code}`}`;
      resolve(trouble);
    });
  });
}

/**
 * The results of a process. Trouble with it, no results and no test each count as one failed test.
 * @param {string} resultsFile
 * @param {string | undefined} trouble
 * @returns {MochaResults}
 */
export function readResults(resultsFile, trouble) {
  /** @type {MochaResults} */
  const results = existsSync(resultsFile)
    ? JSON.parse(readFileSync(resultsFile, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, failures: [] };
  rmSync(resultsFile, { force: true });
  const all = results.passed + results.failed + results.skipped;
  const wrong = trouble ?? (all === 0 ? 'no test ran' : undefined);
  if (wrong) {
    results.failed++;
    results.failures.push({ title: 'the run', error: wrong });
    console.error(`\n  ${wrong}\n`);
  }
  return results;
}
