import { NumberRows, Times, Words } from './packed';
import type { LocalSync, WhyFull } from './syncs';

/** Syncs that are over, in order, kept as numbers. Each time it is read, a sync is a new object. */
export class PackedSyncs implements Iterable<LocalSync> {
  private readonly rows = new NumberRows(13);
  private readonly words = new Words();
  private readonly times = new Times();

  push(sync: LocalSync): void {
    const { words, times } = this;
    this.rows.push([
      sync.line,
      tellers.indexOf(sync.toldBy),
      words.numberOf(sync.replica),
      words.numberOf(sync.master),
      kinds.indexOf(sync.kind),
      outcomes.indexOf(sync.outcome),
      words.numberOf(sync.reason),
      words.numberOf(sync.whyFull),
      sync.attempts,
      sync.startedAt,
      times.numberOf(sync.startTime),
      sync.endedAt ?? Number.NaN,
      times.numberOf(sync.endTime),
    ]);
  }

  *[Symbol.iterator](): Generator<LocalSync> {
    for (let index = 0; index < this.rows.length; index++) yield this.at(index);
  }

  private at(index: number): LocalSync {
    const { words, times } = this;
    const [
      line = 0,
      toldBy = 0,
      replica = 0,
      master = 0,
      kind = 0,
      outcome = 0,
      reason = 0,
      whyFull = 0,
      attempts = 0,
      startedAt = 0,
      startTime = 0,
      endedAt = 0,
      endTime = 0,
    ] = this.rows.at(index);
    return {
      line,
      toldBy: tellers[toldBy] ?? 'replica',
      replica: words.at(replica),
      master: words.at(master),
      kind: kinds[kind] ?? 'full',
      outcome: outcomes[outcome] ?? 'unfinished',
      reason: words.at(reason),
      whyFull: words.at(whyFull) as WhyFull | undefined,
      attempts,
      startedAt,
      startTime: times.at(startTime),
      endedAt: Number.isNaN(endedAt) ? undefined : endedAt,
      endTime: times.at(endTime),
    };
  }
}

const tellers: readonly LocalSync['toldBy'][] = ['replica', 'master'];
const kinds: readonly LocalSync['kind'][] = ['full', 'partial'];
const outcomes: readonly LocalSync['outcome'][] = ['succeeded', 'failed', 'unfinished'];
