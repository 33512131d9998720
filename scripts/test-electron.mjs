// The tests of the extension host in desktop VS Code, which @vscode/test-electron downloads.
//   VSCODE_VERSION     "stable" (default), "insiders" or a number
//   VSCODE_EXECUTABLE  an installed VS Code to use instead
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildPrograms, buildTests } from './build.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';
import { readResults } from './lib/nodeLevel.mjs';
import { ensureNpmPackages } from './lib/npmPackages.mjs';
import { out, root } from './lib/paths.mjs';
import { step } from './lib/steps.mjs';
import { ensureRedis } from './lib/systemPackages.mjs';
import { temporaryFolder } from './lib/temporaryFolder.mjs';
import { quietSettings } from './lib/vscodeServer.mjs';

const resultsFile = path.join(out, 'results-electron.json');

await runMain(async () => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Instruction(
      'Desktop VS Code needs a display. Give it a virtual one: xvfb-run -a npm run test:electron',
    );
  }
  await ensureNpmPackages();
  await ensureRedis();
  await step('build', async () => {
    await buildPrograms();
    await buildTests(['vscode']);
  });
  const { passed, failed } = readResults(resultsFile, await runDesktop());
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});

/** @returns {Promise<string | undefined>} why there are no results */
async function runDesktop() {
  const { runTests } = await import('@vscode/test-electron');
  rmSync(resultsFile, { force: true });
  const workspace = temporaryFolder('workspace', path.join(root, 'test/fixtures/workspace'));
  const userData = temporaryFolder('electron');
  mkdirSync(path.join(userData.dir, 'User'), { recursive: true });
  writeFileSync(path.join(userData.dir, 'User/settings.json'), JSON.stringify(quietSettings, null, 2));
  const installed = process.env.VSCODE_EXECUTABLE;
  try {
    await runTests({
      ...(installed
        ? { vscodeExecutablePath: installed }
        : { version: process.env.VSCODE_VERSION ?? 'stable' }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(out, 'test/vscode/index'),
      extensionTestsEnv: { REDIS_HA_LAB_TEST_RESULTS: resultsFile },
      launchArgs: [
        workspace.dir,
        `--user-data-dir=${userData.dir}`,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--skip-welcome',
        '--skip-release-notes',
      ],
    });
  } catch (error) {
    // Failed tests end here as well, and then the results name them.
    if (!existsSync(resultsFile)) {
      return `VS Code did not run the tests: ${error}\nIt is downloaded from update.code.visualstudio.com; VSCODE_EXECUTABLE can name an installed one.`;
    }
  } finally {
    workspace.remove();
    userData.remove();
  }
  return undefined;
}
