// The lab that `npm start` opens: its ports, a copy of it on other ports, its processes.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFree, whoListens } from './freePorts.mjs';
import { run } from './run.mjs';

/** What a lab writes while it runs or makes from its lab.json: no part of a copy. */
const madeByLab = new Set(['conf', 'data', 'log', 'run']);

/**
 * All ports that lab.json names.
 * @param {string} dir
 * @returns {Promise<number[]>}
 */
export async function labPorts(dir) {
  // installed by now; a lab.json may have comments
  const { parse } = await import('jsonc-parser');
  const lab = parse(readFileSync(path.join(dir, 'lab.json'), 'utf8'));
  return [...(lab.servers ?? []), ...(lab.sentinels ?? [])].map(node => node.port);
}

/**
 * The ports that somebody else holds. Those of the lab's own running nodes do not count.
 * @param {string} dir
 * @returns {Promise<{ port: number; who: string }[]>}
 */
export async function takenPorts(dir) {
  const own = recordedPids(dir);
  const taken = [];
  for (const port of await labPorts(dir)) {
    if (await isFree(port)) continue;
    const owner = await whoListens(port);
    if (owner && own.has(owner.pid)) continue;
    taken.push({
      port,
      who: owner ? `${owner.command} (pid ${owner.pid})` : 'a process that the system does not name',
    });
  }
  return taken;
}

/**
 * Copies a lab; with an offset all its ports move by it, so that they still belong together: 6379 … 6381 become
 * 20379 … 20381.
 * @param {string} source
 * @param {string} target
 * @param {number} offset
 */
export async function copyLab(source, target, offset) {
  const ports = new Set(await labPorts(source));
  cpSync(source, target, { recursive: true, filter: file => !madeByLab.has(path.relative(source, file)) });
  if (offset === 0) return;
  const file = path.join(target, 'lab.json');
  const moved = readFileSync(file, 'utf8').replace(/\b\d+\b/g, digits =>
    ports.has(Number(digits)) ? String(Number(digits) + offset) : digits,
  );
  writeFileSync(file, moved);
}

/**
 * The smallest step in thousands by which all these ports are 20000 or more and free.
 * @param {readonly number[]} ports
 */
export async function freeOffset(ports) {
  const step = 1000; // keeps the last three digits, which people know
  const first = Math.ceil((20_000 - Math.min(...ports)) / step) * step;
  for (let offset = Math.max(first, step); Math.max(...ports) + offset < 65_536; offset += step) {
    const free = await Promise.all(ports.map(port => isFree(port + offset)));
    if (free.every(Boolean)) return offset;
  }
  throw new Error(`No free block of ports was found for ${ports.join(', ')}.`);
}

/**
 * Redis processes of a lab that are alive, as the system lists them.
 * @param {string} dir
 * @returns {Promise<{ pid: number; command: string }[]>}
 */
async function labProcesses(dir) {
  const ports = await labPorts(dir);
  const found = new Map();
  for (const port of ports) {
    const owner = await whoListens(port);
    if (owner) found.set(owner.pid, owner);
  }
  if (process.platform !== 'win32') {
    // Also one that has closed its port. A server's title is "redis-server 127.0.0.1:6379", before that its arguments.
    const { stdout } = await run('ps', ['-axo', 'pid=,stat=,args=']);
    for (const line of stdout.split('\n')) {
      const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      if (
        !pid ||
        !command ||
        state?.startsWith('Z') ||
        !/(redis|valkey|keydb)-(server|sentinel)/.test(command)
      )
        continue;
      if (command.includes(dir) || ports.some(port => command.includes(`:${port}`))) {
        found.set(Number(pid), { pid: Number(pid), command });
      }
    }
  }
  return [...found.values()];
}

/**
 * Waits for the end of a lab's processes and gives those that are still there after that time.
 * @param {string} dir
 * @param {number} ms how long they may take to end
 */
export async function processesAfter(dir, ms) {
  const deadline = Date.now() + ms;
  for (;;) {
    const left = await labProcesses(dir);
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(250);
  }
}

/** The pids in run/NODE.json: nodes that this lab has started. @param {string} dir */
function recordedPids(dir) {
  const pids = new Set();
  const folder = path.join(dir, 'run');
  if (!existsSync(folder)) return pids;
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    try {
      pids.add(JSON.parse(readFileSync(path.join(folder, file), 'utf8')).pid);
    } catch {
      // half written or not a record
    }
  }
  return pids;
}
