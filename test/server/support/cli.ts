import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { repoRoot } from '../../support/repoRoot';
import { testServer } from './testServer';

const cliFile = path.join(repoRoot, 'dist', 'cli.js');

/** How a command line ended and what it printed. */
export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** What it reads from standard input; nothing when left out. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** A program that starts it, with its arguments, such as `setpriv … --`. */
  readonly through?: readonly string[];
}

/** A command line that runs. */
export interface RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<CliResult>;
  /** What it printed so far. */
  readonly printed: { readonly stdout: string; readonly stderr: string };
}

/** Starts `redis-ha-lab` as people get it: the bundle, in a process of its own. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const [program = process.execPath, ...rest] = [
    ...(options.through ?? []),
    process.execPath,
    cliFile,
    ...args,
  ];
  const child = spawn(program, rest, {
    cwd: options.cwd ?? repoRoot,
    env: {
      ...process.env,
      LC_ALL: 'C',
      NO_COLOR: '1',
      REDIS_HA_LAB_SERVER: testServer,
      REDIS_HA_LAB_PASSWORD: undefined,
      ...options.env,
    },
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  // A program that ends without reading its input closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    ...printed,
  }));
  return { child, ended, printed };
}

/** Runs `redis-ha-lab` to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).ended;
}

/** The last line on standard error, after making sure that it is the only message: no stack, nothing on standard output. */
export function errorOf(result: CliResult, code: 1 | 2): string {
  assert.equal(result.code, code, `exit code of: ${JSON.stringify(result)}`);
  assert.equal(result.stdout, '');
  assert.doesNotMatch(result.stderr, /\n\s+at |This should not have happened|Error:/);
  const messages = result.stderr.split('\n').filter(line => line.startsWith('redis-ha-lab: '));
  assert.equal(messages.length, 1, `one message in: ${result.stderr}`);
  assert.ok(
    result.stderr.endsWith(`${messages[0]}\n`),
    `the message is one line and the last: ${result.stderr}`,
  );
  return messages[0]!.slice('redis-ha-lab: '.length);
}

/** What a command printed, after making sure that it succeeded. */
export function outputOf(result: CliResult): string {
  assert.equal(result.code, 0, `exit code of: ${JSON.stringify(result)}`);
  return result.stdout;
}
