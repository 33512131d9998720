import { connect, createServer } from 'node:net';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { labHost } from '../../core/model/lab';
import type { PortOwner } from '../../core/model/labState';

/**
 * Whether a server could listen on this port of the loopback address now. Both are asked, because on some systems a port can be
 * bound while somebody listens on another address of it.
 */
export async function isPortFree(port: number): Promise<boolean> {
  return !(await isListening(port)) && (await canListen(port));
}

async function canListen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: labHost, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Whether anything accepts a connection on this port. Much cheaper than asking it what it is. */
export async function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: labHost, port });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    // Who hangs up at once is there, too, even when that is all the socket gets to see.
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNRESET'));
    socket.setTimeout(1_000, () => end(false));
  });
}

/** Who listens on a port; the parts that this user may not know are undefined. */
export async function portOwner(port: number): Promise<PortOwner> {
  try {
    const pid = process.platform === 'linux' ? await linuxListener(port) : await listenerByProgram(port);
    return { pid, name: pid === undefined ? undefined : await processName(pid) };
  } catch {
    // The programs and files that tell may be missing or forbidden; the port is still known to be taken.
    return { pid: undefined, name: undefined };
  }
}

async function listenerByProgram(port: number): Promise<number | undefined> {
  const { portToPid } = await import('pid-port');
  return portToPid({ port, host: '*' });
}

/** Reads it from /proc: a small Linux has neither `ss` nor `lsof`. */
async function linuxListener(port: number): Promise<number | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map(file => readFile(file, 'latin1').catch(() => '')),
  );
  const listening = '0A';
  const inode = tables
    .flatMap(table => table.split('\n').slice(1))
    .map(line => line.trim().split(/\s+/))
    .find(
      fields => fields[3] === listening && Number.parseInt(fields[1]?.split(':')[1] ?? '', 16) === port,
    )?.[9];
  if (!inode) return undefined;
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  for (const pid of pids) {
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of open) {
      if ((await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')) === `socket:[${inode}]`)
        return Number(pid);
    }
  }
  return undefined;
}

async function processName(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim();
    const { execa } = await import('execa');
    if (process.platform === 'win32') {
      const { stdout } = await execa('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
      return /^"([^"]+)"/.exec(stdout)?.[1];
    }
    const { stdout } = await execa('ps', ['-o', 'comm=', '-p', String(pid)]);
    return stdout.trim().split('/').at(-1);
  } catch {
    return undefined;
  }
}
