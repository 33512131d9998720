import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { root, vsix } from '../../scripts/lib/paths.mjs';
import { temporaryFolder } from '../../scripts/lib/temporaryFolder.mjs';
import { startWorkbench } from '../../scripts/lib/workbench.mjs';
import { freeBlock } from './freeBlock.mjs';

const execute = promisify(execFile);
const cli = path.join(root, 'dist/cli.js');

/**
 * A VS Code in headless Chromium, with or without the extension, on a folder with a running 6-node lab or without one. The lab runs
 * from the command line, so that it is the same for both.
 * @param {{ extension: boolean; lab: boolean }} options
 * @param {(context: { workbench: import('../../scripts/lib/workbench.mjs').Workbench; labFolder: string; hostPid: () => number; log: (channel: string, wanted: RegExp) => Promise<string> }) => Promise<void>} work
 */
export async function withWorkbench({ extension, lab }, work) {
  const folder = temporaryFolder('bench');
  const labFolder = path.join(folder.dir, 'lab');
  if (lab) {
    const ports = await freeBlock(6);
    await execute(process.execPath, [
      cli,
      'create',
      labFolder,
      '--port',
      `${ports[0]}`,
      '--sentinel-port',
      `${ports[3]}`,
    ]);
    await execute(process.execPath, [cli, 'up', labFolder]);
  }
  const workbench = await startWorkbench({
    folder: folder.dir,
    ...(extension ? { extensionVsix: vsix } : {}),
  });
  try {
    await work({
      workbench,
      labFolder,
      hostPid: () => extensionHostOf(workbench.server.pid),
      log: (channel, wanted) => channelText(workbench.server.dir, channel, wanted),
    });
  } finally {
    await workbench.close();
    if (lab) await execute(process.execPath, [cli, 'down', labFolder]);
    folder.remove();
  }
}

/** The server's child that runs the extensions. @param {number} serverPid */
function extensionHostOf(serverPid) {
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const isHost = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=extensionHost');
      const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
      if (isHost && parent === String(serverPid)) return Number(pid);
    } catch {
      // ended meanwhile
    }
  }
  throw new Error('the extension host was not found; this bench reads /proc and so needs Linux');
}

/** The text of an output channel's log file, once it has what is wanted. @param {string} dataDir @param {string} channel @param {RegExp} wanted */
async function channelText(dataDir, channel, wanted) {
  for (let tries = 0; tries < 300; tries++) {
    const logs = path.join(dataDir, 'data/logs');
    const files = existsSync(logs) ? readdirSync(logs, { recursive: true, encoding: 'utf8' }) : [];
    for (const file of files.filter(name => path.basename(name) === `${channel}.log`)) {
      const text = readFileSync(path.join(logs, file), 'utf8');
      if (wanted.test(text)) return text;
    }
    await sleep(100);
  }
  throw new Error(`the channel "${channel}" never said ${wanted}`);
}
