// From a fresh clone to a running lab in VS Code:
//   npm start                in desktop VS Code if its command `code` is there, else in the browser
//   npm start -- --browser   in the browser in any case
//   npm start -- --check     without a screen: does it work?
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram } from './lib/findProgram.mjs';
import { Instruction, runMain } from './lib/instruction.mjs';
import { copyLab, freeOffset, labPorts, processesAfter, takenPorts } from './lib/labFolder.mjs';
import { ensureNpmPackages } from './lib/npmPackages.mjs';
import { root, vsix } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say, step } from './lib/steps.mjs';
import { ensureChromium, ensureRedis } from './lib/systemPackages.mjs';
import { temporaryFolder } from './lib/temporaryFolder.mjs';

const example = path.join(root, 'examples/first-lab');
const windows = process.platform === 'win32';

await runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, browser: { type: 'boolean' } } });
  await ensureNpmPackages();
  await ensureRedis();
  if (!existsSync(path.join(example, 'lab.json'))) throw new Instruction(`${example} has no lab.json.`);
  // from here on npm packages are there
  const { packExtension } = await import('./package.mjs');
  await step('build and package', packExtension);
  if (values.check) return check();

  const code = values.browser ? undefined : desktopCode();
  if (code && (await openDesktop(code))) return 0;
  return openBrowser();
});

async function check() {
  await ensureChromium();
  const copy = temporaryFolder('check');
  try {
    await copyLab(example, copy.dir, await offsetFor(example));
    say(`lab: a copy in ${copy.dir}`);
    const { checkStart } = await import('./lib/startCheck.mjs');
    await checkStart(copy.dir);
  } finally {
    copy.remove();
  }
}

/** The lab to open: the example itself, or a copy on other ports when somebody holds one of its own. */
async function labToOpen() {
  const offset = await offsetFor(example);
  if (offset === 0) return { dir: example, remove() {}, keep() {} };
  const copy = temporaryFolder('first-lab');
  await copyLab(example, copy.dir, offset);
  say(`lab: a copy in ${copy.dir} on the ports ${(await labPorts(copy.dir)).join(', ')}`);
  return copy;
}

/**
 * By how much the lab's ports must move, saying why.
 * @param {string} dir
 */
async function offsetFor(dir) {
  const taken = await takenPorts(dir);
  for (const { port, who } of taken) say(`port ${port} is taken by ${who}`);
  return taken.length === 0 ? 0 : freeOffset(await labPorts(dir));
}

/** The command of desktop VS Code, where a window can open. */
function desktopCode() {
  const code = findProgram(['code']);
  const hasScreen =
    process.platform !== 'linux' ||
    ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME', 'VSCODE_IPC_HOOK_CLI'].some(name => process.env[name]);
  return hasScreen ? code : undefined;
}

/**
 * @param {string} code
 * @returns {Promise<boolean>} false when it did not work
 */
async function openDesktop(code) {
  const lab = await labToOpen();
  lab.keep();
  for (const args of [
    ['--install-extension', vsix, '--force'],
    ['--new-window', lab.dir],
  ]) {
    say(`running: code ${args.join(' ')}`);
    // code.cmd needs a shell on Windows, and there paths need quotes
    const { code: exit, stderr } = await run(
      windows ? `"${code}"` : code,
      windows ? args.map(arg => `"${arg}"`) : args,
      { shell: windows },
    );
    if (exit !== 0) {
      say(`that did not work (${stderr.trim().split('\n')[0]}); taking the browser instead`);
      return false;
    }
  }
  say('VS Code is open: the view "Redis HA" is in the activity bar on the left');
  return true;
}

async function openBrowser() {
  const { startServer, ensureVscodeServer } = await import('./lib/vscodeServer.mjs');
  await ensureVscodeServer();
  const lab = await labToOpen();
  const server = await step('VS Code server', () => startServer({ extensionVsix: vsix }));
  const url = `http://127.0.0.1:${server.port}/?${new URLSearchParams({ folder: lab.dir })}`;
  console.log(
    `\n  ${url}\n\n  The view "Redis HA" is in the activity bar on the left. Ctrl+C here ends everything.\n`,
  );
  openUrl(url);

  const signal = await endSignal();
  say(`${signal}: stopping the lab and the VS Code server`);
  await run(process.execPath, [path.join(root, 'dist/cli.js'), 'down', lab.dir]);
  await server.stop();
  const left = await processesAfter(lab.dir, 10_000);
  lab.remove();
  for (const { pid, command } of left) say(`still running: ${command} (pid ${pid})`);
  say(left.length === 0 ? 'all stopped' : 'the processes above did not end');
  return left.length === 0 ? 0 : 1;
}

/** Opens the page for the person, where there is a screen. @param {string} url */
function openUrl(url) {
  const opener = { darwin: ['open', url], win32: ['explorer', url] }[
    /** @type {string} */ (process.platform)
  ];
  const hasScreen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const [program, ...args] = opener ?? (hasScreen && findProgram(['xdg-open']) ? ['xdg-open', url] : []);
  if (program) run(program, args).catch(() => {});
}

/** @returns {Promise<string>} */
function endSignal() {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve(signal));
  });
}
