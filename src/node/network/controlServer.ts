import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import * as v from 'valibot';
import {
  networkRequestSchema,
  type NetworkReply,
  type NetworkRequest,
} from '../../core/network/networkProtocol';
import { labHost } from '../../core/model/lab';
import { readJsonLines } from './jsonLines';
import type { LabNetwork, Lease } from './labNetwork';

/** A line of somebody who has not shown the token yet, and one of somebody who has, in characters. */
const longestGreeting = 1_024;
const longestLine = 1_048_576;
/** How long somebody may take to show it, in milliseconds. */
const greetingTime = 5_000;

/** Takes orders for the network on a port of its own: only of those who know the token, which only this user can read. */
export class ControlServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly network: LabNetwork,
    private readonly token: string,
    private readonly onStay: () => Promise<void>,
  ) {
    this.server = createServer(socket => this.take(socket));
  }

  /** Gives the port, chosen by the system. */
  async listen(): Promise<number> {
    this.server.listen({ host: labHost, port: 0, exclusive: true });
    await once(this.server, 'listening');
    // One that could not be taken does not end the network.
    this.server.on('error', () => {});
    return (this.server.address() as AddressInfo).port;
  }

  private take(socket: Socket): void {
    const lease = this.network.lease();
    let isKnown = false;
    /** One after the other, so that the rules that are set last hold. */
    let work: Promise<unknown> = Promise.resolve();
    this.sockets.add(socket);
    const timer = setTimeout(() => socket.destroy(), greetingTime);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      this.sockets.delete(socket);
      work = work.then(() => lease.end());
    });
    readJsonLines(
      socket,
      () => (isKnown ? longestLine : longestGreeting),
      line => {
        const request = readRequest(line);
        if (!isKnown) {
          isKnown = request?.do === 'hello' && isSame(request.token, this.token);
          if (!isKnown) {
            socket.destroy();
            return;
          }
          clearTimeout(timer);
        }
        work = work.then(async () => {
          const reply = await this.answer(request, lease);
          if (!socket.destroyed) socket.write(`${JSON.stringify(reply)}\n`);
        });
      },
    );
  }

  private async answer(request: NetworkRequest | undefined, lease: Lease): Promise<NetworkReply> {
    if (!request) return { id: -1, error: 'this is no request' };
    const { id } = request;
    try {
      switch (request.do) {
        case 'hello':
          return { id };
        case 'state':
          return { id, state: this.network.state };
        case 'setRules':
          await this.network.setRules(request.rules);
          return { id };
        case 'lease':
          await lease.set(request.rules);
          return { id };
        case 'open':
          await this.network.open(request.nodes);
          return { id };
        case 'stay':
          await this.onStay();
          return { id };
      }
    } catch (error) {
      return { id, error: (error as Error).message };
    }
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

function readRequest(line: string): NetworkRequest | undefined {
  try {
    const result = v.safeParse(networkRequestSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
