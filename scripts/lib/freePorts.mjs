// Which TCP ports are free on this machine, and who holds those that are not.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { run } from './run.mjs';

/** A port that nothing listens on just now, chosen by the system. @returns {Promise<number>} */
export function anyFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * True when nothing answers on the port and it can be listened on.
 * Both are asked: on some systems a port can be listened on while somebody else holds another address of it.
 * @param {number} port
 */
export async function isFree(port) {
  return !(await answers(port)) && (await canListen(port));
}

/** @param {number} port @returns {Promise<boolean>} */
export function answers(port) {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    const end = (/** @type {boolean} */ result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/** @param {number} port @returns {Promise<boolean>} */
function canListen(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * The process that listens on a port.
 * @param {number} port
 * @returns {Promise<{ pid: number; command: string } | undefined>} undefined when the system does not say
 */
export async function whoListens(port) {
  const pid = process.platform === 'linux' ? pidFromProc(port) : await pidFromTools(port);
  if (!pid) return undefined;
  const command =
    process.platform === 'win32'
      ? (await run('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'])).stdout.split('"')[1]
      : (await run('ps', ['-o', 'args=', '-p', String(pid)])).stdout.trim();
  return { pid, command: command || 'a process' };
}

/**
 * Linux: the socket's inode stands in /proc/net/tcp, and the process that has it open under /proc/PID/fd.
 * @param {number} port
 */
function pidFromProc(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = '0A';
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readText(table).split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === listening && local?.endsWith(`:${hex}`)) inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        if (inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`))) return Number(pid);
      }
    } catch {
      // another user's process, or it has just ended
    }
  }
  return undefined;
}

/** @param {number} port */
async function pidFromTools(port) {
  try {
    if (process.platform === 'win32') {
      const { stdout } = await run('netstat', ['-ano', '-p', 'TCP']);
      const line = stdout.split('\n').find(row => row.includes(`:${port} `) && row.includes('LISTENING'));
      return Number(line?.trim().split(/\s+/).at(-1)) || undefined;
    }
    return (
      Number((await run('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'])).stdout.split('\n')[0]) ||
      undefined
    );
  } catch {
    return undefined; // the tool is not installed
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
