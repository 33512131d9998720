import type { Attempt, AttemptLog } from './attemptLog';
import type { ErrorClass, ErrorCounts } from './errorClass';
import type { ProbeClientName } from './probeConfig';
import type { ProbeRecord, ProbeServer } from './probeRecord';

/** A time in which no write of a client got through although it tried. Times are milliseconds of the probe's clock. */
export interface Outage {
  /** The last acknowledgement before; the first attempt where there was none. */
  readonly begunAt: number;
  /** The first acknowledgement after; undefined: it lasted to the end of the probe. */
  readonly endedAt: number | undefined;
  /** Its length in milliseconds, up to the end of the probe where it lasted so long. */
  readonly ms: number;
  /** How many attempts failed in it; at least one. */
  readonly failed: number;
  readonly errors: ErrorCounts;
}

/** Times from sending to acknowledgement, in milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What one server acknowledged to one client. */
export interface ServerShare extends ProbeServer {
  readonly acknowledged: number;
  /** First and last acknowledgement, milliseconds of the probe's clock. */
  readonly first: number;
  readonly last: number;
}

/** What one client tried and what became of it. attempted = acknowledged + the sum of all errors. */
export interface ClientLedger {
  readonly client: ProbeClientName;
  readonly attempted: number;
  readonly acknowledged: number;
  /** Sent, and no answer came: they may be there. Part of the errors. */
  readonly unacknowledged: number;
  /** Never sent, because there was no connection. Part of the errors. */
  readonly unsent: number;
  readonly errors: ErrorCounts;
  readonly outages: readonly Outage[];
  /** The longest outage in milliseconds; 0 when there was none. */
  readonly outageMs: number;
  /** The longest time between two acknowledgements, whether or not an attempt failed in it; a pause shorter than the time-out shows here. */
  readonly longestGapMs: number;
  readonly latency: Latency | undefined;
  readonly servers: readonly ServerShare[];
}

/** Reads from one node while it was not the master of the client `sentinel`. */
export interface ReadLedger {
  readonly port: number;
  readonly reads: number;
  readonly errors: ErrorCounts;
  /** Answers that showed less than what had been acknowledged before the read began. */
  readonly stale: number;
  readonly mostBehind: number;
  readonly longestStaleMs: number;
}

/** What the application would have felt, by client. */
export interface Ledger {
  readonly run: string;
  readonly rate: number;
  readonly wallZero: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly clients: readonly ClientLedger[];
  readonly reads: readonly ReadLedger[];
  /** How long the probe itself stood still, in milliseconds: what was measured then says nothing about Redis. */
  readonly stalledMs: number;
  readonly otherErrors: readonly string[];
}

/** Adds up a record. */
export function makeLedger(record: ProbeRecord): Ledger {
  const { run, rate, wallZero, startedAt, endedAt, otherErrors } = record;
  return {
    run,
    rate,
    wallZero,
    startedAt,
    endedAt,
    clients: record.clients.map(({ client, attempts }) => clientLedger(client, attempts, record)),
    reads: readLedgers(record),
    stalledMs: record.stalls.reduce((sum, { ms }) => sum + ms, 0),
    otherErrors,
  };
}

function clientLedger(client: ProbeClientName, attempts: AttemptLog, record: ProbeRecord): ClientLedger {
  const errors = new Counts();
  const outages = new Outages();
  const shares = new Map<number, { acknowledged: number; first: number; last: number }>();
  const latencies = new Float32Array(attempts.length);
  let acknowledged = 0;
  let unacknowledged = 0;
  let unsent = 0;
  for (const attempt of attempts) {
    outages.add(attempt);
    if (attempt.result !== 'ok') {
      errors.add(attempt.result);
      if (attempt.fate === 'unanswered') unacknowledged++;
      if (attempt.fate === 'unsent') unsent++;
      continue;
    }
    latencies[acknowledged++] = attempt.settledAt - attempt.sentAt;
    if (attempt.server === undefined) continue;
    const share = shares.get(attempt.server);
    if (share) {
      share.acknowledged++;
      share.last = attempt.settledAt;
    } else {
      shares.set(attempt.server, { acknowledged: 1, first: attempt.settledAt, last: attempt.settledAt });
    }
  }
  const ended = outages.end(record.endedAt);
  return {
    client,
    attempted: attempts.length,
    acknowledged,
    unacknowledged,
    unsent,
    errors: errors.counts,
    outages: ended,
    outageMs: ended.reduce((longest, { ms }) => Math.max(longest, ms), 0),
    longestGapMs: outages.longestGap,
    latency: latencyOf(latencies.subarray(0, acknowledged)),
    servers: Array.from(shares, ([index, share]) => ({ ...serverAt(record, index), ...share })),
  };
}

function serverAt(record: ProbeRecord, index: number): ProbeServer {
  return record.servers[index] ?? { port: 0, runId: undefined };
}

/** Sorts in place. */
function latencyOf(values: Float32Array): Latency | undefined {
  if (values.length === 0) return undefined;
  values.sort();
  const at = (part: number): number =>
    values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function readLedgers(record: ProbeRecord): readonly ReadLedger[] {
  const byPort = new Map<number, { ledger: Writable<ReadLedger>; errors: Counts }>();
  for (const { port, result, behind, staleMs } of record.reads) {
    let entry = byPort.get(port);
    if (!entry) {
      const ledger = { port, reads: 0, errors: {}, stale: 0, mostBehind: 0, longestStaleMs: 0 };
      entry = { ledger, errors: new Counts() };
      byPort.set(port, entry);
    }
    const { ledger, errors } = entry;
    ledger.reads++;
    if (result !== 'ok') errors.add(result);
    else if (behind > 0) ledger.stale++;
    ledger.mostBehind = Math.max(ledger.mostBehind, behind);
    ledger.longestStaleMs = Math.max(ledger.longestStaleMs, staleMs);
  }
  return Array.from(byPort.values(), ({ ledger, errors }) => ({ ...ledger, errors: errors.counts })).toSorted(
    (a, b) => a.port - b.port,
  );
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

class Counts {
  readonly counts: Partial<Record<ErrorClass, number>> = {};

  add(error: ErrorClass): void {
    this.counts[error] = (this.counts[error] ?? 0) + 1;
  }
}

/** Finds outages among attempts that come in the order of their numbers. */
class Outages {
  longestGap = 0;
  private readonly found: Outage[] = [];
  private lastOk: number | undefined;
  private open: { readonly begunAt: number; failed: number; readonly errors: Counts } | undefined;

  add({ result, sentAt, settledAt }: Attempt): void {
    if (result !== 'ok') {
      this.open ??= { begunAt: this.lastOk ?? sentAt, failed: 0, errors: new Counts() };
      this.open.failed++;
      this.open.errors.add(result);
      return;
    }
    if (this.lastOk !== undefined) this.longestGap = Math.max(this.longestGap, settledAt - this.lastOk);
    this.lastOk = settledAt;
    if (this.open) this.close(settledAt);
  }

  end(endedAt: number): readonly Outage[] {
    if (this.open) this.close(undefined, endedAt);
    return this.found;
  }

  private close(endedAt: number | undefined, until = endedAt ?? 0): void {
    if (!this.open) return;
    const { begunAt, failed, errors } = this.open;
    this.found.push({ begunAt, endedAt, ms: Math.max(0, until - begunAt), failed, errors: errors.counts });
    this.open = undefined;
  }
}
