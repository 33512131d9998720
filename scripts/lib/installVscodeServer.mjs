// A VS Code server from npm packages alone: no compiler, no administrator, nothing from outside the registry.
// It is used where there is no desktop VS Code: by `npm start` and by the tests in the extension host and the workbench.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Instruction } from './instruction.mjs';
import { root } from './paths.mjs';
import { npm, runOk } from './run.mjs';
import { say, step } from './steps.mjs';

/** code-server's package brings VS Code's own server built for node; 4.139 is VS Code 1.139. */
const CODE_SERVER = '4.139.1';
/** That server needs node 22.15 or newer; these packages are nothing but the node program of one platform. */
const NODE = '24.21.0';

const platforms = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);
const platform = `${process.platform}-${process.arch}`;
const home = path.join(root, '.vscode-server');

/** Native modules that a compiler would have to make, and what stands in for them. */
const stubs = {
  '@vscode/spdlog': 'spdlog.cjs',
  '@vscode/native-watchdog': 'watchdog.cjs',
};

/**
 * @typedef {object} VscodeServerPrograms
 * @property {string} node
 * @property {string} main the server's main module
 */

/**
 * Installs the server under .vscode-server/ unless it is there already.
 * @param {{ quiet?: boolean }} [options] quiet: says nothing when it is there
 * @returns {Promise<VscodeServerPrograms>}
 */
export async function ensureVscodeServer({ quiet = false } = {}) {
  if (!platforms.has(platform)) {
    throw new Instruction(
      `The VS Code server from npm runs on ${[...platforms].join(', ')}, this is ${platform}.\n` +
        'Install VS Code (https://code.visualstudio.com), put its command `code` on the PATH and run `npm start` again;\n' +
        'the suites of the extension host run in it with `npm run test:electron`.',
    );
  }
  // The name of the folder says what is in it, and it gets that name only when it is complete.
  const dir = path.join(home, `${CODE_SERVER}-node${NODE}`);
  if (!existsSync(dir))
    await step(`VS Code server ${CODE_SERVER} from npm (about 720 MB, once)`, () => install(dir));
  else if (!quiet) say(`VS Code server ${CODE_SERVER} is there`);
  putStubs(dir);
  return {
    node: path.join(dir, `node_modules/node-${platform}/bin/node`),
    main: path.join(dir, 'package/lib/vscode/out/server-main.js'),
  };
}

/** @param {string} dir */
async function install(dir) {
  removeOldServers();
  const partial = path.join(home, `partial-${process.pid}`);
  const vscode = path.join(partial, 'package/lib/vscode');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  try {
    mkdirSync(partial, { recursive: true });
    writeFileSync(path.join(partial, 'package.json'), '{ "private": true }\n');
    await npm(['install', '--no-save', ...quiet, `node-${platform}@${NODE}`], { cwd: partial });
    say(`  node ${NODE}`);
    await npm(['pack', ...quiet, `code-server@${CODE_SERVER}`], { cwd: partial });
    const archive = `code-server-${CODE_SERVER}.tgz`;
    await runOk('tar', ['-xzf', archive], { cwd: partial });
    rmSync(path.join(partial, archive));
    say('  VS Code unpacked');
    // `npm ci` refuses the shrinkwrap in the package because an entry is missing. No scripts: they would compile.
    await npm(['install', '--omit=dev', '--ignore-scripts', ...quiet], { cwd: vscode });
    say("  VS Code's packages");
    rmSync(path.join(vscode, 'extensions/copilot'), { recursive: true, force: true });
    renameSync(partial, dir);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (existsSync(dir)) return; // another run was faster
    throw error;
  }
}

/** @param {string} dir */
function putStubs(dir) {
  for (const [module, stub] of Object.entries(stubs)) {
    const text = readFileSync(path.join(root, 'scripts/lib/stubs', stub), 'utf8');
    const target = path.join(dir, 'package/lib/vscode/node_modules', module, 'index.js');
    if (readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
  }
}

/** Servers of an earlier recipe, and what an interrupted installation left. */
function removeOldServers() {
  if (!existsSync(home)) return;
  for (const name of readdirSync(home)) {
    const pid = Number(/^partial-(\d+)$/.exec(name)?.[1]);
    if (pid && isAlive(pid)) continue;
    rmSync(path.join(home, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
