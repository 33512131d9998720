// How long a lab of 1 + 2 + 3 takes until it is ready, against a bare script with the same order and a naive one.
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../scripts/lib/findProgram.mjs';
import { freeBlock } from './lib/freeBlock.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { temporaryFolder } from '../scripts/lib/temporaryFolder.mjs';
import { median, spread } from './lib/statistics.mjs';

const execute = promisify(execFile);
const cli = path.join(root, 'dist/cli.js');

export const title = 'up: 1 + 2 + 3 until ready';

/** @param {(line: string) => void} print */
export async function run(print) {
  const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
  const server = findProgram(['redis-server']);
  const client = findProgram(['redis-cli']);
  if (!server || !client) throw new Error('redis-server and redis-cli must be on PATH for this bench');
  const folder = temporaryFolder('bench').dir;
  /** @type {Record<string, number[]>} */
  const times = { 'redis-ha-lab up': [], 'bare script, same order': [], 'naive script, all at once': [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(times)) times[name]?.push(await once(name, { folder, server, client }));
  }
  const bare = median(times['bare script, same order'] ?? []);
  for (const [name, values] of Object.entries(times))
    print(
      `${name.padEnd(28)} ${median(values).toFixed(2)} s  (${spread(values)})  ${(median(values) / bare).toFixed(2)} x bare`,
    );
}

/**
 * One fresh lab, started once and stopped again; the time is that of the start alone.
 * @param {string} name
 * @param {{ folder: string; server: string; client: string }} context
 */
async function once(name, { folder, server, client }) {
  const lab = path.join(folder, 'lab');
  const ports = await freeBlock(6);
  const [port, , , sentinelPort] = ports;
  await execute(process.execPath, [
    cli,
    'create',
    lab,
    '--port',
    `${port}`,
    '--sentinel-port',
    `${sentinelPort}`,
  ]);
  const began = performance.now();
  if (name === 'redis-ha-lab up') {
    await execute(process.execPath, [cli, 'up', lab]);
  } else {
    const script = name.startsWith('bare') ? 'up-good-order.sh' : 'up-naive.sh';
    const [master, ...replicas] = ports.slice(0, 3);
    const words = [lab, server, client, `${master}`, replicas.join(' '), ports.slice(3).join(' ')];
    await execute(path.join(root, 'bench', script), words);
  }
  const seconds = (performance.now() - began) / 1000;
  for (const at of ports.toReversed())
    await execute(client, ['-p', `${at}`, 'shutdown', 'nosave']).catch(() => undefined);
  await rm(lab, { recursive: true, force: true });
  return seconds;
}
