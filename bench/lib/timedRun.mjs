import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** GNU time tells the peak of a program's memory; where it is missing, only the seconds are known. */
const hasTime = spawnSync('/usr/bin/time', ['-f', '%M', 'true']).status === 0;

/**
 * Runs a program with its output thrown away.
 * @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ seconds: number; megabytes: number }>}
 */
export async function timedRun(command, args, env = process.env) {
  const note = path.join(os.tmpdir(), `redis-ha-lab-bench-${process.pid}`);
  const started = performance.now();
  const child = hasTime
    ? spawn('/usr/bin/time', ['-f', '%M', '-o', note, command, ...args], { stdio: 'ignore', env })
    : spawn(command, args, { stdio: 'ignore', env });
  const code = await new Promise(resolve => child.once('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  const peak = hasTime ? Number(readFileSync(note, 'utf8').trim()) / 1024 : Number.NaN;
  if (hasTime) rmSync(note);
  return { seconds, megabytes: peak };
}
