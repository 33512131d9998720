import { AttemptLog } from '../../core/probe/attemptLog';
import { classOfReply, type ErrorClass } from '../../core/probe/errorClass';
import { probeKey, seenKey, type ProbeClientName, type ProbeConfig } from '../../core/probe/probeConfig';
import type { ProbeEvent, ProbeProgress } from '../../core/probe/probeEvent';
import { WritePulse } from '../../core/probe/writePulse';
import { writerOptions } from './probeOptions';
import type { ServerList } from './serverList';
import { TrackedClient, type TrackedConnection } from './trackedClient';

/**
 * A server that has said nothing for so long gets a new connection, in milliseconds: writes that time out wait in the client until
 * then, and must not fill the memory.
 */
const longestSilence = 30_000;

/** What a writer tells the probe. */
export interface WriterListener {
  onEvent(event: ProbeEvent): void;
  /** An error that has no class, in its own words. */
  onOtherError(message: string): void;
}

/** One of the clients that write. */
export class Writer {
  readonly attempts = new AttemptLog();
  private readonly pulse = new WritePulse();
  private readonly tracked: TrackedClient;
  private waiting = 0;

  constructor(
    readonly name: ProbeClientName,
    private readonly config: ProbeConfig,
    servers: ServerList,
    private readonly listener: WriterListener,
  ) {
    this.tracked = new TrackedClient(writerOptions(name, config), servers, {
      onConnected: ({ port, server }) => {
        const runId = server === undefined ? undefined : servers.servers[server]?.runId;
        listener.onEvent({ type: 'connected', client: name, at: performance.now(), port, runId });
      },
      onDisconnected: error =>
        listener.onEvent({ type: 'disconnected', client: name, at: performance.now(), error }),
    });
  }

  connect(): void {
    this.tracked.connect();
  }

  get isConnected(): boolean {
    return this.tracked.connection?.server !== undefined;
  }

  /** The port of the server it writes to now. */
  get port(): number | undefined {
    return this.tracked.connection?.port;
  }

  /** Whether writes are on their way whose answer may still come. */
  get isWaiting(): boolean {
    return this.waiting > 0;
  }

  get highestAcknowledged(): number {
    return this.pulse.highestAcknowledged;
  }

  get progress(): ProbeProgress {
    const { acknowledged, failed } = this.pulse;
    return { client: this.name, attempted: this.attempts.length, acknowledged, failed };
  }

  /**
   * Sends so many writes at once, in one packet. They count as sent when the packet goes and as answered when the answer arrives: what
   * the client itself takes to write and read is no part of their latency.
   */
  write(count: number): void {
    const { connection } = this.tracked;
    if (!connection) {
      for (let skipped = 0; skipped < count; skipped++) this.skip();
      return;
    }
    const { stream } = this.tracked.redis;
    const packet = { sentAt: 0 };
    const next = this.attempts.length + 1;
    stream.cork();
    for (let number = next; number < next + count; number++) this.send(number, packet, connection);
    packet.sentAt = performance.now();
    for (let sent = 0; sent < count; sent++) this.attempts.begin(packet.sentAt);
    stream.uncork();
  }

  /** Notes the highest acknowledged number on the master, for those who read it from replicas. False: it did not get through. */
  async showSeen(number: number): Promise<boolean> {
    if (!this.tracked.connection) return false;
    return this.tracked.redis.set(seenKey(this.config.run), number).then(
      () => true,
      () => false,
    );
  }

  close(): void {
    this.tracked.close();
  }

  /** An attempt without a connection: it failed at once, for the reason for which there is none. */
  private skip(): void {
    const number = this.attempts.begin(performance.now());
    this.failed(number, this.tracked.reason, { fate: 'unsent', latency: 0, server: undefined });
  }

  private send(number: number, packet: { readonly sentAt: number }, connection: TrackedConnection): void {
    this.waiting++;
    this.tracked.redis.set(probeKey(this.config.run, this.name, number), number).then(
      () => {
        this.waiting--;
        const { heardAt, server } = connection;
        const latency = heardAt - packet.sentAt;
        this.attempts.settle(number, { result: 'ok', fate: 'answered', latency, server });
        const end = this.pulse.onAcknowledged(number, heardAt);
        if (end)
          this.listener.onEvent({ type: 'writing', client: this.name, at: heardAt, afterMs: end.afterMs });
      },
      (error: Error) => {
        this.waiting--;
        this.onError(number, error, connection, packet.sentAt);
      },
    );
  }

  private onError(number: number, error: Error, connection: TrackedConnection, sentAt: number): void {
    const { server, heardAt } = connection;
    if (error.name === 'ReplyError') {
      const latency = heardAt - sentAt;
      const result = classOfReply(error.message);
      if (result === 'other') this.listener.onOtherError(error.message);
      this.failed(number, result, { fate: 'answered', latency, server });
      return;
    }
    // Whatever else ioredis says of a write that it sent: its time was over, or its connection.
    const latency = performance.now() - sentAt;
    const isLate = error.message === 'Command timed out';
    this.failed(number, isLate ? 'TIMEOUT' : 'ECONNRESET', { fate: 'unanswered', latency, server });
    if (isLate && this.tracked.connection === connection) {
      const silence = performance.now() - connection.heardAt;
      if (silence > longestSilence) this.tracked.reconnect();
    }
  }

  private failed(
    number: number,
    result: ErrorClass,
    end: {
      readonly fate: 'unsent' | 'unanswered' | 'answered';
      readonly latency: number;
      readonly server: number | undefined;
    },
  ): void {
    this.attempts.settle(number, { result, ...end });
    if (this.pulse.onFailed(number, result))
      this.listener.onEvent({ type: 'failing', client: this.name, at: performance.now(), error: result });
  }
}
