import type { ProbeRecord } from './probeRecord';

/** A node became the master at this moment, in milliseconds of the probe's clock. */
export interface Promotion {
  readonly port: number;
  readonly at: number;
}

/**
 * Who was the master when, as far as a record alone tells: the first master, and from its first acknowledgement on every other node to
 * which the client `sentinel` moved. A promotion happened a little earlier than this shows; logs and Sentinels know better.
 */
export function promotionsSeen(record: ProbeRecord): readonly Promotion[] {
  const found: Promotion[] = [{ port: record.master, at: Number.NEGATIVE_INFINITY }];
  const attempts = record.clients.find(({ client }) => client === 'sentinel')?.attempts ?? [];
  for (const { result, server, settledAt } of attempts) {
    if (result !== 'ok' || server === undefined) continue;
    const port = record.servers[server]?.port;
    if (port !== undefined && port !== found.at(-1)?.port) found.push({ port, at: settledAt });
  }
  return found;
}

/** Tells who was the master at a moment. */
export class Mastership {
  private readonly promotions: readonly Promotion[];

  constructor(promotions: readonly Promotion[]) {
    this.promotions = promotions.toSorted((a, b) => a.at - b.at);
  }

  /** The place of the last promotion at or before this moment, or -1. */
  private indexAt(at: number): number {
    let low = 0;
    let high = this.promotions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.promotions[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The port of the master at this moment; undefined before the first known promotion. */
  masterAt(at: number): number | undefined {
    return this.promotions[this.indexAt(at)]?.port;
  }

  /**
   * How often this node had been promoted by then: tells apart the time after its first loss of the mastership from that after its second.
   */
  termsOf(port: number, at: number): number {
    let terms = 0;
    let previous: number | undefined;
    for (let index = 0; index <= this.indexAt(at); index++) {
      const promoted = this.promotions[index]?.port;
      if (promoted === port && previous !== port) terms++;
      previous = promoted;
    }
    return terms;
  }
}
