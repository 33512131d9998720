import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { labHost } from '../../core/model/lab';

/** How often a node that takes no connections is tried again, in milliseconds: at first, and when it has been so for a while. */
const soon = 20;
const later = 200;
const soonLasts = 10_000;
/** How long it may take until a connection is refused, in milliseconds; a frozen node refuses none. */
const knockTime = 1_000;

/**
 * The port by which a node is known. It takes connections while the node itself does, so that a node that does not run refuses them
 * as it does without a network; while a link of the node is cut it takes them all, because nobody could know.
 */
export class Door {
  private server: Server | undefined;
  private opening: Promise<void> | undefined;
  private looking: Promise<void> | undefined;
  private isCutOff = false;
  private isThere = false;
  private isClosed = false;

  constructor(
    readonly node: string,
    readonly port: number,
    readonly listenPort: number,
    private readonly onConnection: (client: Socket) => void,
  ) {
    void this.look();
  }

  get isOpen(): boolean {
    return this.server !== undefined;
  }

  /** Whether the node took connections when it was last tried. */
  get isReached(): boolean {
    return this.isThere;
  }

  /** Says whether any link of the node is cut. */
  async cutOff(isCutOff: boolean): Promise<void> {
    this.isCutOff = isCutOff;
    await this.adjust();
  }

  /** Tries the node at once, and goes on until it takes connections. Done after the first try. */
  async look(): Promise<void> {
    const first = this.tryNode();
    this.looking ??= this.lookOn(first).finally(() => (this.looking = undefined));
    await first;
  }

  private async lookOn(first: Promise<boolean>): Promise<void> {
    const begin = performance.now();
    let isThere = await first;
    while (!this.isClosed && !(isThere && this.isOpen)) {
      await sleep(performance.now() - begin < soonLasts ? soon : later, undefined, { ref: false });
      isThere = await this.tryNode();
    }
  }

  private async tryNode(): Promise<boolean> {
    this.isThere = !(await isRefused(this.listenPort));
    await this.adjust();
    return this.isThere;
  }

  /** Two that find the port closed open it once. */
  private async adjust(): Promise<void> {
    if (this.isClosed) return;
    if (!this.isThere && !this.isCutOff) this.shut();
    else if (!this.server) await (this.opening ??= this.open().finally(() => (this.opening = undefined)));
  }

  private async open(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, this.onConnection);
    const isListening = await new Promise<boolean>(resolve => {
      // Somebody else took the port while nobody listened on it: it is tried again.
      server.on('error', () => resolve(false));
      server.listen({ host: labHost, port: this.port, exclusive: true }, () => resolve(true));
    });
    if (!isListening) return;
    if (this.isClosed || (!this.isThere && !this.isCutOff)) server.close();
    else this.server = server;
  }

  /** Connections that were taken go on. */
  private shut(): void {
    this.server?.close();
    this.server = undefined;
  }

  close(): void {
    this.isClosed = true;
    this.shut();
  }
}

/** Whether nobody takes connections on the port: only then is one refused. */
async function isRefused(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: labHost, port });
    const end = (refused: boolean): void => {
      socket.destroy();
      resolve(refused);
    };
    socket.once('connect', () => end(false));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'));
    socket.setTimeout(knockTime, () => end(false));
  });
}
