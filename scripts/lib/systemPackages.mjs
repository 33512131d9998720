// The two programs that do not come from npm: a Redis server and a Chromium. Found, or installed, or asked for.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aptInstall, hasApt, linuxName, sudoPrefix } from './apt.mjs';
import { findProgram } from './findProgram.mjs';
import { answers } from './freePorts.mjs';
import { Instruction } from './instruction.mjs';
import { run, runOk } from './run.mjs';
import { say } from './steps.mjs';

const windows = process.platform === 'win32';
const programFiles = process.env.ProgramFiles ?? 'C:\\Program Files';
const programFilesX86 = process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)';

/** A Redis or Valkey server of this machine. @returns {string | undefined} */
export function findRedis() {
  return findProgram([
    'redis-server',
    'valkey-server',
    ...(windows
      ? [
          path.join(programFiles, 'Redis', 'redis-server'),
          'memurai',
          path.join(programFiles, 'Memurai', 'memurai'),
        ]
      : [
          '/opt/homebrew/bin/redis-server',
          '/usr/local/bin/redis-server',
          '/usr/bin/redis-server',
          '/usr/bin/valkey-server',
        ]),
  ]);
}

/** Finds a Redis server and installs one when there is none. @returns {Promise<string>} its path */
export async function ensureRedis() {
  if (!findRedis()) await installRedis();
  const server = findRedis();
  if (!server) throw new Instruction(redisInstruction());
  const { stdout } = await run(server, ['--version']);
  say(`${path.basename(server)} ${/v=(\S+)/.exec(stdout)?.[1] ?? ''} (${server})`);
  return server;
}

async function installRedis() {
  if (process.platform === 'linux' && hasApt()) {
    say('redis-server is missing');
    const inUse = await answers(6379);
    await aptInstall(['redis-server']);
    // Somebody's own Redis on that port is left alone.
    if (!inUse) await stopAptService();
  } else if (
    process.platform === 'darwin' &&
    findProgram(['brew', '/opt/homebrew/bin/brew', '/usr/local/bin/brew'])
  ) {
    say('redis-server is missing, running: brew install redis');
    await runOk('brew', ['install', 'redis'], { show: true });
  }
}

/** apt starts the service it installs. A lab has servers of its own, and its first port is the one of that service. */
async function stopAptService() {
  if (!(await portBecomes(true, 2000))) return;
  const stop = existsSync('/run/systemd/system')
    ? ['systemctl', 'stop', 'redis-server']
    : ['service', 'redis-server', 'stop'];
  const [program = '', ...args] = [...(await sudoPrefix(stop.join(' '))), ...stop];
  say(`apt has started a Redis service on port 6379; running: ${[program, ...args].join(' ')}`);
  await run(program, args, { show: true });
  if (await portBecomes(false, 5000))
    say('the service is stopped; the package starts it again when the machine starts');
  else say('port 6379 still answers: stop that service before you use this port');
}

/**
 * @param {boolean} wanted
 * @param {number} ms
 */
async function portBecomes(wanted, ms) {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await sleep(100)) {
    if ((await answers(6379)) === wanted) return true;
  }
  return false;
}

function redisInstruction() {
  const end = 'Then start again.';
  if (windows) {
    return [
      'No Redis server was found. Redis has none of its own for Windows; one of these will do:',
      '  winget install Redis.Redis         (Redis 3.0 of 2016: enough for replication and Sentinel)',
      '  choco install redis-64             (the same)',
      '  winget install Memurai.MemuraiDeveloper',
      '  an unpacked archive of Redis for Windows: put its folder on the PATH, and name its redis-server.exe',
      '    in the setting redisHaLab.serverPath',
      '  or work in WSL (wsl --install), where this script installs redis-server itself.',
      end,
    ].join('\n');
  }
  if (process.platform === 'darwin')
    return `No redis-server was found. Install it: brew install redis (https://brew.sh). ${end}`;
  return `No redis-server or valkey-server was found on the PATH. Install one with your package manager (dnf install valkey, pacman -S valkey, apk add redis). ${end}`;
}

/** A Chromium or Chrome of this machine. @returns {string | undefined} */
export function findChromium() {
  return findProgram([
    process.env.REDIS_HA_LAB_CHROMIUM,
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    ...(process.platform === 'darwin'
      ? [
          '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
          '/Applications/Chromium.app/Contents/MacOS/Chromium',
          '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
        ]
      : []),
    ...(windows
      ? [programFiles, programFilesX86, process.env.LOCALAPPDATA ?? programFiles].flatMap(dir => [
          path.join(dir, 'Google', 'Chrome', 'Application', 'chrome'),
          path.join(dir, 'Microsoft', 'Edge', 'Application', 'msedge'),
        ])
      : []),
  ]);
}

/** What a person can do when there is no Chromium. */
export const chromiumInstruction =
  'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium fonts-noto-cjk; Ubuntu: snap install chromium, or Chrome;\n' +
  'macOS: brew install --cask google-chrome; Windows: winget install Google.Chrome), or name one in REDIS_HA_LAB_CHROMIUM.\n' +
  'Then start again.';

/** Finds a Chromium and, on Debian as root, installs one when there is none. @returns {Promise<string>} its path */
export async function ensureChromium() {
  const named = process.env.REDIS_HA_LAB_CHROMIUM;
  if (named && !findProgram([named]))
    throw new Instruction(`REDIS_HA_LAB_CHROMIUM names ${named}, which cannot be started.`);
  // Ubuntu's package of this name is a snap, which does not run everywhere: there it is left to the person.
  if (!findChromium() && linuxName() === 'debian' && process.getuid?.() === 0) {
    say('Chromium is missing');
    await aptInstall(['chromium', 'fonts-noto-cjk']); // the fonts: Korean texts are boxes without them
  }
  const chromium = findChromium();
  if (!chromium) throw new Instruction(chromiumInstruction);
  say(`Chromium (${chromium})`);
  return chromium;
}
