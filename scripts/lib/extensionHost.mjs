// Runs test/vscode in the extension host of a real VS Code server; headless Chromium is the window it belongs to.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readResults } from './nodeLevel.mjs';
import { out, root } from './paths.mjs';
import { say } from './steps.mjs';
import { temporaryFolder } from './temporaryFolder.mjs';
import { startServer } from './vscodeServer.mjs';
import { openWorkbench } from './workbench.mjs';

/** Tells mocha's lines from the rest of what the extension host and the workbench print. */
const linePrefix = 'mocha| ';

/**
 * @param {{ grep?: string; limit: number }} options limit: milliseconds for the whole run
 * @returns {Promise<import('./runMocha.mjs').MochaResults>}
 */
export async function runInExtensionHost({ grep, limit }) {
  const resultsFile = path.join(out, `results-vscode-${process.pid}.json`);
  const log = path.join(out, 'vscode-host.log');
  mkdirSync(out, { recursive: true });
  rmSync(resultsFile, { force: true });
  rmSync(log, { force: true });

  const workspace = temporaryFolder('workspace', path.join(root, 'test/fixtures/workspace'));
  const server = await startServer({
    smokeTestDriver: true,
    env: {
      REDIS_HA_LAB_TEST_RESULTS: resultsFile,
      REDIS_HA_LAB_TEST_PREFIX: linePrefix,
      ...(grep ? { REDIS_HA_LAB_TEST_GREP: grep } : {}),
    },
  });
  say(`VS Code server on port ${server.port}, folder ${workspace.dir}`);
  try {
    const trouble = await untilHostExits(server.port, workspace.dir, limit, line => {
      if (line.startsWith(linePrefix)) console.log(line.slice(linePrefix.length));
      appendFileSync(log, `${line}\n`);
    });
    // An extension host that dies reports success, so only the results file counts.
    if (!trouble && existsSync(resultsFile)) return readResults(resultsFile, undefined);
    showErrors(log);
    return readResults(resultsFile, trouble ?? `the extension host ended before its tests did, see ${log}`);
  } finally {
    await server.stop();
    workspace.remove();
  }
}

/**
 * @param {number} port
 * @param {string} folder
 * @param {number} limit
 * @param {(line: string) => void} onLine
 * @returns {Promise<string | undefined>} what was wrong
 */
async function untilHostExits(port, folder, limit, onLine) {
  /** @type {(trouble: string | undefined) => void} */
  let finish = () => {};
  const finished = new Promise(resolve => (finish = resolve));
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${port}${file}`;

  const workbench = await openWorkbench(port, {
    folder,
    payload: [
      ['extensionDevelopmentPath', remote(root)],
      ['extensionTestsPath', remote(path.join(out, 'test/vscode/index'))],
    ],
    async onPage(page) {
      // The workbench calls these two when its page has them.
      await page.exposeFunction(
        'codeAutomationLog',
        (/** @type {string} */ _level, /** @type {unknown[]} */ parts) =>
          onLine(parts.map(part => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')),
      );
      await page.exposeFunction('codeAutomationExit', () => finish(undefined));
      page.on('crash', () => finish('the page of the workbench crashed'));
    },
  });
  const timer = setTimeout(() => finish(`the tests did not end in ${limit / 60_000} minutes`), limit);
  try {
    const trouble = await finished;
    if (trouble) await workbench.screenshot('vscode-failed').catch(() => {});
    return trouble;
  } finally {
    clearTimeout(timer);
    await workbench.close();
  }
}

/**
 * What the log says of errors, without the workbench's own stacks.
 * @param {string} log
 */
function showErrors(log) {
  if (!existsSync(log)) return;
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter(line => /error|cannot find|^\s+at /i.test(line) && !line.includes('/static/out/vs/'));
  console.error([...new Set(lines)].slice(-40).join('\n'));
}
