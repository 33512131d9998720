import { connect, type Socket } from 'node:net';
import { Greeting, type Opener } from '../../core/network/greeting';
import { clearLink, type LinkCondition } from '../../core/network/linkRule';
import type { CarriedConnection } from '../../core/network/networkProtocol';
import type { Random } from '../../core/network/loss';
import { labHost } from '../../core/model/lab';
import { Link } from './link';

/** What a connection through the network asks of the lab. */
export interface PassageContext {
  /** The name of the node to which it leads, and the port on which that listens. */
  readonly node: string;
  readonly listenPort: number;
  readonly random: Random;
  readonly publicPort: (listenPort: number) => number | undefined;
  /** The end of a link that somebody is: the name of a node, `client` or `client:NAME`. */
  readonly endOf: (opener: Opener) => Promise<string>;
  readonly condition: (from: string, to: string) => LinkCondition;
  /** Whether any link from or to the node is cut. */
  readonly isCutOff: () => boolean;
  /** The node took no connection, or ended this one. */
  readonly onRefused: () => void;
  readonly onClose: () => void;
}

/** One connection through the network: from whoever opened it to a node, and back. */
export class Passage {
  private readonly server: Socket;
  private readonly there: Link;
  private readonly back: Link;
  private greeting: Greeting | undefined;
  /** What happened since it was said who it is, while that is looked up: nothing may pass before its rules are known. */
  private pending: (() => void)[] | undefined;
  /** Undefined while it is not known. */
  private from: string | undefined;
  private isReached = false;
  private isDone = false;

  constructor(
    private readonly client: Socket,
    private readonly context: PassageContext,
  ) {
    this.greeting = new Greeting(context.publicPort);
    this.server = connect({
      host: labHost,
      port: context.listenPort,
      noDelay: true,
      allowHalfOpen: true,
    });
    this.there = new Link(client, this.server, context.random);
    this.back = new Link(this.server, client, context.random);
    this.listenToClient();
    this.listenToServer();
  }

  get state(): CarriedConnection {
    return { from: this.from, to: this.context.node, held: [this.there.held, this.back.held] };
  }

  /** Looks at the rules again. */
  refresh(): void {
    const { from } = this;
    const { node, condition } = this.context;
    this.there.change(from === undefined ? clearLink : condition(from, node));
    this.back.change(from === undefined ? clearLink : condition(node, from));
  }

  private listenToClient(): void {
    const { client } = this;
    client.on('data', (bytes: Buffer) => {
      if (this.greeting) this.hear(this.greeting, bytes);
      else this.next(() => this.there.send(bytes));
    });
    client.on('end', () => {
      if (this.greeting) this.there.send(Buffer.from(this.greeting.unfinished));
      this.greeting = undefined;
      this.next(() => this.there.end());
    });
    client.on('error', () => {});
    client.on('close', hadError => {
      if (hadError || !client.readableEnded) this.next(() => this.there.reset());
      this.done();
    });
  }

  private listenToServer(): void {
    const { server } = this;
    server.on('connect', () => (this.isReached = true));
    server.on('data', (bytes: Buffer) => this.back.send(bytes));
    server.on('end', () => this.back.end());
    server.on('error', () => {});
    server.on('close', hadError => {
      // Behind a cut link nobody learns that the node takes no connections; who asks is not known yet.
      if (this.from === undefined && !this.isReached && this.context.isCutOff()) this.back.hold(true);
      if (hadError || !server.readableEnded) this.back.reset();
      if (!this.isReached || !this.client.readableEnded) this.context.onRefused();
      this.done();
    });
  }

  private hear(greeting: Greeting, bytes: Buffer): void {
    const heard = greeting.hear(bytes);
    if (heard.opener === undefined) {
      this.there.send(asBuffer(heard.bytes));
      return;
    }
    this.greeting = undefined;
    this.pending = [() => this.there.send(asBuffer(heard.bytes))];
    void this.context.endOf(heard.opener).then(from => {
      this.from = from;
      this.refresh();
      for (const step of this.pending ?? []) step();
      this.pending = undefined;
      this.back.hold(false);
    });
  }

  private next(step: () => void): void {
    if (this.pending) this.pending.push(step);
    else step();
  }

  /** A connection whose one side is gone goes on until the other has learnt of it: a cut link does not tell. */
  private done(): void {
    if (this.isDone || !this.client.destroyed || !this.server.destroyed) return;
    this.isDone = true;
    this.context.onClose();
  }

  destroy(): void {
    this.client.destroy();
    this.server.destroy();
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
