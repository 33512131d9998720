import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { until } from '../../support/until';
import { ask } from './redis';
import { testServer } from './testServer';

/** A Redis that no lab started, on a port of its own; ended by the test that made it. */
export class ForeignRedis {
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(port: number, dir: string, ...more: readonly string[]): Promise<ForeignRedis> {
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', ...more];
    const child = spawn(testServer, words, { cwd: dir, stdio: 'ignore' });
    // A server with a password answers, too: with NOAUTH.
    await until(`a Redis answers on ${port}`, async () =>
      ask(port, undefined, 'PING').then(Boolean, (error: Error) => error.message.includes('NOAUTH')),
    );
    return new ForeignRedis(child, port);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async end(): Promise<void> {
    if (!this.isAlive) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

/** A listener in this process that says nothing; it hangs up on everybody, or waits for more (`silent`). */
export async function listenOn(
  port: number,
  host = '127.0.0.1',
  manner: 'hangs up' | 'silent' = 'hangs up',
): Promise<Server> {
  const server = createServer(socket => {
    socket.on('error', () => {}).resume();
    if (manner === 'hangs up') socket.destroy();
  });
  server.listen({ port, host });
  await once(server, 'listening');
  return server;
}

export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await closed;
}
