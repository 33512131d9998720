import { startedIds } from '../../log/lifeMessages';
import type { Failover } from '../../story/failover';
import { countOf, factsOf, nodeName, portOf, type CaseFile } from '../caseFile';
import type { DownTime } from '../downReader';
import { addressText, textArg, timeText, type Fact } from '../fact';
import { evidenceOf, type Finding } from '../finding';
import type { LogFacts } from '../logFacts';
import type { Run } from '../runReader';
import { sentinelLogs } from '../sentinelMoment';

/** Masters that hang, flap, come back empty, or go on as a second master; and Sentinels whose own clock stood still. */
export function masterHealthRules(known: CaseFile): readonly Finding[] {
  const logs = sentinelLogs(known.logs);
  return [
    ...logs.flatMap(log => tilt(known, log)),
    ...logs.flatMap(log => flapping(known, log)),
    ...hung(known, logs),
    ...known.failovers.flatMap(failover => twoMasters(known, failover)),
    ...known.failovers.flatMap(failover => neverSynced(known, failover)),
    ...known.logs.flatMap(log => emptied(known, log)),
  ];
}

function tilt(known: CaseFile, log: LogFacts): readonly Finding[] {
  const entered = factsOf(log, '+tilt');
  const [first] = entered;
  if (!first) return [];
  const left = factsOf(log, '-tilt');
  return [
    {
      rule: 'tilt-mode',
      severity: 'warning',
      values: { node: nodeName(known, log), count: countOf(log, '+tilt'), since: timeText(first) },
      evidence: evidenceOf(...entered, ...left.slice(0, 2)),
    },
  ];
}

/** Milliseconds: an instance that answers again so soon was only slow. */
const shortDown = 15_000;

function isShort({ down, up, rebooted }: DownTime): boolean {
  return up !== undefined && rebooted === undefined && up.at - down.at < shortDown;
}

function flapping(known: CaseFile, log: LogFacts): readonly Finding[] {
  return [...log.downTimes].flatMap(([key, times]) => {
    const short = times.filter(isShort);
    const [first] = short;
    if (!first || short.length < 3) return [];
    return [
      {
        rule: 'down-after-too-small',
        severity: 'warning' as const,
        values: {
          node: nodeName(known, log),
          instance: key.replace('slave ', 'replica '),
          count: short.length,
          since: timeText(first.down),
          seconds: Math.max(...short.map(time => Math.ceil(((time.up?.at ?? 0) - time.down.at) / 1_000))),
        },
        evidence: evidenceOf(...short.flatMap(time => [time.down, time.up])),
      },
    ];
  });
}

/** A master that was silent, and then answered as the same process: one finding for all Sentinels that saw it. */
function hung(known: CaseFile, logs: readonly LogFacts[]): readonly Finding[] {
  const seen = new Map<string, DownTime[]>();
  for (const log of logs)
    for (const [key, times] of log.downTimes) {
      if (!key.startsWith('master ')) continue;
      const silent = times.filter(
        time =>
          time.up !== undefined &&
          time.rebooted === undefined &&
          !nearTilt(log, time) &&
          !restartedBetween(known, time) &&
          roleWasKept(log, time),
      );
      if (silent.length > 0) seen.set(key, [...(seen.get(key) ?? []), ...silent]);
    }
  return [...seen].flatMap(([key, times]) => {
    const [first] = times;
    if (!first) return [];
    return [
      {
        rule: 'master-hung',
        severity: 'warning' as const,
        variant: 'back',
        values: {
          master: key.slice('master '.length),
          since: timeText(first.down),
          seconds: Math.max(...times.map(time => Math.ceil(((time.up?.at ?? 0) - time.down.at) / 1_000))),
          count: times.length,
        },
        evidence: evidenceOf(...times.flatMap(time => [time.down, time.up])),
      },
    ];
  });
}

/** A Sentinel that was stopped itself takes everybody for silent. */
function nearTilt(log: LogFacts, { down, up }: DownTime): boolean {
  return factsOf(log, '+tilt').some(fact => fact.at > down.at - 40_000 && fact.at < (up ?? down).at + 40_000);
}

/** A node that reports another role counts as down although it answers (sentinel.c, `sentinelCheckSubjectivelyDown()`). */
function roleWasKept(log: LogFacts, { down, up }: DownTime): boolean {
  return !factsOf(log, '-role-change').some(
    fact =>
      addressText(fact.instance) === addressText(down.instance) &&
      fact.at > down.at - 60_000 &&
      fact.at <= (up ?? down).at,
  );
}

