import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A process as the system's list has it. */
export interface ListedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process that this user may see, with its full arguments. */
export function allProcesses(): readonly ListedProcess[] {
  if (!existsSync('/proc/self/cmdline')) return psProcesses();
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const command = read(() => readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim());
      return command ? [{ pid: Number(name), parent: parentOf(name), command }] : [];
    });
}

function parentOf(pid: string): number {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? '';
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function psProcesses(): readonly ListedProcess[] {
  return execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' })
    .split('\n')
    .map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap(found =>
      found ? [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] ?? '' }] : [],
    );
}

/**
 * The processes that belong to a folder: they run in it or name it in their arguments. A Redis server writes its own
 * title over its arguments, but it always runs in its data folder. Its own children do not count: it makes one whenever it saves, also
 * for a replica that syncs, and they come and go.
 */
export function processesIn(folder: string): readonly ListedProcess[] {
  const found = allProcesses().filter(
    ({ pid, command }) =>
      pid !== process.pid && (command.includes(folder) || (workingDirectory(pid) ?? '').startsWith(folder)),
  );
  const servers = new Set(found.filter(({ command }) => !isOurs(command)).map(({ pid }) => pid));
  return found.filter(({ parent }) => !servers.has(parent));
}

/** A program of this project, or a child that is just being made by one: it still looks like the one that makes it. */
export function isOurs(command: string): boolean {
  return command.startsWith(process.execPath);
}

/** The processes that a process started itself. */
export function childrenOf(parent: number): readonly ListedProcess[] {
  return allProcesses().filter(process => process.parent === parent);
}

function workingDirectory(pid: number): string | undefined {
  if (existsSync('/proc/self/cwd')) return read(() => readlinkSync(`/proc/${pid}/cwd`));
  const list = read(() =>
    execFileSync('lsof', ['-a', '-d', 'cwd', '-Fn', '-p', String(pid)], { encoding: 'utf8' }),
  );
  return list
    ?.split('\n')
    .find(line => line.startsWith('n'))
    ?.slice(1);
}

/** Whether a process is there and no zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return stat === undefined || !/^\) [ZX] /.test(stat.slice(stat.lastIndexOf(')')));
}

/** Whether a process was stopped by SIGSTOP. */
export function isFrozen(pid: number): boolean {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (stat !== undefined) return / [Tt] /.test(stat.slice(stat.lastIndexOf(')')));
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .startsWith('T');
}

/** The process is gone by the time it is looked at: that is an answer, too. */
function read<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
