import { factsOf } from './caseFile';
import { addressText, textArg, type Fact } from './fact';
import type { DownTime } from './downReader';
import type { LogFacts } from './logFacts';

/** What one Sentinel knew at a line of its log. */
export interface SentinelMoment {
  /** Addresses of replicas it had met. */
  readonly replicas: ReadonlySet<string>;
  readonly downReplicas: readonly DownTime[];
  /** Addresses of other Sentinels it had met. */
  readonly sentinels: ReadonlySet<string>;
  readonly downSentinels: readonly DownTime[];
  readonly quorum: number | undefined;
}

/** Puts together what the Sentinel had said about a master until `line`. */
export function momentAt(log: LogFacts, masterName: string, line: number): SentinelMoment {
  const before = (event: string): readonly Fact[] =>
    factsOf(log, event).filter(fact => fact.line <= line && fact.master?.name === masterName);
  const downReplicas = downAt(log, 'slave', masterName, line);
  const downSentinels = downAt(log, 'sentinel', masterName, line);
  const monitor = before('+monitor').at(-1);
  const set = factsOf(log, '+set').findLast(
    fact => fact.line <= line && textArg(fact, 'option') === 'quorum',
  );
  return {
    replicas: new Set(
      [...before('+slave'), ...downReplicas.map(time => time.down)].map(fact => addressText(fact.instance)),
    ),
    downReplicas,
    sentinels: new Set(
      [...before('+sentinel'), ...downSentinels.map(time => time.down)].map(fact =>
        addressText(fact.instance),
      ),
    ),
    downSentinels,
    quorum: Number(set ? textArg(set, 'values') : monitor?.args['quorum']) || undefined,
  };
}

function downAt(log: LogFacts, type: string, masterName: string, line: number): readonly DownTime[] {
  return [...log.downTimes].flatMap(([key, times]) =>
    key.startsWith(`${type} `)
      ? times.filter(
          ({ down, up, gone }) =>
            down.master?.name === masterName &&
            down.line <= line &&
            (up === undefined || up.line > line) &&
            (gone === undefined || gone.line > line),
        )
      : [],
  );
}

/** The times in which a Sentinel thought its masters to be down. */
export function masterDownTimes(log: LogFacts): readonly DownTime[] {
  return [...log.downTimes].flatMap(([key, times]) => (key.startsWith('master ') ? times : []));
}

/** The logs of Sentinels. */
export function sentinelLogs(logs: readonly LogFacts[]): readonly LogFacts[] {
  return logs.filter(log => log.isSentinel);
}