function restartedBetween(known: CaseFile, { down, up }: DownTime): boolean {
  return known.logs.some(
    log =>
      !log.isSentinel &&
      portOf(known, log) === down.instance?.port &&
      log.runs.some(
        run => run.start !== undefined && run.start.at > down.at - 3_000 && run.start.at <= (up ?? down).at,
      ),
  );
}

/** The old master lived on, and took writes until it was told that it is none any more: they are lost. */
function twoMasters(known: CaseFile, failover: Failover): readonly Finding[] {
  if (failover.forced || failover.outcome !== 'succeeded' || !failover.from || !failover.to) return [];
  const switched = switchFacts(known, failover);
  const start = switched[0];
  if (!start) return [];
  const from = failover.from;
  return known.logs.flatMap(log => {
    if (log.isSentinel || portOf(known, log) !== from.port) return [];
    const demoted = factsOf(log, 'replicaof-enabled-user-request').find(
      fact => fact.at > start.at && fact.at - start.at < 600_000,
    );
    const run = demoted && runOf(log, demoted, start);
    if (!demoted || !run || !wasMaster(log, run, demoted)) return [];
    const target = known.logs.find(other => !other.isSentinel && portOf(known, other) === failover.to?.port);
    const refused =
      target &&
      factsOf(target, 'partial-resynchronization-not-accepted-requested-offset-second').find(
        fact => fact.at >= demoted.at - 1_000 && fact.at < demoted.at + 60_000,
      );
    const lost = refused
      ? Number(refused.args['offset']) - Number(refused.args['secondaryOffset'])
      : Number.NaN;
    const address = `${from.ip}:${from.port}`;
    const seconds = Math.round((demoted.at - start.at) / 1_000);
    const values = {
      master: address,
      node: address,
      newMaster: `${failover.to?.ip ?? ''}:${failover.to?.port ?? ''}`,
      name: failover.masterName,
      since: timeText(start),
      until: timeText(demoted),
      seconds,
      bytes: Number.isNaN(lost) ? '?' : lost,
      count: 1,
    };
    return [
      { rule: 'master-hung', severity: 'warning' as const, values, evidence: evidenceOf(start, demoted) },
      {
        rule: 'split-brain-writes-lost',
        severity: lost > 0 ? ('error' as const) : ('warning' as const),
        ...(lost > 0 ? { variant: 'proven' } : {}),
        values,
        evidence: evidenceOf(start, demoted, refused),
      },
    ];
  });
}

function switchFacts(known: CaseFile, { masterName, from, to }: Failover): readonly Fact[] {
  return known.logs
    .flatMap(log => factsOf(log, '+switch-master'))
    .filter(
      fact =>
        textArg(fact, 'masterName') === masterName &&
        Number(fact.args['oldPort']) === from?.port &&
        Number(fact.args['newPort']) === to?.port,
    )
    .toSorted((a, b) => a.at - b.at);
}

/** The life of the process in which both moments lie. */
function runOf(log: LogFacts, later: Fact, earlier: Fact): Run | undefined {
  return log.runs.findLast(
    run =>
      (run.start?.line ?? 0) <= later.line &&
      run.last.line >= later.line &&
      (run.start === undefined || run.start.at < earlier.at - 1_000),
  );
}

/** Other replicas are pointed to the new master as well, and on other machines the same port is another node's. */
function wasMaster(log: LogFacts, run: Run, demoted: Fact): boolean {
  const since = run.start?.line ?? 0;
  // The newest servers log the new connection just before they say that they are a replica now.
  const connected = factsOf(log, 'connecting-master', 'reconnecting-master').findLast(
    fact => fact.line >= since && fact.line < demoted.line - 4,
  );
  const promoted = factsOf(log, 'master-mode-enabled-user-request').findLast(
    fact => fact.line >= since && fact.line < demoted.line,
  );
  return !connected || (promoted !== undefined && promoted.line > connected.line);
}

/** A replica that was promoted before it had ever got the data. */
function neverSynced(known: CaseFile, failover: Failover): readonly Finding[] {
  const { to } = failover;
  if (!to || failover.outcome !== 'succeeded') return [];
  const start = switchFacts(known, failover)[0];
  return known.logs.flatMap(log => {
    if (log.isSentinel || portOf(known, log) !== to.port || !start) return [];
    const promoted = factsOf(log, 'master-mode-enabled-user-request').find(
      fact => Math.abs(fact.at - start.at) < 60_000,
    );
    if (!promoted) return [];
    const run = log.runs.findLast(one => one.start !== undefined && one.start.line < promoted.line);
    if (!run?.start || run.loaded) return [];
    const synced = factsOf(
      log,
      'master-replica-sync-finished-success',
      'successful-partial-resynchronization-master',
      'synchronization-replica-succeeded',
    ).some(fact => fact.line < promoted.line);
    if (synced || run.start.line > promoted.line) return [];
    return [
      {
        rule: 'killed-before-first-sync',
        severity: 'error' as const,
        values: { node: `${to.ip}:${to.port}`, master: failover.masterName, since: timeText(promoted) },
        evidence: evidenceOf(run.start, promoted, start),
      },
    ];
  });
}

