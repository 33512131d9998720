import type { Redis } from 'ioredis';
import type { NodeSpec } from '../../core/model/lab';
import type { LabEvent } from '../../core/model/labEvent';
import type { ConnectionFailure } from '../../core/model/labState';
import { processIdOf } from '../../core/model/serverInfo';
import type { NodeSource } from '../../lab/ports';
import { endsWithin } from '../../lab/withinTime';
import type { LabPaths } from '../files/labPaths';
import { observeProcess } from '../files/runRecords';
import { adoptOrphan } from '../process/adoptOrphan';
import { isListening, portOwner } from '../process/portOwner';
import { isAuthError, openConnection } from './connection';

/** A node that has not answered for this long counts as silent, in milliseconds. */
const answerTime = 1_000;
/** The channel in which Sentinels talk among themselves: not news. */
const helloChannel = '__sentinel__:hello';

/** What a watcher needs to know from outside. */
export interface WatcherContext {
  readonly paths: LabPaths;
  readonly masterName: string;
  readonly password: (node: NodeSpec) => Promise<string | undefined>;
  readonly dispatch: (event: LabEvent) => void;
}

/** Watches one node over its own connection and, for a Sentinel, a second one that receives what it publishes. */
export class NodeWatcher implements NodeSource {
  private client: Redis | undefined;
  private subscriber: Redis | undefined;
  private polling: Promise<void> | undefined;
  private lastPid: number | undefined;
  private isFrozen = false;
  private looks = 0;
  private lastLook = 0;
  /** Looking up who holds the port; everybody who finds it taken waits for the one look. */
  private tellingOwner: Promise<void> | undefined;
  private isDisposed = false;

  constructor(
    private readonly node: NodeSpec,
    private readonly context: WatcherContext,
  ) {}

  /** A frozen node accepts a connection and never answers: the asking goes on, the caller waits no longer than for an answer. */
  async poll(hellos = false): Promise<void> {
    this.polling ??= this.pollOnce(hellos).finally(() => (this.polling = undefined));
    if (!(await endsWithin(this.polling, answerTime))) await this.failed('timeout');
  }

  /** Looks overlap: what an earlier one saw must not be told after what a later one saw. */
  async observe(): Promise<void> {
    const turn = ++this.looks;
    const process = await observeProcess(this.context.paths, this.node.name);
    if (turn < this.lastLook) return;
    this.lastLook = turn;
    this.lastPid = process.life === 'gone' ? undefined : process.record?.pid;
    this.isFrozen = process.life === 'frozen';
    this.send({ type: 'processObserved', node: this.node.name, at: Date.now(), process });
  }

  private async pollOnce(hellos: boolean): Promise<void> {
    try {
      const client = await this.connected();
      if (client) await this.ask(client, hellos);
    } catch (error) {
      // Asking goes wrong in ways that all mean "no answer now"; the next poll tells whether it lasts.
      // A client that ended before anybody listened to it would never be noticed otherwise.
      if (this.client?.status === 'end' || this.client?.status === 'close') this.client = undefined;
      await this.failed(isAuthError(error) ? 'auth' : 'closed');
    }
  }

  private async connected(): Promise<Redis | undefined> {
    if (this.client) return this.client;
    // Most polls of a stopped node end here: a bare socket costs far less than a client.
    if (!(await isListening(this.node.listenPort))) {
      this.tellingOwner = undefined;
      await this.failed('closed');
      return undefined;
    }
    const client = await openConnection(this.node.listenPort, await this.context.password(this.node));
    if (this.isDisposed) {
      client.disconnect();
      return undefined;
    }
    this.client = client;
    client.on('close', () => this.onClose(client));
    if (this.node.kind === 'sentinel') void this.subscribe();
    return client;
  }

  private async ask(client: Redis, hellos: boolean): Promise<void> {
    try {
      if (this.node.kind === 'sentinel') await this.askSentinel(client, hellos);
      else await this.askServer(client);
    } catch (error) {
      if (!isRedisReply(error)) throw error;
      await this.foundStranger(client, error);
    }
  }

