// Starting and ending a VS Code server, each with its own data folder.
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from './exitCleanup.mjs';
import { anyFreePort } from './freePorts.mjs';
import { ensureVscodeServer } from './installVscodeServer.mjs';
import { runOk } from './run.mjs';

export { ensureVscodeServer };

/** A quiet workbench: nothing that asks, animates, goes to the internet or covers what is to be seen. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'workbench.quickOpen.closeOnFocusLost': false,
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  // the ports of the labs would each raise a notification
  'remote.autoForwardPorts': false,
  // draws the terminal as text in the page, where it can be read
  'terminal.integrated.gpuAcceleration': 'off',
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

/** Opens folders in restricted mode, as a person does who has not yet answered the question. */
const askForTrust = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/**
 * @typedef {import('./vscodeServer.mjs').ServerOptions} ServerOptions
 * @typedef {import('./vscodeServer.mjs').VscodeServer} VscodeServer
 */

/**
 * Starts a server on 127.0.0.1 and waits until it answers.
 * @param {ServerOptions} [options]
 * @returns {Promise<VscodeServer>}
 */
export async function startServer(options = {}) {
  const { node, main } = await ensureVscodeServer({ quiet: true });
  const dir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'redis-ha-lab-vscode-'));
  const sockets = path.join(dir, 'sockets');
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  // The server leaves its sockets behind: there they go with the folder.
  const env = { ...cleanEnvironment(), XDG_RUNTIME_DIR: sockets, ...options.env };
  const trust = options.workspaceTrust ? askForTrust : {};
  writeUserSettings(dir, { ...quietSettings, ...trust, ...options.settings });

  if (options.extensionVsix) {
    const install = ['--install-extension', options.extensionVsix, '--force'];
    await runOk(node, [main, ...install, '--server-data-dir', dir, '--accept-server-license-terms'], { env });
  }

  const port = options.port ?? (await anyFreePort());
  const log = path.join(dir, 'server.log');
  const child = launch(node, serverArguments(main, port, dir, options), log, env);
  const removeData = () => {
    if (!options.dataDir) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const forget = atExit(() => {
    child.signalGroup('SIGTERM');
    removeData();
  });

  try {
    await answered(port, child);
  } catch (error) {
    forget();
    await child.end();
    const said = existsSync(log) ? readFileSync(log, 'utf8').slice(-3000) : '';
    throw new Error(`The VS Code server did not start: ${/** @type {Error} */ (error).message}\n${said}`, {
      cause: error,
    });
  }
  return {
    port,
    dir,
    pid: child.pid,
    async stop() {
      await child.end();
      forget();
      removeData();
    },
  };
}

/**
 * @param {string} main
 * @param {number} port
 * @param {string} dir
 * @param {ServerOptions} options
 */
function serverArguments(main, port, dir, options) {
  return [
    main,
    '--host=127.0.0.1',
    `--port=${port}`,
    `--server-data-dir=${dir}`,
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level=off',
    '--disable-update-check',
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    '--disable-getting-started-override',
    '--reconnection-grace-time=5',
    // Lets a page name an extension under development and its tests; it also hides notification toasts.
    ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
    ...(options.args ?? []),
  ];
}

/** Our environment without what an editor or npm around us put there: the server would take it for its own. */
function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name)),
  );
}

/**
 * @param {string} dir
 * @param {Record<string, unknown>} settings
 */
function writeUserSettings(dir, settings) {
  const user = path.join(dir, 'data/User');
  mkdirSync(user, { recursive: true });
  const file = path.join(user, 'settings.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(settings, null, 2));
}

/**
 * Starts the server as the head of its own process group, so that all it starts can be ended together.
 * @param {string} node
 * @param {string[]} args
 * @param {string} log
 * @param {NodeJS.ProcessEnv} env
 */
function launch(node, args, log, env) {
  const fd = openSync(log, 'a');
  const child = spawn(node, args, { stdio: ['ignore', fd, fd], env, detached: true });
  closeSync(fd);
  /** @type {string | undefined} */
  let ended;
  child.once('error', error => (ended = error.message));
  child.once('exit', (code, signal) => (ended = `it ended with ${signal ?? `exit code ${code}`}`));
  /** @param {NodeJS.Signals | 0} signal 0 only asks whether somebody of the group is left */
  const signalGroup = signal => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, signal);
    } catch {
      return false;
    }
  };
  const groupGone = async (/** @type {number} */ ms) => {
    const deadline = Date.now() + ms;
    while (signalGroup(0) && Date.now() < deadline) await sleep(50);
  };
  return {
    pid: child.pid ?? 0,
    /** Why it is gone, if it is. */
    get ended() {
      return ended;
    },
    signalGroup,
    async end() {
      signalGroup('SIGTERM');
      await groupGone(8000);
      signalGroup('SIGKILL');
      // Bounded: in a container whose first process does not collect them, dead processes stay in their group.
      await groupGone(1000);
    },
  };
}

/**
 * @param {number} port
 * @param {{ ended: string | undefined }} child
 */
async function answered(port, child) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.ended) throw new Error(child.ended);
    try {
      if ((await fetch(`http://127.0.0.1:${port}/version`)).ok) return;
    } catch {
      // not listening yet
    }
    await sleep(50);
  }
  throw new Error('it did not answer for 30 s');
}
