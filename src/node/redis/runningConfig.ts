import * as l10n from '@vscode/l10n';
import type { Redis } from 'ioredis';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import {
  sentinelOption,
  type LiveDifference,
  type RunningValues,
} from '../../core/conf/editor/liveDifferences';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import type { Disposable } from '../../lab/emitter';
import { endsWithin } from '../../lab/withinTime';
import { openConnection } from './connection';
import { readPairs } from './replyPairs';

/** A node that has not answered for this long is taken for one that does not, in milliseconds. */
const answerTime = 2_000;

/**
 * What a running node has for its directives, asked and set on a connection that stays: a new one each time would fill the log of a
 * node that logs at the level verbose.
 */
export class RunningConfig implements Disposable {
  private client: Redis | undefined;
  private opening: Promise<Redis> | undefined;
  private isDisposed = false;

  constructor(
    private readonly node: NodeSpec,
    private readonly password: () => Promise<string | undefined>,
  ) {}

  /** Passwords are taken out before anybody can see them. */
  async read(): Promise<RunningValues> {
    return this.node.kind === 'sentinel' ? this.readSentinel() : this.readServer();
  }

  /** Makes the node take one value; a refusal is thrown in the server's words. */
  async set({ name, written, master }: LiveDifference): Promise<void> {
    if (master === undefined) await this.call('CONFIG', 'SET', name, written);
    else await this.call('SENTINEL', 'SET', master, sentinelOption(name), written);
  }

  private async readServer(): Promise<RunningValues> {
    const values = readPairs(await this.call('CONFIG', 'GET', '*'));
    for (const name of values.keys()) if (keepsSecret(name)) values.delete(name);
    return values;
  }

  /** A Sentinel before 6.2 has no CONFIG: what it runs with are the fields of its masters. */
  private async readSentinel(): Promise<RunningValues> {
    const masters = await this.call('SENTINEL', 'MASTERS');
    const values = new Map<string, string>();
    for (const master of Array.isArray(masters) ? masters : []) {
      const fields = readPairs(master);
      const name = fields.get('name') ?? '';
      const address = [fields.get('ip'), fields.get('port'), fields.get('quorum')].join(' ');
      values.set(`sentinel monitor ${name}`, address);
      for (const option of [
        'down-after-milliseconds',
        'failover-timeout',
        'parallel-syncs',
        'config-epoch',
      ]) {
        const value = fields.get(option);
        if (value !== undefined) values.set(`sentinel ${option} ${name}`, value);
      }
    }
    return values;
  }

  private async call(command: string, ...args: readonly string[]): Promise<unknown> {
    const asked = this.connected().then(async client => client.call(command, ...args));
    if (await endsWithin(asked, answerTime)) return asked;
    this.close();
    throw new HumanError(l10n.t('{0} does not answer. Try again when it does.', this.node.name));
  }

  private async connected(): Promise<Redis> {
    if (this.client) return this.client;
    // Two that ask at the same time wait for one connection.
    this.opening ??= this.open().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async open(): Promise<Redis> {
    const client = await openConnection(this.node.listenPort, await this.password());
    if (this.isDisposed) client.disconnect();
    else this.client = client;
    client.on('close', () => {
      if (this.client === client) this.client = undefined;
    });
    return client;
  }

  private close(): void {
    this.client?.disconnect();
    this.client = undefined;
  }

  dispose(): void {
    this.isDisposed = true;
    this.close();
  }
}
