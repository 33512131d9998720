// The levels of tests: what each needs, how it runs.
import path from 'node:path';
import { buildPrograms, buildTests, testFiles } from '../build.mjs';
import { packExtension } from '../package.mjs';
import { Instruction } from './instruction.mjs';
import { runInNode } from './nodeLevel.mjs';
import { out } from './paths.mjs';
import { runSideBySide } from './sideBySide.mjs';
import { step } from './steps.mjs';
import { ensureChromium, ensureRedis } from './systemPackages.mjs';
import { ensureVscodeServer } from './vscodeServer.mjs';

/** @typedef {'redis' | 'chromium' | 'vscode' | 'programs' | 'vsix'} Need */

const minutes = 60_000;

/**
 * timeout: milliseconds for one test, limit: for the level. Files run one after the other where nothing is said of lanes.
 * @type {Record<string, { needs: Need[]; timeout: number; limit: number; lanes?: import('./sideBySide.mjs').Lanes }>}
 */
export const levels = {
  unit: { needs: [], timeout: 10_000, limit: 5 * minutes },
  golden: { needs: [], timeout: 10_000, limit: 5 * minutes },
  server: {
    needs: ['redis', 'programs'],
    timeout: 60_000,
    limit: 40 * minutes,
    // Labs mostly wait, for Redis' own times.
    lanes: {
      atOnce: 2,
      longFirst: [
        'exercises',
        'drills',
        'faults',
        'probeFailover',
        'prediction',
        'adopt',
        'network',
        'drillCommand',
        'failover',
      ],
    },
  },
  vscode: { needs: ['redis', 'chromium', 'vscode', 'programs'], timeout: 60_000, limit: 20 * minutes },
  ui: { needs: ['redis', 'chromium', 'vscode', 'vsix'], timeout: 120_000, limit: 30 * minutes },
};

/**
 * Provides what these levels need and bundles their tests.
 * @param {readonly string[]} names
 */
export async function prepare(names) {
  const needs = new Set(names.flatMap(name => levels[name]?.needs ?? []));
  if (needs.has('redis') && !process.env.REDIS_HA_LAB_TEST_SERVER) await ensureRedis();
  if (needs.has('chromium')) await ensureChromium();
  if (needs.has('vscode')) await ensureVscodeServer();
  if (needs.has('vsix')) await step('package', packExtension);
  // After the package: its minified bundles are replaced by ones with source maps, for readable stacks.
  if (needs.has('programs')) await step('build', () => buildPrograms());
  await step(`bundle the tests of ${names.join(', ')}`, () => buildTests(names));
}

/**
 * Runs one level whose needs are there.
 * @param {string} name
 * @param {{ grep?: string; parts?: readonly string[]; env?: NodeJS.ProcessEnv }} [options]
 *   parts: only files whose path contains one of these
 * @returns {Promise<import('./runMocha.mjs').MochaResults>}
 */
export async function runLevel(name, { grep, parts = [], env } = {}) {
  const level = levels[name];
  if (!level)
    throw new Instruction(`There is no level "${name}". The levels are: ${Object.keys(levels).join(', ')}.`);
  const found = testFiles(name).filter(file => parts.length === 0 || parts.some(part => file.includes(part)));
  if (found.length === 0) {
    const error = `no tests in test/${name}${parts.length > 0 ? ` whose path contains ${parts.join(' or ')}` : ''}`;
    console.error(`\n  ${error}\n`);
    return { passed: 0, failed: 1, skipped: 0, failures: [{ title: name, error }] };
  }
  const files = found.map(file => path.join(out, file.replace(/\.ts$/, '.js')));
  return runFiles(name, level, files, { ...(grep ? { grep } : {}), ...(env ? { env } : {}) });
}

/**
 * @param {string} name
 * @param {(typeof levels)[string]} level
 * @param {readonly string[]} files
 * @param {{ grep?: string; env?: NodeJS.ProcessEnv }} options
 */
async function runFiles(name, { timeout, limit, lanes }, files, options) {
  if (name === 'vscode') {
    // loaded late: it imports playwright-core
    const { runInExtensionHost } = await import('./extensionHost.mjs');
    return runInExtensionHost({ ...options, limit });
  }
  // Most files have nothing that a pattern fits: a process for each would be for nothing.
  if (!lanes || options.grep !== undefined || files.length === 1)
    return runInNode({ level: name, files, timeout, limit, ...options });
  return runSideBySide({ level: name, files, timeout, limit, ...lanes, ...options });
}
