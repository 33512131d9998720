import * as l10n from '@vscode/l10n';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { HumanError } from '../../core/humanError';
import { labHost } from '../../core/model/lab';
import type { LinkRule } from '../../core/network/linkRule';
import type { NetworkReply, NetworkRequest, NetworkState } from '../../core/network/networkProtocol';
import type { Disposable } from '../../lab/emitter';
import type { LabPaths } from '../files/labPaths';
import { lifeOf } from '../process/identity';
import { readJsonLines } from './jsonLines';
import { readNetworkRecord } from './networkRecord';

/** The network answers at once; one that has not within this time, in milliseconds, is frozen. */
const answerTime = 5_000;

type Asked = NetworkRequest extends infer Request
  ? Request extends NetworkRequest
    ? Omit<Request, 'id'>
    : never
  : never;

/**
 * A connection to the network of a lab. What fails is a HumanError. The rules of a lease vanish with the connection: when it is disposed,
 * and when the process that has it dies.
 */
export class NetworkClient implements Disposable {
  private readonly waiting = new Map<number, (reply: NetworkReply | undefined) => void>();
  private lastId = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const answer of this.waiting.values()) answer(undefined);
    });
    readJsonLines(
      socket,
      () => Number.POSITIVE_INFINITY,
      line => {
        const reply = JSON.parse(line) as NetworkReply;
        this.waiting.get(reply.id)?.(reply);
      },
    );
  }

  /** Connects to the network of the lab in this folder, which must run. */
  static async connect(paths: LabPaths): Promise<NetworkClient> {
    const record = await readNetworkRecord(paths);
    if (!record || (await lifeOf(record)) === 'gone') throw noNetwork();
    const socket = connect({ host: labHost, port: record.port, noDelay: true });
    try {
      await once(socket, 'connect');
    } catch (error) {
      throw noNetwork(error);
    }
    const client = new NetworkClient(socket);
    try {
      await client.ask({ do: 'hello', token: record.token });
    } catch (error) {
      client.dispose();
      throw error;
    }
    return client;
  }

  /** Calls back when the connection ends, and with it the lease. */
  onDidClose(listener: () => void): Disposable {
    this.socket.on('close', listener);
    return { dispose: () => this.socket.off('close', listener) };
  }

  /** Replaces the rules that hold until they are set anew, whoever set the former ones. Done when they hold. */
  async setRules(rules: readonly LinkRule[]): Promise<void> {
    await this.ask({ do: 'setRules', rules: [...rules] });
  }

  /** Replaces the rules that hold as long as this connection does; they come on top of all others. Done when they hold. */
  async lease(rules: readonly LinkRule[]): Promise<void> {
    await this.ask({ do: 'lease', rules: [...rules] });
  }

  async state(): Promise<NetworkState> {
    const { state } = await this.ask({ do: 'state' });
    if (!state) throw noNetwork();
    return state;
  }

  /** Done when the others can connect to those of these nodes that take connections. */
  async open(nodes: readonly string[]): Promise<void> {
    await this.ask({ do: 'open', nodes: [...nodes] });
  }

  /** Tells the network that nodes are about to be started: it reads lab.json again, and waits for them. */
  async stay(): Promise<void> {
    await this.ask({ do: 'stay' });
  }

  private async ask(request: Asked): Promise<NetworkReply> {
    const id = ++this.lastId;
    const reply = await new Promise<NetworkReply | undefined>(resolve => {
      const timer = setTimeout(() => end(undefined), answerTime);
      const end = (answer: NetworkReply | undefined): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(answer);
      };
      this.waiting.set(id, end);
      if (this.socket.destroyed) end(undefined);
      else this.socket.write(`${JSON.stringify({ ...request, id })}\n`);
    });
    if (!reply) throw noNetwork();
    if (reply.error !== undefined)
      throw new HumanError(l10n.t('The network of the lab refused this: {0}.', reply.error));
    return reply;
  }

  dispose(): void {
    this.socket.destroy();
  }
}

function noNetwork(cause?: unknown): HumanError {
  return new HumanError(
    l10n.t(
      'The network of this lab does not run or does not answer. "redis-ha-lab up" or "Start Lab" starts it, if lab.json has "network": true.',
    ),
    { cause },
  );
}
