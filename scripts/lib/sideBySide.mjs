// Runs test files side by side: each in a process of its own, a few processes at a time.
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runInNode } from './nodeLevel.mjs';
import { out } from './paths.mjs';
import { say } from './steps.mjs';

/**
 * Where the tests may listen. Below the ports from 22000 on, among which a drill of the command line looks for a lab of its own
 * (src/node/drill/temporaryLab.ts).
 */
const ports = { first: 20_000, end: 22_000 };

/**
 * @typedef {import('./runMocha.mjs').MochaResults} MochaResults
 *
 * @typedef {object} Lanes
 * @property {number} atOnce how many processes
 * @property {readonly string[]} longFirst names of files that take longest: begun late, one of them would run on alone
 */

/**
 * What a process is done with takes the next file. The output of a file is printed as one piece when it is done.
 * @param {Omit<import('./nodeLevel.mjs').LevelOptions, 'grep' | 'output'> & Lanes} options limit: milliseconds for all
 * @returns {Promise<MochaResults>} the sum
 */
export async function runSideBySide({ files, atOnce, longFirst, limit, env, ...options }) {
  const waiting = inOrder(files, longFirst);
  const end = Date.now() + limit;
  /** @type {MochaResults} */
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const work = async (/** @type {number} */ lane) => {
    const own = { ...env, REDIS_HA_LAB_TEST_PORTS: slice(lane, atOnce) };
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const left = Math.max(end - Date.now(), 0);
      const results = await runFile(file, { ...options, env: own, limit: left });
      sum.passed += results.passed;
      sum.failed += results.failed;
      sum.skipped += results.skipped;
      sum.failures.push(...results.failures);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, lane) => work(lane)));
  return sum;
}

/**
 * @param {string} file
 * @param {Omit<import('./nodeLevel.mjs').LevelOptions, 'files' | 'output'>} options
 * @returns {Promise<MochaResults>}
 */
async function runFile(file, options) {
  const name = nameOf(file);
  const printed = path.join(out, `output-${options.level}-${process.pid}-${name}.txt`);
  const output = openSync(printed, 'w');
  const began = performance.now();
  try {
    const results = await runInNode({ ...options, files: [file], output });
    say(`${options.level}/${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    process.stdout.write(readFileSync(printed));
    return {
      ...results,
      failures: results.failures.map(({ title, error }) => ({ title: `${name}: ${title}`, error })),
    };
  } finally {
    closeSync(output);
    rmSync(printed, { force: true });
  }
}

/**
 * @param {readonly string[]} files
 * @param {readonly string[]} longFirst
 */
function inOrder(files, longFirst) {
  const rank = (/** @type {string} */ file) => {
    const index = longFirst.indexOf(nameOf(file));
    return index < 0 ? longFirst.length : index;
  };
  return files.toSorted((a, b) => rank(a) - rank(b));
}

/** @param {string} file */
function nameOf(file) {
  return path.basename(file).replace(/\.test\.[jt]s$/, '');
}

/**
 * The ports of one process, for test/support/freePorts.ts.
 * @param {number} lane
 * @param {number} atOnce
 */
function slice(lane, atOnce) {
  const width = Math.floor((ports.end - ports.first) / atOnce);
  const first = ports.first + lane * width;
  return `${first}-${first + width - 1}`;
}
