// All tests:   node scripts/test.mjs
// One level:   node scripts/test.mjs unit|golden|server|vscode|ui [part of a file name …] [--grep PATTERN]
// The last line is always "N passed, N failed".
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Instruction, runMain, showError } from './lib/instruction.mjs';
import { levels, prepare, runLevel } from './lib/levels.mjs';
import { ensureNpmPackages } from './lib/npmPackages.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { showFailures } from './lib/showFailures.mjs';
import { say } from './lib/steps.mjs';

/**
 * One line of the summary.
 * @typedef {import('./lib/runMocha.mjs').MochaResults & { name: string; seconds: number }} Row
 */

/** @type {Row[]} */
const rows = [];

/**
 * Does one part and keeps its counts. Whatever goes wrong in it is one failed test, and the next part still runs.
 * @param {string} name
 * @param {() => Promise<Partial<import('./lib/runMocha.mjs').MochaResults>>} work
 */
async function part(name, work) {
  console.log(`\n=== ${name} ===`);
  const started = performance.now();
  const results = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    Object.assign(results, await work());
  } catch (error) {
    showError(error);
    results.failed = 1;
  }
  rows.push({ name, ...results, seconds: (performance.now() - started) / 1000 });
  return results.failed === 0;
}

/**
 * A tool that succeeds or fails as a whole: one test.
 * @param {string} bin
 * @param {readonly string[]} args
 */
async function tool(bin, args) {
  const { code } = await run(process.execPath, [path.join(root, 'node_modules', bin), ...args], {
    cwd: root,
    show: true,
  });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {() => Promise<unknown>} work */
async function preparation(work) {
  await work();
  return { passed: 0, failed: 0 };
}

async function everything() {
  const names = Object.keys(levels);
  if (!(await part('npm packages', () => preparation(ensureNpmPackages)))) return;
  await part('typecheck', () => tool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']));
  await part('typecheck of the browser side', () =>
    tool('typescript/bin/tsc', ['--noEmit', '-p', 'src/webview/tsconfig.json']),
  );
  await part('lint', () => tool('oxlint/bin/oxlint', ['--type-aware', 'src', 'test']));
  if (!(await part('preparation', () => preparation(() => prepare(names))))) return;
  for (const name of names) await part(name, () => runLevel(name));
}

/**
 * @param {string} name
 * @param {{ parts: string[]; grep?: string }} options
 */
async function oneLevel(name, options) {
  if (!(name in levels))
    throw new Instruction(`There is no level "${name}". The levels are: ${Object.keys(levels).join(', ')}.`);
  const ready = await part('preparation', () =>
    preparation(async () => {
      await ensureNpmPackages();
      await prepare([name]);
    }),
  );
  if (ready) await part(name, () => runLevel(name, options));
}

function summary() {
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  console.log('');
  for (const { name, failures } of rows) showFailures(name, failures);
  for (const row of rows) {
    const skipped = row.skipped > 0 ? `, ${row.skipped} skipped` : '';
    say(
      `${row.name.padEnd(12)} ${row.passed} passed, ${row.failed} failed${skipped} (${row.seconds.toFixed(1)} s)`,
    );
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { grep: { type: 'string' } },
    allowPositionals: true,
  });
  const [level, ...parts] = positionals;
  if (level) await oneLevel(level, { parts, ...(values.grep ? { grep: values.grep } : {}) });
  else await everything();
  return summary();
});
