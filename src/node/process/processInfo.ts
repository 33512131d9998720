import { readFile, readlink } from 'node:fs/promises';
import { readLinuxStat } from './linuxStat';

/** What the operating system says about a process. `startTime` and `executable` are only compared with what was recorded before. */
export interface ProcessInfo {
  readonly startTime: string;
  /** Undefined while it ends: what it ran is no longer known, but it still holds its ports. */
  readonly executable: string | undefined;
  readonly frozen: boolean;
}

/** Undefined when there is no such process (a zombie is none as soon as its last thread is gone), or when nothing may be known about it. */
export async function processInfo(pid: number): Promise<ProcessInfo | undefined> {
  switch (process.platform) {
    case 'linux':
      return linuxProcess(pid);
    case 'win32':
      return windowsProcess(pid);
    default:
      return posixProcess(pid);
  }
}

async function linuxProcess(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const { state, startTime } = readLinuxStat(await readFile(`/proc/${pid}/stat`, 'latin1'));
    if (state === 'gone') return undefined;
    const executable = await executableOf(pid);
    return {
      startTime: `${await bootId()}:${startTime}`,
      executable: executable?.replace(/ \(deleted\)$/, ''),
      frozen: state === 'frozen',
    };
  } catch {
    return undefined;
  }
}

/**
 * Undefined when the process has given back its memory, and with it what it ran: a killed one does so first, and lets go of its ports
 * only afterwards, with much data a second later.
 */
async function executableOf(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/exe`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Start times count from boot, so the boot belongs to them. */
async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'latin1')).trim();
}

async function posixProcess(pid: number): Promise<ProcessInfo | undefined> {
  const { execa } = await import('execa');
  const { stdout, failed } = await execa('ps', ['-o', 'lstart=,state=,comm=', '-p', String(pid)], {
    reject: false,
    env: { LC_ALL: 'C' },
  });
  const found = /^(\w{3} +\w{3} +\d+ [\d:]+ \d{4}) +(\S+) +(.+)$/m.exec(stdout);
  if (failed || !found?.[1] || !found[2] || !found[3] || found[2].startsWith('Z')) return undefined;
  return { startTime: found[1], executable: found[3], frozen: found[2].startsWith('T') };
}

async function windowsProcess(pid: number): Promise<ProcessInfo | undefined> {
  const { execa } = await import('execa');
  const query = `Get-CimInstance Win32_Process -Filter "ProcessId=${pid}" | ForEach-Object { $_.CreationDate.ToFileTimeUtc().ToString() + '|' + $_.ExecutablePath }`;
  const { stdout, failed } = await execa(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', query],
    { reject: false },
  );
  const [startTime, executable] = stdout.trim().split('|');
  return failed || !startTime || !executable ? undefined : { startTime, executable, frozen: false };
}