  private async askServer(client: Redis): Promise<void> {
    const text = String(await client.call('INFO'));
    await this.recognise(text);
    this.send({ type: 'infoReceived', node: this.node.name, at: Date.now(), text });
  }

  private async askSentinel(client: Redis, hellos: boolean): Promise<void> {
    const { masterName } = this.context;
    const [info, master, quorum, others] = await Promise.allSettled([
      client.call('INFO'),
      client.call('SENTINEL', 'MASTER', masterName),
      client.call('SENTINEL', 'CKQUORUM', masterName),
      ...(hellos ? [client.call('SENTINEL', 'SENTINELS', masterName)] : []),
    ]);
    if (info.status === 'rejected') throw info.reason;
    const text = String(info.value);
    await this.recognise(text);
    this.send({
      type: 'sentinelReplied',
      node: this.node.name,
      at: Date.now(),
      info: text,
      master: master.status === 'fulfilled' && Array.isArray(master.value) ? master.value.map(String) : [],
      ckquorum: quorum.status === 'fulfilled' ? String(quorum.value) : (quorum.reason as Error).message,
      ...(others?.status === 'fulfilled' ? { others: others.value } : {}),
    });
  }

  /** A process that answers with another pid than the recorded one was started since: its record must be known before its words. */
  private async recognise(info: string): Promise<void> {
    const processId = processIdOf(info);
    // A frozen one that answers was resumed by somebody else.
    if (processId === this.lastPid && !this.isFrozen) return;
    await this.observe();
    if (this.lastPid === undefined && (await adoptOrphan(this.context.paths, this.node, info)))
      await this.observe();
  }

  private async subscribe(): Promise<void> {
    if (this.subscriber) return;
    try {
      const subscriber = await openConnection(this.node.listenPort, await this.context.password(this.node));
      if (this.isDisposed || this.subscriber) {
        subscriber.disconnect();
        return;
      }
      this.subscriber = subscriber;
      subscriber.on('close', () => (this.subscriber = undefined));
      subscriber.on('pmessage', (_pattern: string, channel: string, message: string) => {
        if (channel !== helloChannel)
          this.send({ type: 'sentinelPublished', node: this.node.name, at: Date.now(), channel, message });
      });
      await subscriber.psubscribe('*');
    } catch {
      // Without the subscription the polls still tell everything, only later; the next connection tries again.
      this.subscriber?.disconnect();
      this.subscriber = undefined;
    }
  }

  /** Something answers on the port, but not as a Redis of ours would. */
  private async foundStranger(client: Redis, error: Error): Promise<void> {
    this.client = undefined;
    client.disconnect();
    await this.failed(isAuthError(error) ? 'auth' : 'not-redis');
  }

  private onClose(client: Redis): void {
    if (this.client !== client) return;
    this.client = undefined;
    if (!this.isDisposed) void this.failed('closed');
  }

  private async failed(failure: ConnectionFailure): Promise<void> {
    await this.observe();
    this.send({ type: 'connectionFailed', node: this.node.name, at: Date.now(), failure });
    // Who sits on the port of a node that does not run: looked up once, because it is slow.
    if (this.lastPid !== undefined) return;
    const isTaken =
      failure === 'not-redis' ||
      failure === 'timeout' ||
      (failure === 'closed' && (await isListening(this.node.listenPort)));
    if (isTaken) {
      this.tellingOwner ??= this.tellOwner();
      await this.tellingOwner;
    } else {
      this.tellingOwner = undefined;
      this.send({ type: 'portOwnerFound', node: this.node.name, owner: undefined });
    }
  }

  private async tellOwner(): Promise<void> {
    this.send({ type: 'portOwnerFound', node: this.node.name, owner: await portOwner(this.node.listenPort) });
  }

  private send(event: LabEvent): void {
    if (!this.isDisposed) this.context.dispatch(event);
  }

  dispose(): void {
    this.isDisposed = true;
    this.client?.disconnect();
    this.subscriber?.disconnect();
  }
}

/** Whether an error is an answer of the server (`-NOAUTH …`) and not the loss of the connection. */
function isRedisReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
