import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { testServer } from './testServer';

/** What a server did with a conf. */
export interface TriedConf {
  readonly starts: boolean;
  /** Everything it printed. */
  readonly output: string;
}

/** A server that neither listens nor ends within this time is broken, in milliseconds. */
const longest = 10_000;

/** Starts a real server with a conf in a folder of its own, until it answers or ends, and ends it. */
export async function tryConf(
  folder: string,
  text: string,
  { port, isSentinel, name = 'given.conf' }: { port: number; isSentinel: boolean; name?: string },
): Promise<TriedConf> {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  const child = spawn(testServer, [file, ...(isSentinel ? ['--sentinel'] : [])], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  try {
    const began = performance.now();
    while (isRunning()) {
      if (await answers(port)) return { starts: true, output };
      if (performance.now() - began > longest)
        throw new Error(`neither started nor ended: ${text}\n${output}`);
      await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 20))]);
    }
    // What it printed last may still be on its way.
    await ended;
    return { starts: false, output };
  } finally {
    if (isRunning()) child.kill('SIGKILL');
    await ended;
  }
}

/** Whether a server answers: it listens already while it still loads modules and data, and may end over them. */
function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const end = (isAnswer: boolean): void => {
      socket.destroy();
      resolve(isAnswer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