/** A replica that had data, and threw it away because its master came back without any. */
function emptied(known: CaseFile, log: LogFacts): readonly Finding[] {
  const syncs = fullSyncs(log);
  return syncs.flatMap((sync, index) => {
    const before = syncs[index - 1];
    if (!before || !isEmpty(sync, before) || before.replid === sync.replid || before.isEmpty) return [];
    const lost = factsOf(log, 'connection-master-lost').findLast(
      fact => fact.line < sync.start.line && fact.line > before.start.line,
    );
    if (!lost || wasFlushed(known, log, before, sync)) return [];
    const reboot = sentinelLogs(known.logs)
      .flatMap(other => factsOf(other, '+reboot'))
      .find(fact => Math.abs(fact.at - sync.start.at) < 60_000);
    return [
      {
        rule: 'empty-master-restart',
        severity: 'error' as const,
        values: { node: nodeName(known, log), since: timeText(sync.start), keys: before.keys ?? '?' },
        evidence: evidenceOf(before.sizeFact, lost, sync.start, sync.sizeFact, reboot),
      },
    ];
  });
}

/** A master that read its data from disk has lost nothing: it was emptied before. FLUSHALL saves at once, on the replica as well. */
function wasFlushed(known: CaseFile, log: LogFacts, before: FullSync, sync: FullSync): boolean {
  const target = factsOf(log, 'connecting-master', 'reconnecting-master').findLast(
    fact => fact.line < sync.start.line,
  );
  const master = known.logs.find(
    other => other !== log && !other.isSentinel && portOf(known, other) === Number(target?.args['port']),
  );
  const life = master?.runs.findLast(run => run.start !== undefined && run.start.at <= sync.start.at);
  if (life?.loaded) return true;
  return factsOf(log, 'db-saved-disk').some(
    fact => fact.pid === sync.start.pid && fact.line > before.start.line && fact.line < sync.start.line,
  );
}

interface FullSync {
  readonly start: Fact;
  readonly replid: string;
  keys: number | undefined;
  bytes: number | undefined;
  sizeFact: Fact | undefined;
  isEmpty: boolean;
}

function fullSyncs(log: LogFacts): readonly FullSync[] {
  const syncs: FullSync[] = [];
  const facts = factsOf(
    log,
    'full-resync-master',
    'master-replica-sync-receiving-bytes-master',
    'done-loading-rdb-keys-loaded-keys-expired',
    'done-loading-rdb-keys-loaded-keys-expired-2',
    ...startedIds,
    'master-mode-enabled-user-request',
  );
  let open: FullSync | undefined;
  for (const fact of facts) {
    if (fact.id === 'full-resync-master') {
      open = {
        start: fact,
        replid: textArg(fact, 'replid'),
        keys: undefined,
        bytes: undefined,
        sizeFact: undefined,
        isEmpty: false,
      };
      syncs.push(open);
    } else if (
      !open ||
      fact.id.startsWith('server-started') ||
      fact.id.startsWith('redis-version') ||
      fact.id.startsWith('master-mode')
    ) {
      open = undefined;
    } else if (fact.id === 'master-replica-sync-receiving-bytes-master') {
      open.bytes = Number(fact.args['bytes']);
      open.sizeFact = fact;
      open.isEmpty = open.bytes <= emptyOldRdb;
    } else {
      open.keys = Number(fact.args['keys']);
      open.sizeFact = fact;
      open.isEmpty = open.keys === 0;
      open = undefined;
    }
  }
  return syncs;
}

/** Bytes of an RDB without keys up to 3.0; later ones begin with facts about the server. */
const emptyOldRdb = 18;
const emptyNewRdb = 260;

function isEmpty(sync: FullSync, before: FullSync): boolean {
  if (sync.keys !== undefined) return sync.keys === 0;
  if (sync.isEmpty) return true;
  return (
    sync.bytes !== undefined &&
    before.bytes !== undefined &&
    sync.bytes <= emptyNewRdb &&
    before.bytes > 10 * sync.bytes
  );
}
