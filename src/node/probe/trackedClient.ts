import { Redis } from 'ioredis';
import { classOfFailure, type ErrorClass } from '../../core/probe/errorClass';
import type { ProbeClientOptions } from './probeOptions';
import type { ServerList } from './serverList';

/** One connection to a server: what was sent on it was answered by that server or not at all. */
export interface TrackedConnection {
  readonly port: number;
  /** Its place in the record's list; known with the first answer, which is to INFO. */
  server: number | undefined;
  /** When the server last said anything, milliseconds of the probe's clock: known before what it said is read. */
  heardAt: number;
  /** Whether the listener has heard of it. */
  isTold: boolean;
}

/** What a client tells of its connections: of those on which it may write, and of nothing that came in between. */
export interface ConnectionListener {
  onConnected?(connection: TrackedConnection): void;
  onDisconnected?(error: ErrorClass): void;
}

/** Sentinel clients that gave up are connected again after this time, in milliseconds. */
const revivalTime = 50;

/**
 * An ioredis client of which is always known which server process it writes to and, while it has none, why. ioredis keeps its own
 * ways of connecting; this only listens.
 */
export class TrackedClient {
  readonly redis: Redis;
  private current: TrackedConnection | undefined;
  private cause: ErrorClass = 'TIMEOUT';
  private hasFailed = false;
  private isClosed = false;

  constructor(
    options: ProbeClientOptions,
    private readonly servers: ServerList,
    private readonly listener: ConnectionListener = {},
  ) {
    this.redis = new Redis(options);
    this.redis.on('error', (error: Error) => this.onError(error));
    // ioredis tells of every Sentinel that could not help; the last one has the word.
    this.redis.on('sentinelError', (error: Error) => this.onError(error));
    this.redis.on('connect', () => this.onConnect());
    this.redis.on('ready', () => this.onReady());
    this.redis.on('close', () => this.onClose());
    this.redis.on('end', () => this.onEnd());
  }

  connect(): void {
    // What goes wrong comes as an event, too.
    this.redis.connect().catch(() => {});
  }

  /** The connection on which a command would go out now; undefined: none would, see {@link reason}. */
  get connection(): TrackedConnection | undefined {
    const { redis } = this;
    return redis.status === 'ready' && redis.stream.writable ? this.current : undefined;
  }

  /** Why there is no connection. */
  get reason(): ErrorClass {
    return this.cause;
  }

  /** Connects anew: the server has been silent for too long. */
  reconnect(): void {
    this.cause = 'TIMEOUT';
    this.hasFailed = true;
    this.redis.disconnect(true);
  }

  close(): void {
    this.isClosed = true;
    this.redis.disconnect();
  }

  private onError(error: Error & { code?: unknown }): void {
    // It says this after a full round through the Sentinels, also when each of them answered.
    if (error.message.startsWith('All sentinels are unreachable')) return;
    this.hasFailed = true;
    // A Sentinel that cannot be reached is in no error of its own: its client was closed before it could ask.
    const isNoSentinel = error.message.startsWith('failed to connect to sentinel');
    this.cause = isNoSentinel ? classOfSentinelError(error.message) : classOfFailure(error);
  }

  private onConnect(): void {
    const connection: TrackedConnection = {
      port: this.redis.stream.remotePort ?? 0,
      server: undefined,
      heardAt: performance.now(),
      isTold: false,
    };
    this.redis.stream.prependListener('data', () => (connection.heardAt = performance.now()));
    this.current = connection;
    this.hasFailed = false;
    this.identify(connection);
  }

  /** Asks who the server is: the first command on every connection, so that later answers come from a known server. */
  private identify(connection: TrackedConnection): void {
    this.redis.info().then(
      text => {
        if (this.current === connection) this.identified(connection, text);
      },
      (error: Error) => {
        if (this.current !== connection) return;
        connection.server = this.servers.indexOf(connection.port, undefined);
        const cause = classOfFailure(error);
        this.fail(cause);
        // It refuses, and will go on to; or it is frozen, and may answer the next time.
        if (error.name === 'ReplyError') this.tell();
        else if (cause === 'TIMEOUT') this.identify(connection);
      },
    );
  }

  private identified(connection: TrackedConnection, info: string): void {
    connection.server = this.servers.indexOf(connection.port, field(info, 'run_id'));
    // ioredis waits until the server has loaded, and leaves one that is no master: until then there is no connection to write on.
    if (field(info, 'loading') === '1') this.fail('LOADING');
    else if (field(info, 'role') === 'slave') this.fail('READONLY');
    this.tell();
  }

  private onReady(): void {
    this.hasFailed = false;
    this.tell();
  }

  /** A connection is news once its server is known and writes can go out. */
  private tell(): void {
    const { connection } = this;
    if (!connection || connection.server === undefined || connection.isTold) return;
    connection.isTold = true;
    this.listener.onConnected?.(connection);
  }

  /** Notes why nothing can be written on an open connection. Where writes go out all the same, they tell themselves. */
  private fail(cause: ErrorClass): void {
    if (this.redis.status === 'ready') return;
    this.cause = cause;
    this.hasFailed = true;
  }

  private onClose(): void {
    const closed = this.current;
    this.current = undefined;
    // Closed without a word: by the server's end, or by ioredis because the master has moved.
    if (closed && !this.hasFailed) this.cause = 'ECONNRESET';
    this.hasFailed = false;
    if (closed?.isTold && !this.isClosed) this.listener.onDisconnected?.(this.cause);
  }

  /**
   * ioredis gives up for good when the news of a failover comes just while it asks a Sentinel for the master. An application would be
   * restarted by whoever watches it.
   */
  private onEnd(): void {
    if (this.isClosed) return;
    setTimeout(() => {
      if (!this.isClosed && this.redis.status === 'end') this.connect();
    }, revivalTime);
  }
}

function classOfSentinelError(message: string): ErrorClass {
  return /timed out/i.test(message) ? 'TIMEOUT' : 'ECONNREFUSED';
}

/** One field of INFO. */
function field(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
}
