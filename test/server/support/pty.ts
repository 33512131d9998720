import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { shellCommand } from '../../../src/core/launch/shellQuote';
import { until } from '../../support/until';

/**
 * A program on a real terminal. `script` (part of every Linux and macOS) is the terminal's host: what is written to it
 * are keys, and when it is killed, the terminal is gone.
 */
export class Terminal {
  private readonly host: ChildProcessWithoutNullStreams;
  private text = '';
  /** How the program ended. */
  readonly ended: Promise<number | null>;

  constructor(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string | undefined>> = {},
  ) {
    const line = `exec ${shellCommand('bash', program, args)}`;
    const words =
      process.platform === 'darwin'
        ? ['-q', '/dev/null', '/bin/sh', '-c', line]
        : ['-qfec', line, '/dev/null'];
    this.host = spawn('script', words, {
      env: { ...process.env, SHELL: '/bin/sh', TERM: 'xterm-256color', ...env },
    });
    this.host.stdout.setEncoding('utf8').on('data', (text: string) => (this.text += text));
    this.host.stdin.on('error', () => {});
    this.ended = once(this.host, 'close').then(([code]) => code as number | null);
  }

  /** What it shows, colours included. */
  get raw(): string {
    return this.text;
  }

  /** What it shows, as text. */
  get shown(): string {
    return this.text.replace(/\x1b\][^\x07]*\x07|\x1b\[[0-9;]*m/g, '').replaceAll('\r', '');
  }

  async shows(pattern: RegExp): Promise<void> {
    try {
      await until(`the terminal shows ${pattern}`, () => pattern.test(this.shown));
    } catch (error) {
      throw new Error(`${String(error)}; it shows:\n${this.shown}`, { cause: error });
    }
  }

  /** Forgets what was shown so far, to wait for what comes next. */
  clear(): void {
    this.text = '';
  }

  press(keys: string): void {
    this.host.stdin.write(keys);
  }

  /** The terminal goes away without asking, as when its window is closed. */
  async hangUp(): Promise<void> {
    this.host.kill('SIGKILL');
    await this.ended;
  }
}
