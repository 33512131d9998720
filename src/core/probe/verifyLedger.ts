import { NumberRanges } from './numberRanges';
import type { NumberSet } from './numberSet';
import type { ProbeClientName } from './probeConfig';
import type { ProbeRecord, ProbeServer } from './probeRecord';
import { Mastership, promotionsSeen, type Promotion } from './promotions';

/** Which numbers of each client the final master has. */
export type PresentNumbers = ReadonlyMap<ProbeClientName, NumberSet>;

/** One client's writes held against what the final master has. */
export interface ClientVerification {
  readonly client: ProbeClientName;
  readonly present: number;
  /** The server said OK, and the final master does not have it. */
  readonly lostAcknowledged: NumberRanges;
  /** No answer came, and yet it is there. */
  readonly unacknowledgedButPresent: NumberRanges;
  /** There although it was refused or never sent. Always empty, or the probe is wrong. */
  readonly unexplained: NumberRanges;
}

/** A time in which a node went on acknowledging after another one had been promoted. Times are milliseconds of the probe's clock. */
export interface StaleMaster extends ProbeServer {
  readonly first: number;
  readonly last: number;
  readonly ms: number;
  readonly acknowledged: number;
  readonly lost: number;
}

export interface Verification {
  readonly clients: readonly ClientVerification[];
  readonly staleMasters: readonly StaleMaster[];
  /** The longest time in which an old master went on acknowledging, in milliseconds; 0 when none did. */
  readonly staleMasterWindowMs: number;
}

/**
 * Holds every write of a record against what the final master has. `promotions` are those that logs or Sentinels tell; without them the
 * record's own evidence counts ({@link promotionsSeen}).
 */
export function verifyLedger(
  record: ProbeRecord,
  present: PresentNumbers,
  promotions: readonly Promotion[] = promotionsSeen(record),
): Verification {
  const windows = new StaleWindows(record, new Mastership(promotions));
  const clients = record.clients.map(({ client, attempts }): ClientVerification => {
    const there = present.get(client);
    const lostAcknowledged = new NumberRanges();
    const unacknowledgedButPresent = new NumberRanges();
    const unexplained = new NumberRanges();
    for (const { number, result, fate, server, settledAt } of attempts) {
      const isThere = there?.has(number) ?? false;
      if (result === 'ok') {
        if (!isThere) lostAcknowledged.add(number);
        if (server !== undefined) windows.acknowledged(server, settledAt, isThere);
      } else if (isThere) {
        (fate === 'unanswered' ? unacknowledgedButPresent : unexplained).add(number);
      }
    }
    return { client, present: there?.size ?? 0, lostAcknowledged, unacknowledgedButPresent, unexplained };
  });
  const staleMasters = windows.found();
  return {
    clients,
    staleMasters,
    staleMasterWindowMs: staleMasters.reduce((longest, { ms }) => Math.max(longest, ms), 0),
  };
}

/** Collects what was acknowledged by nodes that were not the master any more. */
class StaleWindows {
  private readonly windows = new Map<
    string,
    { readonly server: number; first: number; last: number; acknowledged: number; lost: number }
  >();

  constructor(
    private readonly record: ProbeRecord,
    private readonly mastership: Mastership,
  ) {}

  acknowledged(server: number, at: number, isThere: boolean): void {
    const port = this.record.servers[server]?.port;
    const master = this.mastership.masterAt(at);
    if (port === undefined || master === undefined || port === master) return;
    const key = `${server} ${this.mastership.termsOf(port, at)}`;
    const window = this.windows.get(key) ?? { server, first: at, last: at, acknowledged: 0, lost: 0 };
    // Two clients may have written to it: their acknowledgements do not come in one order.
    window.first = Math.min(window.first, at);
    window.last = Math.max(window.last, at);
    window.acknowledged++;
    if (!isThere) window.lost++;
    this.windows.set(key, window);
  }

  found(): readonly StaleMaster[] {
    return Array.from(this.windows.values(), ({ server, first, last, acknowledged, lost }) => ({
      ...(this.record.servers[server] ?? { port: 0, runId: undefined }),
      first,
      last,
      ms: last - first,
      acknowledged,
      lost,
    })).toSorted((a, b) => a.first - b.first);
  }
}
