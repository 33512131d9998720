import type { Recognition } from './logRecord';

/** What the order of lines is made from: when, and where in the chain of causes it stands (see {@link causalRank}). */
export interface Ranked {
  /** Milliseconds; never goes back within one log. */
  readonly at: number;
  readonly rank: number | undefined;
}

/**
 * The steps of a failover and of a sync in the order in which one causes the next over several processes. Within one millisecond, which
 * is all that logs tell, this decides which log's line comes first.
 */
const chain: readonly (readonly string[])[] = [
  ['now-ready-exit-bye-bye'],
  ['connection-master-lost', 'connection-replica-lost'],
  ['trying-partial-resynchronization-request', 'partial-resynchronization-not-possible-no-cached-master'],
  ['replica-asks-synchronization'],
  [
    'full-resync-requested-by-replica',
    'partial-resynchronization-request-accepted-sending-bytes-backlog',
    'background-rdb-transfer-started-by-pid',
  ],
  [
    'full-resync-master',
    'psync-not-possible-initialize-rdb-channel',
    'successful-partial-resynchronization-master',
  ],
  ['master-replica-sync-finished-success'],
  ['synchronization-replica-succeeded'],
  ['+sdown'],
  ['+odown'],
  ['+try-failover'],
  ['own vote'],
  ['+new-epoch'],
  ['vote for another'],
  ['voted'],
  ['+elected-leader'],
  ['+selected-slave'],
  ['+failover-state-send-slaveof-noone'],
  ['+failover-state-wait-promotion'],
  ['master-mode-enabled-user-request'],
  ['+promoted-slave'],
  ['+slave-reconf-sent'],
  ['replicaof-enabled-user-request'],
  ['+slave-reconf-inprog'],
  ['+slave-reconf-done'],
  ['+failover-end'],
  ['+config-update-from'],
];

const rankOf: ReadonlyMap<string, number> = new Map(
  chain.flatMap((names, index) => names.map(name => [name, index + 1] as const)),
);

/** Where a line stands in the chain of causes; undefined for lines that no other log waits for. */
export function causalRank(said: Recognition, isOwnVote: boolean): number | undefined {
  if (said.event === '+vote-for-leader') return rankOf.get(isOwnVote ? 'own vote' : 'vote for another');
  return rankOf.get(said.event ?? said.id);
}

/** A new epoch of one's own leads up to a try, one of another Sentinel to a vote for it: alone it says nothing. */
const weakRank = rankOf.get('+new-epoch');

/**
 * Merges logs by time, with causes before effects where their times are the same. Lines of one log keep their order. Of equals, the log
 * that stands first in the list comes first.
 */
export function mergeByTime<T extends Ranked>(logs: readonly (readonly T[])[]): T[] {
  const merged: T[] = [];
  const heads = logs.map(lines => ({ lines, ranks: effectiveRanks(lines), next: 0 }));
  const isBefore = (a: (typeof heads)[number], b: (typeof heads)[number]): boolean => {
    const [first, second] = [a.lines[a.next]?.at ?? Infinity, b.lines[b.next]?.at ?? Infinity];
    if (first !== second) return first < second;
    return (a.ranks[a.next] ?? 0) < (b.ranks[b.next] ?? 0);
  };
  for (let left = logs.reduce((sum, lines) => sum + lines.length, 0); left > 0; left--) {
    let best: (typeof heads)[number] | undefined;
    for (const head of heads)
      if (head.next < head.lines.length && (best === undefined || isBefore(head, best))) best = head;
    const line = best?.lines[best.next++];
    if (line) merged.push(line);
  }
  return merged;
}

/** Within a millisecond of one log, lines without a rank lead up to the next that has one; behind the last they follow from it. */
function effectiveRanks(lines: readonly Ranked[]): readonly number[] {
  const ranks = lines.map(() => 0);
  let next: number | undefined;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (line?.at !== lines[index + 1]?.at) next = undefined;
    if (line?.rank !== undefined && (line.rank !== weakRank || next === undefined)) next = line.rank;
    ranks[index] = next ?? -1;
  }
  for (let index = 0; index < lines.length; index++) {
    const before = lines[index - 1]?.at === lines[index]?.at ? ranks[index - 1] : undefined;
    if (ranks[index] === -1) ranks[index] = before ?? 0;
  }
  return ranks;
}
