import { factsOf, nodeName, type CaseFile } from '../caseFile';
import { addressText, textArg, timeText, type Fact } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';
import { masterDownTimes, momentAt, sentinelLogs } from '../sentinelMoment';

/** Failovers that do not come about. Source: sentinel.c, `sentinelCheckObjectivelyDown()`, `sentinelGetLeader()`, `sentinelSelectSlave()`. */
export function electionRules(known: CaseFile): readonly Finding[] {
  const logs = sentinelLogs(known.logs);
  return [
    ...logs.flatMap(log => notEnough(known, log)),
    ...logs.flatMap(log => noGoodReplica(known, log)),
    ...logs.flatMap(log => promotionTimeout(known, log)),
    ...retryDelay(known, logs),
  ];
}

/** Milliseconds: how long a master may be down before a missing agreement is worth a word. */
const patience = 4_000;

/** A master is down, and too few Sentinels are there to agree on it or to elect a leader. */
function notEnough(known: CaseFile, log: LogFacts): readonly Finding[] {
  const findings: Finding[] = [];
  for (const name of masterNames(log)) {
    const aborts = factsOf(log, '-failover-abort-not-elected').filter(fact => fact.master?.name === name);
    const alone = masterDownTimes(log).filter(
      time =>
        time.down.master?.name === name &&
        (time.odown ?? time.up ?? time.gone ?? log.last ?? time.down).at - time.down.at >= patience &&
        momentAt(log, name, time.down.line).quorum !== 1,
    );
    const telling = [...aborts, ...alone.map(time => time.down)].toSorted((a, b) => a.line - b.line);
    const [first] = telling;
    if (!first) continue;
    const at = momentAt(log, name, telling.at(-1)?.line ?? first.line);
    const early = momentAt(log, name, first.line);
    const moment = early.downSentinels.length >= at.downSentinels.length ? early : at;
    const voters = moment.sentinels.size + 1;
    const needed = Math.floor(voters / 2) + 1;
    const up = voters - moment.downSentinels.length;
    const quorum = moment.quorum ?? needed;
    const switched = switchedAfter(log, name, telling.at(-1) ?? first);
    const values = {
      node: nodeName(known, log),
      master: name,
      voters,
      needed,
      up,
      quorum,
      count: aborts.length,
      since: timeText(first),
    };
    const proof = evidenceOf(...moment.downSentinels.map(time => time.down), ...telling, switched);
    if (quorum > voters && moment.sentinels.size > 0 && isFirstLife(log)) {
      findings.push({
        rule: 'quorum-above-sentinels',
        severity: 'error',
        values,
        evidence: evidenceOf(
          ...factsOf(log, '+monitor')
            .filter(fact => fact.master?.name === name)
            .slice(0, 1),
          ...telling,
        ),
      });
    } else if (up < needed || up < quorum) {
      findings.push({
        rule: 'too-few-sentinels',
        severity: switched ? 'warning' : 'error',
        variant: voters < 3 ? 'two' : aborts.length > 0 ? 'notElected' : 'noAgreement',
        values,
        evidence: proof,
      });
    }
  }
  return findings;
}

/** A Sentinel that was started again knows the others from its conf and does not log them. */
function isFirstLife(log: LogFacts): boolean {
  return factsOf(log, 'sentinel-id').length === 1;
}

function switchedAfter(log: LogFacts, masterName: string, fact: Fact): Fact | undefined {
  return factsOf(log, '+switch-master').find(
    other => other.line > fact.line && textArg(other, 'masterName') === masterName,
  );
}

export function masterNames(log: LogFacts): readonly string[] {
  const names = [
    ...factsOf(log, '+monitor', '+sdown', '-failover-abort-not-elected', '-failover-abort-no-good-slave'),
  ].flatMap(fact => fact.master?.name ?? []);
  return [...new Set(names)];
}

/** Nobody could be promoted: nobody may be, nobody is there, or nobody is known yet. */
function noGoodReplica(known: CaseFile, log: LogFacts): readonly Finding[] {
  return masterNames(log).flatMap(name => {
    const aborts = factsOf(log, '-failover-abort-no-good-slave').filter(fact => fact.master?.name === name);
    const [first] = aborts;
    const last = aborts.at(-1);
    if (!first || !last) return [];
    const moment = momentAt(log, name, first.line);
    const reset = factsOf(log, '+reset-master').findLast(
      fact => fact.master?.name === name && fact.line < first.line && first.at - fact.at < 60_000,
    );
    const metSince = reset
      ? factsOf(log, '+slave').filter(fact => fact.line > reset.line && fact.line < first.line).length
      : moment.replicas.size;
    const switched = switchedAfter(log, name, last);
    const values = {
      node: nodeName(known, log),
      master: name,
      count: aborts.length,
      since: timeText(first),
      replicas: [...moment.replicas].join(', '),
      down: moment.downReplicas.length,
      total: moment.replicas.size,
    };
    const severity = switched ? ('warning' as const) : ('error' as const);
    if (reset && metSince === 0)
      return [
        { rule: 'reset-before-failover', severity, values, evidence: evidenceOf(reset, ...aborts, switched) },
      ];
    if (moment.replicas.size === 0) return [];
    if (moment.downReplicas.length >= moment.replicas.size)
      return [
        {
          rule: 'replicas-down-too-long',
          severity,
          values,
          evidence: evidenceOf(...moment.downReplicas.map(time => time.down), ...aborts, switched),
        },
      ];
    const met = factsOf(log, '+slave').filter(fact => fact.line < first.line);
    return [
      {
        rule: 'no-replica-eligible',
        severity,
        values,
        evidence: evidenceOf(...aborts, ...met.slice(-2), switched),
      },
    ];
  });
}

/** The chosen replica took the order, but did not become a master. */
function promotionTimeout(known: CaseFile, log: LogFacts): readonly Finding[] {
  const aborts = factsOf(log, '-failover-abort-slave-timeout');
  const last = aborts.at(-1);
  if (!last) return [];
  const waiting = factsOf(log, '+failover-state-wait-promotion').filter(fact => fact.line < last.line);
  return [
    {
      rule: 'renamed-command-blocks-failover',
      severity: 'error',
      values: {
        node: nodeName(known, log),
        master: last.master?.name ?? '?',
        replica: addressText(waiting.at(-1)?.instance) || '?',
        count: aborts.length,
        since: timeText(aborts[0]),
      },
      evidence: evidenceOf(...waiting.slice(-1), ...aborts),
    },
  ];
}

/** After a failed try the same Sentinel waits twice the failover-timeout. That is no hang. */
function retryDelay(known: CaseFile, logs: readonly LogFacts[]): readonly Finding[] {
  const telling = logs.flatMap(log => {
    const failed = factsOf(
      log,
      '-failover-abort-not-elected',
      '-failover-abort-no-good-slave',
      '-failover-abort-slave-timeout',
    )[0];
    const delay = failed
      ? factsOf(log, 'next-failover-delay-i-will-not-start').find(fact => fact.line > failed.line)
      : undefined;
    return failed && delay ? [{ log, failed, delay }] : [];
  });
  const [first] = telling;
  if (!first) return [];
  return [
    {
      rule: 'failover-retry-delay',
      severity: 'info',
      values: {
        node: nodeName(known, first.log),
        until: textArg(first.delay, 'delayUntil'),
        since: timeText(first.failed),
      },
      evidence: evidenceOf(...telling.flatMap(({ failed, delay }) => [failed, delay])),
    },
  ];
}
