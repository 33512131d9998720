import type { EventPhase } from '../log/eventTable';
import type { NodeKind } from '../model/lab';
import type { NodeRole } from '../model/labState';

/** How much a person should care, from least to most. */
export const logWeights = ['detail', 'routine', 'noteworthy', 'problem'] as const;

export type RowWeight = (typeof logWeights)[number];

/** One row of the log panel as plain data. */
export interface LogRow {
  /** Tells rows of all labs apart. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The folder of its lab. */
  readonly lab: string;
  readonly node: string;
  readonly kind: NodeKind;
  /** The role the node had then; null where its log does not tell. */
  readonly role: NodeRole | null;
  readonly weight: RowWeight;
  readonly phase: EventPhase | null;
  /** What it means; empty where nobody knows. */
  readonly text: string;
  /** The log's own words, without the prefix. */
  readonly message: string;
}

/** `12:03:38.204` on the wall clock of this machine; with the day in front where it is another one than that of `now`. */
export function rowTime(at: number, now: number): string {
  const time = new Date(at);
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  const text = `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
  const isToday = new Date(now).toDateString() === time.toDateString();
  return isToday ? text : `${two(time.getMonth() + 1)}-${two(time.getDate())} ${text}`;
}

/** `2026-11-23 12:03:38.204`: what is copied and exported must stand for itself. */
export function fullTime(at: number): string {
  const time = new Date(at);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${rowTime(at, at)}`;
}

/** A row as one line of text: time, node, what it means, the log's own words. */
export function rowLine({ at, node, text, message }: LogRow): string {
  return [fullTime(at), node, ...(text === '' ? [] : [text]), message].join('  ');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
