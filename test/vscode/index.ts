// Where VS Code starts the tests of the extension host: the server harness and @vscode/test-electron both call run().
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from '../../scripts/lib/runMocha.mjs';

export async function run(): Promise<void> {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.js'))
    .toSorted();
  const { failed } = await runMocha({
    files: files.map(file => path.join(__dirname, file)),
    timeout: 60_000,
    grep: process.env['REDIS_HA_LAB_TEST_GREP'],
    resultsFile: process.env['REDIS_HA_LAB_TEST_RESULTS'],
    linePrefix: process.env['REDIS_HA_LAB_TEST_PREFIX'],
  });
  if (failed > 0) throw new Error(`${failed} test(s) failed`);
}
