import { isoText } from '../log/lineTime';
import type { LineRole, LineTime } from '../log/logLine';
import type { EventArgs } from '../log/recogniseEvent';
import type { LogRecord } from '../log/recordReader';
import type { SentinelInstance } from '../log/sentinelEvent';
import type { Evidence } from '../story/storyLine';

/** A recognised record of a log, cut down to what rules ask for. */
export interface Fact extends Evidence {
  readonly id: string;
  /** The Sentinel event type exactly as written; undefined for other messages. */
  readonly event: string | undefined;
  /** Milliseconds on the file's own clock. */
  readonly at: number;
  readonly time: LineTime | undefined;
  readonly pid: number | undefined;
  readonly role: LineRole | undefined;
  readonly instance: SentinelInstance | undefined;
  readonly master: SentinelInstance | undefined;
  readonly args: EventArgs;
}

/** Undefined: the record is no message that we know. */
export function factOf(file: string, record: LogRecord, at: number): Fact | undefined {
  const { said, head, line } = record;
  if (!said) return undefined;
  const { id, event, instance, master, args } = said;
  return {
    file,
    line,
    id,
    event,
    at,
    time: head.time,
    pid: head.pid,
    role: head.role,
    instance,
    master,
    args,
  };
}

/** An argument as text; empty where the line does not have it. */
export function textArg(fact: Fact, ...names: readonly string[]): string {
  for (const name of names) {
    const value = fact.args[name];
    if (value !== undefined) return typeof value === 'object' ? value.join(' ') : String(value);
  }
  return '';
}

/** `127.0.0.1:6379` of an event's instance. */
export function addressText(instance: SentinelInstance | undefined): string {
  return instance ? `${instance.ip}:${instance.port}` : '';
}

/** When it was, for people and as far as the log writes it: `2026-11-23 06:47:41.584`, without a year before 5.0. */
export function timeText(fact: Fact | undefined): string {
  return fact?.time ? isoText(fact.time).replace('T', ' ').replace(/^--/, '') : '';
}
