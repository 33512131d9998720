import * as fc from 'fast-check';
import { AttemptLog, type AttemptFate, type AttemptResult } from '../../../src/core/probe/attemptLog';
import { errorClasses, type ErrorClass } from '../../../src/core/probe/errorClass';
import type { ProbeClientName } from '../../../src/core/probe/probeConfig';
import type { ProbeRecord } from '../../../src/core/probe/probeRecord';

/** One attempt as a test tells it; times are whole milliseconds, so that nothing is rounded. */
export interface ToldAttempt {
  readonly sentAt: number;
  readonly latency: number;
  readonly result: AttemptResult;
  readonly fate: AttemptFate;
  readonly server: number | undefined;
}

/** An attempt that was acknowledged, refused, never answered or never sent. */
const end = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      result: fc.constant<AttemptResult>('ok'),
      fate: fc.constant<AttemptFate>('answered'),
    }),
  },
  fc.record({
    result: fc.constantFrom<ErrorClass>('READONLY', 'NOREPLICAS', 'MISCONF', 'other'),
    fate: fc.constant<AttemptFate>('answered'),
  }),
  fc.record({
    result: fc.constantFrom<ErrorClass>('TIMEOUT', 'ECONNRESET'),
    fate: fc.constant<AttemptFate>('unanswered'),
  }),
  fc.record({
    result: fc.constantFrom(...errorClasses),
    fate: fc.constant<AttemptFate>('unsent'),
  }),
);

/** Attempts of one client: sent one after the other, answered at once or up to a second later. */
export const anyAttempts: fc.Arbitrary<readonly ToldAttempt[]> = fc
  .array(
    fc.record({
      pause: fc.nat({ max: 50 }),
      latency: fc.nat({ max: 1_000 }),
      end,
      server: fc.nat({ max: 2 }),
    }),
    { maxLength: 200 },
  )
  .map(steps => {
    let now = 1_000;
    let lastAnswer = 0;
    return steps.map(({ pause, latency, end: { result, fate }, server }) => {
      now += pause;
      // One connection answers in the order in which it was asked.
      const answered = fate === 'unsent' ? now : Math.max(now + latency, lastAnswer);
      lastAnswer = Math.max(lastAnswer, answered);
      return {
        sentAt: now,
        latency: answered - now,
        result,
        fate,
        server: fate === 'unsent' ? undefined : server,
      };
    });
  });

export function logOf(attempts: readonly ToldAttempt[]): AttemptLog {
  const log = new AttemptLog();
  for (const { sentAt, ...rest } of attempts) log.settle(log.begin(sentAt), rest);
  return log;
}

/** The ports of the servers that attempts name by place. */
export const serverPorts = [6379, 6380, 6381];

export function recordOf(
  clients: Partial<Record<ProbeClientName, readonly ToldAttempt[]>>,
  more: Partial<ProbeRecord> = {},
): ProbeRecord {
  const all = Object.values(clients).flat();
  return {
    run: 'test',
    rate: 100,
    wallZero: Date.UTC(2026, 10, 23),
    startedAt: 1_000,
    endedAt: Math.max(1_000, ...all.map(({ sentAt }) => sentAt)),
    master: 6379,
    clients: Object.entries(clients).map(([client, attempts]) => ({
      client: client as ProbeClientName,
      attempts: logOf(attempts),
    })),
    servers: serverPorts.map(port => ({ port, runId: `run of ${port}` })),
    reads: [],
    stalls: [],
    otherErrors: [],
    ...more,
  };
}

/** Attempts at a rate of 100/s from 1,000 ms on, each answered after 1 ms, told by one word each: `ok@1` is by the second server. */
export function told(...words: readonly string[]): ToldAttempt[] {
  return words.map((word, index) => {
    const [result = 'ok', server = '0'] = word.split('@');
    const isUnsent = result === 'ECONNREFUSED';
    const isUnanswered = result === 'TIMEOUT' || result === 'ECONNRESET';
    return {
      sentAt: 1_000 + index * 10,
      latency: isUnsent ? 0 : 1,
      result: result as AttemptResult,
      fate: isUnsent ? 'unsent' : isUnanswered ? 'unanswered' : 'answered',
      server: isUnsent ? undefined : Number(server),
    };
  });
}
