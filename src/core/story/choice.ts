import type { Address } from './failover';
import type { StoryLine } from './storyLine';

/**
 * Why a Sentinel chose this replica (sentinel.c, `sentinelSelectSlave`: priority, then offset, then run id): `only-one`: there was no
 * other that was up; `offset`: it had more of the data; `same-offset`: all had the same, so priority or run id decided, which logs do
 * not tell; `priority`: another one had more of the data, so the priority decided.
 */
export type ChoiceReason = 'only-one' | 'offset' | 'same-offset' | 'priority';

/** A replica that could be chosen, as its leader knew it. */
export interface Candidate {
  readonly address: string;
  readonly isDown: boolean;
  /** Replication offset at the choice, where the replica's own log tells it. */
  readonly offset: number | null;
}

export interface Choice {
  readonly replica: Address;
  /** Null: these logs do not tell. */
  readonly reason: ChoiceReason | null;
}

/** A line of a data node that shows how far it was: it was promoted with this offset, or asked its new master to go on from it. */
export interface OffsetMark {
  readonly at: number;
  readonly kind: 'promoted' | 'followed';
  readonly offset: number;
}

/** Reads {@link OffsetMark}s from a data node's log (4.0 and later: PSYNC2). */
export class OffsetReader {
  private readonly marks: OffsetMark[] = [];
  private isRepointed = false;

  read({ said, at }: StoryLine): void {
    const { id, args } = said;
    if (id === 'setting-secondary-replication-id-valid-up-offset') {
      this.marks.push({ at, kind: 'promoted', offset: Number(args['secondaryOffset']) });
    } else if (id === 'replicaof-enabled-user-request') {
      this.isRepointed = true;
    } else if (id === 'trying-partial-resynchronization-request' && this.isRepointed) {
      this.isRepointed = false;
      const offset = Number(args['offset']);
      if (!Number.isNaN(offset)) this.marks.push({ at, kind: 'followed', offset });
    }
  }

  finish(): readonly OffsetMark[] {
    return this.marks;
  }
}

/** How long after the choice, in milliseconds, the marks of its replicas may stand. */
const markWindow = 60_000;

/** The offset of a node at a choice: the first mark behind it. */
export function offsetAt(marks: readonly OffsetMark[], at: number): number | null {
  return marks.find(mark => mark.at >= at - 1_000 && mark.at < at + markWindow)?.offset ?? null;
}

/** `isMasterUp`: on request, with a master that goes on writing, offsets of later lines say nothing about the choice. */
export function choiceOf(replica: Address, candidates: readonly Candidate[], isMasterUp: boolean): Choice {
  const address = `${replica.ip}:${replica.port}`;
  const others = candidates.filter(candidate => candidate.address !== address && !candidate.isDown);
  const chosen = candidates.find(candidate => candidate.address === address);
  if (!chosen) return { replica, reason: null };
  if (others.length === 0) return { replica, reason: 'only-one' };
  return { replica, reason: isMasterUp ? null : reasonOf(chosen, others) };
}

function reasonOf({ offset }: Candidate, others: readonly Candidate[]): ChoiceReason | null {
  if (offset === null) return null;
  if (others.some(other => other.offset !== null && other.offset > offset)) return 'priority';
  if (others.some(other => other.offset === null)) return null;
  return others.every(other => other.offset === offset) ? 'same-offset' : 'offset';
}
