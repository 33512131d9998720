// Runs mocha in this process and writes what happened to a file. The same code runs in plain node and, bundled, in the
// extension host of VS Code.
import { writeFileSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import { format } from 'node:util';
// by name: the default export differs between an import and the `require` of a bundle
// @ts-expect-error @types/mocha describes an older mocha, without this name
import { Mocha } from 'mocha';

/**
 * @param {import('./runMocha.mjs').MochaOptions} options
 * @returns {Promise<import('./runMocha.mjs').MochaResults>}
 */
export async function runMocha({ files, grep, timeout, resultsFile, linePrefix, color = false }) {
  if (linePrefix) prefixLines(linePrefix);
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color,
    timeout,
    fullTrace: true,
  });
  if (grep) mocha.grep(new RegExp(grep, 'i'));
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();

  /** @type {import('./runMocha.mjs').MochaResults} */
  const results = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => results.passed++);
    runner.on('pending', () => results.skipped++);
    runner.on('fail', (/** @type {Mocha.Test} */ test, /** @type {Error | undefined} */ error) => {
      if (error?.stack) error.stack = mapStack(error.stack);
      results.failed++;
      results.failures.push({ title: test.fullTitle(), error: String(error?.stack ?? error) });
    });
  });
  if (resultsFile) writeFileSync(resultsFile, JSON.stringify(results, null, 2));
  return results;
}

/**
 * Marks mocha's lines, so that they can be told from everything else that an extension host prints.
 * @param {string} prefix
 */
function prefixLines(prefix) {
  /** @type {any} */ (Mocha.reporters.Base).consoleLog = (/** @type {unknown[]} */ ...parts) => {
    for (const line of format(...parts).split('\n')) console.log(prefix + line);
  };
}

/**
 * Places in the bundles become places in the sources. Node does this itself, but not in VS Code, which formats stacks
 * on its own. Lines of mocha and node are left out.
 * @param {string} stack
 */
function mapStack(stack) {
  return stack
    .split('\n')
    .filter(line => !/node_modules\/mocha\/|\(?node:internal/.test(line))
    .join('\n')
    .replace(/((?:[A-Za-z]:)?[/\\][^\s():]+\.js):(\d+):(\d+)/g, (place, file, line, column) => {
      const found = findSourceMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
      if (!found || !('originalSource' in found)) return place;
      return `${found.originalSource.replace(/^file:\/\//, '')}:${found.originalLine + 1}:${found.originalColumn + 1}`;
    });
}
