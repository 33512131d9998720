import type { Recognition } from '../log/logRecord';

/** The usual order of a failover. Lines of the same millisecond in several files are told in it: a cause stands before its effect. */
const order: readonly string[] = [
  'executing-user-requested-failover',
  '+sdown',
  '+odown',
  '+new-epoch',
  '+try-failover',
  '+vote-for-leader',
  'voted',
  '+elected-leader',
  '+failover-state-select-slave',
  '+selected-slave',
  '+failover-state-send-slaveof-noone',
  '+failover-state-wait-promotion',
  'master-mode-enabled-user-request',
  '+promoted-slave',
  '+failover-state-reconf-slaves',
  '+slave-reconf-sent',
  'replicaof-enabled-user-request',
  '+slave-reconf-inprog',
  '+slave-reconf-done',
  '+failover-end-for-timeout',
  '+failover-end',
  '+config-update-from',
  '+switch-master',
  '+slave',
  '+convert-to-slave',
];

const ranks: ReadonlyMap<string, number> = new Map(order.map((name, index) => [name, index]));

/** The place of a message in the usual order of a failover; what is not part of it comes last. */
export function causalRank({ event, id }: Pick<Recognition, 'event' | 'id'>): number {
  return ranks.get(event ?? id) ?? order.length;
}

/** A line with its time and its place in the order of causes. */
export interface OrderedLine {
  readonly at: number;
  readonly rank: number;
  readonly line: number;
}

/** For sorting lines of several files of one machine: by time, at the same time causes first. */
export function byTimeAndCause(a: OrderedLine, b: OrderedLine): number {
  return a.at - b.at || a.rank - b.rank;
}
