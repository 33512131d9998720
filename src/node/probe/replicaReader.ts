import { AcknowledgedNumbers } from '../../core/probe/acknowledgedNumbers';
import { classOfFailure, classOfReply, type ErrorClass } from '../../core/probe/errorClass';
import { seenKey, type ProbeConfig } from '../../core/probe/probeConfig';
import type { ReplicaRead } from '../../core/probe/probeRecord';
import { fixedOptions } from './probeOptions';
import { ServerList } from './serverList';
import { TrackedClient } from './trackedClient';
import type { Writer } from './writer';

/**
 * Reads from every data node but the one that is written to, and notes how far its answer is behind what had been acknowledged before
 * the read began.
 */
export class ReplicaReader {
  readonly reads: ReplicaRead[] = [];
  private readonly seen = new AcknowledgedNumbers();
  private readonly clients: readonly { readonly port: number; readonly tracked: TrackedClient }[];
  private isShowing = false;
  private waiting = 0;

  constructor(
    private readonly config: ProbeConfig,
    private readonly writer: Writer,
  ) {
    const servers = new ServerList();
    this.clients = config.servers.map(target => ({
      port: target.port,
      tracked: new TrackedClient(fixedOptions('reader', target, config), servers),
    }));
  }

  connect(): void {
    for (const { tracked } of this.clients) tracked.connect();
  }

  get isWaiting(): boolean {
    return this.waiting > 0;
  }

  /** Shows the newest number on the master and reads it from the others as soon as it is acknowledged, or at once when it cannot be. */
  async round(): Promise<void> {
    const number = this.writer.highestAcknowledged;
    if (number > this.seen.highest && !this.isShowing) {
      this.isShowing = true;
      const isShown = await this.writer.showSeen(number);
      this.isShowing = false;
      if (isShown) this.seen.acknowledge(number, performance.now());
    }
    if (this.seen.highest > 0) for (const { port, tracked } of this.clients) this.read(port, tracked);
  }

  close(): void {
    for (const { tracked } of this.clients) tracked.close();
  }

  private read(port: number, tracked: TrackedClient): void {
    if (port === this.writer.port) return;
    const at = performance.now();
    const expected = this.seen.highest;
    const fail = (result: ErrorClass): void => {
      this.reads.push({ at, port, result, behind: 0, staleMs: 0 });
    };
    if (!tracked.connection) {
      fail(tracked.reason);
      return;
    }
    this.waiting++;
    tracked.redis.get(seenKey(this.config.run)).then(
      shown => {
        this.waiting--;
        this.reads.push({
          at,
          port,
          result: 'ok',
          ...this.seen.staleness(Number(shown ?? 0), expected, at),
        });
      },
      (error: Error) => {
        this.waiting--;
        fail(error.name === 'ReplyError' ? classOfReply(error.message) : classOfFailure(error));
      },
    );
  }
}
