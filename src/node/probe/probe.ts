import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeConfig } from '../../core/probe/probeConfig';
import type { ProbeEvent } from '../../core/probe/probeEvent';
import type { ProbeRecord, Stall } from '../../core/probe/probeRecord';
import { ReplicaReader } from './replicaReader';
import { ServerList } from './serverList';
import { Writer } from './writer';

/** Writes that are due within this time go out together, in milliseconds: waking up costs more than writing. */
const shortestBeat = 8;
/** A beat that comes so much too late is noted, and what was due meanwhile is left out, in milliseconds. */
const stallTime = 250;
/** How long clients may take to connect before the writes begin, in milliseconds. */
const connectTime = 2_000;
const progressTime = 1_000;
/** How many errors without a class are kept in their own words. */
const otherErrorsKept = 8;

/** Writes at an even rate through every client and remembers what became of each write. */
export class Probe {
  private readonly servers = new ServerList();
  private readonly writers: readonly Writer[];
  private readonly reader: ReplicaReader | undefined;
  private readonly stalls: Stall[] = [];
  private readonly otherErrors = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private startedAt = 0;
  /** When the first write of the present row was due, and how many of that row went out. */
  private rowAt = 0;
  private sent = 0;
  private nextProgress = 0;
  private nextRead = 0;

  constructor(
    private readonly config: ProbeConfig,
    private readonly onEvent: (event: ProbeEvent) => void,
  ) {
    this.writers = config.clients.map(
      name =>
        new Writer(name, config, this.servers, {
          onEvent,
          onOtherError: message => {
            if (this.otherErrors.size < otherErrorsKept) this.otherErrors.add(message);
          },
        }),
    );
    const [first] = this.writers;
    if (config.readRate > 0 && first) this.reader = new ReplicaReader(config, first);
  }

  /** Connects, waits a little for the connections, and begins to write. */
  async start(): Promise<void> {
    for (const writer of this.writers) writer.connect();
    this.reader?.connect();
    const late = performance.now() + connectTime;
    while (performance.now() < late && !this.writers.every(writer => writer.isConnected)) await sleep(5);
    this.startedAt = performance.now();
    this.rowAt = this.startedAt;
    this.nextProgress = this.startedAt + progressTime;
    this.nextRead = this.startedAt;
    this.onEvent({ type: 'started', at: this.startedAt, wallZero: performance.timeOrigin });
    this.beat();
  }

  /** Ends the writing, waits for the answers that may still come, and gives everything that was seen. */
  async stop(): Promise<ProbeRecord> {
    clearTimeout(this.timer);
    const endedAt = performance.now();
    // Every write has a time-out, so this ends.
    while (this.writers.some(writer => writer.isWaiting) || this.reader?.isWaiting) await sleep(5);
    for (const writer of this.writers) writer.close();
    this.reader?.close();
    const { run, rate, master } = this.config;
    return {
      run,
      rate,
      wallZero: performance.timeOrigin,
      startedAt: this.startedAt,
      endedAt,
      master,
      clients: this.writers.map(({ name, attempts }) => ({ client: name, attempts })),
      servers: this.servers.servers,
      reads: this.reader?.reads ?? [],
      stalls: this.stalls,
      otherErrors: [...this.otherErrors],
    };
  }

  private beat(): void {
    const interval = 1_000 / this.config.rate;
    const now = performance.now();
    const lateness = now - (this.rowAt + this.sent * interval);
    if (lateness > stallTime) {
      this.stalls.push({ at: now - lateness, ms: lateness });
      this.rowAt = now;
      this.sent = 0;
    }
    const due = Math.floor((now - this.rowAt) / interval) + 1 - this.sent;
    if (due > 0) {
      for (const writer of this.writers) writer.write(due);
      this.sent += due;
    }
    this.others(now);
    const next = this.rowAt + this.sent * interval;
    this.timer = setTimeout(() => this.beat(), Math.max(shortestBeat, next - performance.now()));
  }

  private others(now: number): void {
    if (this.reader && now >= this.nextRead) {
      this.nextRead = now + 1_000 / this.config.readRate;
      void this.reader.round();
    }
    if (now < this.nextProgress) return;
    this.nextProgress = now + progressTime;
    this.onEvent({ type: 'progress', at: now, clients: this.writers.map(({ progress }) => progress) });
  }
}
