import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A server of a lab as the list of processes shows it. */
export interface RedisProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * The redis-server processes that belong to a lab: by its folder, or by its ports, because a running server's title is
 * only `redis-server 127.0.0.1:20000`. Dead ones that nobody has collected yet do not count.
 */
export async function redisProcesses(directory: string, ports: readonly number[]): Promise<RedisProcess[]> {
  const { stdout } = await execute('ps', ['-axo', 'pid=,stat=,args=']);
  return stdout.split('\n').flatMap(line => {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!pid || !command || state?.startsWith('Z')) return [];
    if (!/^\S*(?:redis|valkey)-(?:server|sentinel)\b/.test(command)) return [];
    const isOurs = command.includes(directory) || ports.some(port => new RegExp(`:${port}\\b`).test(command));
    return isOurs ? [{ pid: Number(pid), command }] : [];
  });
}
