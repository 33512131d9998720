import * as l10n from '@vscode/l10n';
import { majority, sentinelNodes, serverNodes } from '../model/lab';
import { masterPort, nodeAtPort, nodesOf, type LabState, type NodeState } from '../model/labState';
import type { ReplicaView } from '../model/replicaView';
import { faultsNow, faultText } from '../view/faultText';
import { retryWait, type FailoverAttempts } from './failoverAttempt';
import { sentinelTimes } from './sentinelTimes';

/** What is looked at, in this order. */
export type ReadyCheckId =
  | 'nodes'
  | 'links'
  | 'synced'
  | 'sentinels'
  | 'replicas'
  | 'quorum'
  | 'tilt'
  | 'failover'
  | 'retry'
  | 'faults';

/** One condition for a drill whose result means something. */
export interface ReadyCheck {
  readonly id: ReadyCheckId;
  readonly ok: boolean;
  /** What is so, or what is missing. */
  readonly text: string;
  /** How long it takes at most until it is well by itself, in milliseconds; undefined: it is well, or nobody knows. */
  readonly waitMs: number | undefined;
  /** What would be seen if the fault came now all the same; undefined when it is well. */
  readonly anyway: string | undefined;
}

export interface ReadyLight {
  readonly isReady: boolean;
  readonly checks: readonly ReadyCheck[];
  /** Until all is well by itself; undefined when it is, or when something must be done first. */
  readonly waitMs: number | undefined;
}

/** What the state does not tell. */
export interface ReadyFacts {
  /** What each Sentinel knows of the replicas, by its name; without it nobody can tell whether a Sentinel takes one for down. */
  readonly replicas?: ReadonlyMap<string, readonly ReplicaView[]>;
  /** By the logs of the Sentinels: the state knows only what came since the lab was opened. */
  readonly attempts?: FailoverAttempts;
}

/** A replica that is nearer to its master than this, in bytes, counts as synced: it tells its offset once a second. */
const syncedBytes = 16_384;
/** A replica that told its offset longer ago than this, in seconds, is not followed any more (it does so every second). */
const freshLag = 2;

/** Whether a fault now shows what it is meant to show, and if not, what is missing, for how long, and what would be seen. */
export function readyLight(
  state: LabState,
  now: number,
  { attempts, replicas = new Map() }: ReadyFacts = {},
): ReadyLight {
  const hasSentinels = sentinelNodes(state.lab).length > 0;
  const checks = [
    nodesRun(state),
    linksUp(state),
    allSynced(state),
    ...(hasSentinels
      ? [
          sentinelsMeet(state),
          replicasKnown(state, replicas),
          quorumReached(state),
          noTilt(state),
          noFailover(state, now),
          retryOver(state, now, attempts),
        ]
      : []),
    noFaults(state, now),
  ];
  const missing = checks.filter(check => !check.ok);
  const waits = missing.map(check => check.waitMs);
  const known = waits.filter(wait => wait !== undefined);
  return {
    isReady: missing.length === 0,
    checks,
    waitMs: missing.length > 0 && known.length === waits.length ? Math.max(...known) : undefined,
  };
}

function good(id: ReadyCheckId, text: string): ReadyCheck {
  return { id, ok: true, text, waitMs: undefined, anyway: undefined };
}

function bad(id: ReadyCheckId, text: string, waitMs: number | undefined, anyway: string): ReadyCheck {
  return { id, ok: false, text, waitMs, anyway };
}

const portsOf = (nodes: readonly NodeState[]): string => nodes.map(node => node.spec.port).join(', ');

const isUp = (node: NodeState): boolean => node.status === 'running' && node.failure === undefined;

function running(state: LabState, kind: 'server' | 'sentinel'): readonly NodeState[] {
  return nodesOf(state).filter(node => node.spec.kind === kind && isUp(node));
}

function nodesRun(state: LabState): ReadyCheck {
  const nodes = nodesOf(state);
  const missing = nodes.filter(node => !isUp(node) || node.info?.loading === true);
  if (missing.length === 0) return good('nodes', l10n.t('All {0} nodes run and answer.', nodes.length));
  const byRole = missing.some(node => node.spec.kind === 'sentinel')
    ? l10n.t('There would be fewer votes, or none to lead the failover.')
    : l10n.t('There would be fewer replicas to promote, or none.');
  return bad('nodes', l10n.t('Not running or not answering: {0}.', portsOf(missing)), undefined, byRole);
}

function linksUp(state: LabState): ReadyCheck {
  const servers = running(state, 'server');
  const masters = servers.filter(node => node.role === 'master');
  if (masters.length !== 1)
    return bad(
      'links',
      masters.length === 0
        ? l10n.t('No node is master.')
        : l10n.t('These say they are master: {0}.', portsOf(masters)),
      // An old master is told to be a replica once it has called itself master for four hello periods, at its next INFO.
      masters.length > 1 && sentinelNodes(state.lab).length > 0
        ? 4 * sentinelTimes.hello + sentinelTimes.info
        : undefined,
      l10n.t('Nobody could say which data counts.'),
    );
  const down = servers.filter(node => node.role === 'replica' && node.info?.linkStatus !== 'up');
  if (down.length === 0) return good('links', l10n.t('The links of all replicas are up.'));
  return bad(
    'links',
    l10n.t('The link to the master is down: {0}.', portsOf(down)),
    undefined,
    l10n.t('A replica that has never been in sync can be promoted: the data would be gone.'),
  );
}

/** By the master's own INFO, so that both offsets are of one moment. */
function allSynced(state: LabState): ReadyCheck {
  const behind = running(state, 'server').flatMap(({ info }) =>
    (info?.replicas ?? []).filter(
      replica =>
        replica.state !== 'online' ||
        (info?.offset ?? 0) - replica.offset > syncedBytes ||
        (replica.lag ?? 0) > freshLag,
    ),
  );
  if (behind.length === 0) return good('synced', l10n.t('The replicas have what the master has.'));
  const isSyncing = behind.some(replica => replica.state !== 'online');
  return bad(
    'synced',
    l10n.t('Not in sync yet: {0}.', behind.map(replica => replica.port).join(', ')),
    isSyncing ? undefined : freshLag * 1_000,
    l10n.t('What the promoted replica lacks would be lost.'),
  );
}

function sentinelsMeet(state: LabState): ReadyCheck {
  const others = sentinelNodes(state.lab).length - 1;
  const sentinels = running(state, 'sentinel');
  const blind = sentinels.filter(node => !node.view);
  if (blind.length > 0)
    return bad(
      'sentinels',
      l10n.t('"{0}" is not watched by {1}.', state.lab.masterName, portsOf(blind)),
      undefined,
      l10n.t('These Sentinels would not notice anything.'),
    );
  const alone = sentinels.filter(node => (node.view?.knownSentinels ?? 0) < others);
  const master = masterPort(state);
  const astray = sentinels.filter(node => node.view?.masterPort !== master);
  if (alone.length === 0 && astray.length === 0)
    return good('sentinels', l10n.t('The Sentinels know each other and the same master.'));
  return bad(
    'sentinels',
    alone.length > 0
      ? l10n.t('Not all other Sentinels are known to {0}.', portsOf(alone))
      : l10n.t('Another master than {0} is watched by {1}.', master ?? '?', portsOf(astray)),
    // A hello, and then it connects and is asked at its next turn.
    2 * sentinelTimes.hello,
    l10n.t('A Sentinel asks only those it knows: there might be no agreement that the master is down.'),
  );
}

function replicasKnown(state: LabState, views: ReadonlyMap<string, readonly ReplicaView[]>): ReadyCheck {
  // One that replicates from another replica is never seen by Sentinels.
  const expected =
    serverNodes(state.lab).length -
    1 -
    nodesOf(state).filter(
      node => node.role === 'replica' && nodeAtPort(state, node.info?.masterPort)?.role === 'replica',
    ).length;
  const unaware = running(state, 'sentinel').filter(
    node => node.view !== undefined && node.view.knownReplicas < expected,
  );
  const down = new Set(
    [...views.values()]
      .flat()
      .flatMap(({ flags, port }) =>
        flags.some(flag => flag.endsWith('_down') || flag === 'disconnected') ? [port] : [],
      ),
  );
  if (unaware.length === 0 && down.size === 0)
    return good('replicas', l10n.t('The Sentinels know all replicas.'));
  if (unaware.length === 0)
    return bad(
      'replicas',
      l10n.t('A Sentinel takes these replicas for down: {0}.', [...down].join(', ')),
      // One that is up is reached again within two periods of PING.
      [...down].every(port => nodeAtPort(state, port)?.status === 'running')
        ? 2 * sentinelTimes.ping
        : undefined,
      l10n.t('If that Sentinel leads, it does not promote them.'),
    );
  return bad(
    'replicas',
    l10n.t('Not all replicas are known to {0}.', portsOf(unaware)),
    sentinelTimes.info,
    l10n.t('A replica that the leader does not know is not promoted and not told of the new master.'),
  );
}

function quorumReached(state: LabState): ReadyCheck {
  const sentinels = running(state, 'sentinel');
  const doubting = sentinels.filter(node => node.view?.flags.some(flag => flag.endsWith('_down')));
  if (doubting.length > 0)
    return bad(
      'quorum',
      l10n.t('The master counts as down for {0}.', portsOf(doubting)),
      undefined,
      l10n.t('A failover may begin before the fault.'),
    );
  const needed = majority(sentinelNodes(state.lab).length);
  const without = sentinels.filter(node => node.view?.quorumOk === false);
  if (sentinels.length >= needed && without.length === 0)
    return good('quorum', l10n.t('Quorum and majority are there.'));
  return bad(
    'quorum',
    sentinels.length < needed
      ? l10n.t('{0} Sentinels answer, {1} are the majority.', sentinels.length, needed)
      : l10n.t('Quorum or majority is not reached by {0}.', portsOf(without)),
    undefined,
    l10n.t('There would be no failover.'),
  );
}

function noTilt(state: LabState): ReadyCheck {
  const tilted = running(state, 'sentinel').filter(node => node.info?.tilt);
  if (tilted.length === 0) return good('tilt', l10n.t('No Sentinel is in TILT.'));
  const waits = tilted.map(({ info }) => sentinelTimes.tilt - (info?.tiltSeconds ?? 0) * 1_000);
  return bad(
    'tilt',
    l10n.t('In TILT: {0}.', portsOf(tilted)),
    Math.max(0, ...waits),
    l10n.t('A Sentinel in TILT only watches: it takes nobody for down.'),
  );
}

function isFailingOver(state: LabState): boolean {
  const isBusy = running(state, 'sentinel').some(node => node.view?.flags.includes('failover_in_progress'));
  return isBusy || (state.failover !== undefined && state.failover.endedAt === undefined);
}

/** What the others said of the old master counts against the new one for a while: with it, one Sentinel alone can reach a quorum. */
function noFailover(state: LabState, now: number): ReadyCheck {
  const left = (state.failover?.endedAt ?? 0) + sentinelTimes.opinion - now;
  if (!isFailingOver(state) && left > 0)
    return bad(
      'failover',
      l10n.t(
        'A failover ended a moment ago; the Sentinels forget their opinions about it in {0} s.',
        Math.ceil(left / 1_000),
      ),
      left,
      l10n.t('Old opinions would count: a quorum could be reached that is not there.'),
    );
  if (!isFailingOver(state)) return good('failover', l10n.t('No failover is running.'));
  return bad(
    'failover',
    l10n.t('A failover is running.'),
    failoverTimeoutOf(state),
    l10n.t('Two faults would be mixed: nobody could tell which one caused what.'),
  );
}

/**
 * A Sentinel that tried, or voted for one that did, waits for twice its failover-timeout before it tries again. A failover that worked
 * ends that wait at once (sentinel.c, `sentinelResetMaster`).
 */
function retryOver(state: LabState, now: number, attempts: FailoverAttempts | undefined): ReadyCheck {
  // An attempt that goes on has not failed: that it does is told already.
  const left = isFailingOver(state) ? 0 : retryWait(state, now, failoverTimeoutOf(state), attempts);
  if (left === 0) return good('retry', l10n.t('A failover may begin at any time.'));
  return bad(
    'retry',
    l10n.t('A failover failed a short while ago; the next may begin in {0} s.', Math.ceil(left / 1_000)),
    left,
    l10n.t('The Sentinels would wait that long before they try again.'),
  );
}

function failoverTimeoutOf(state: LabState): number {
  const told = nodesOf(state).flatMap(node => node.view?.failoverTimeout ?? []);
  return told.length > 0 ? Math.max(...told) : state.lab.failoverTimeout;
}

function noFaults(state: LabState, now: number): ReadyCheck {
  const active = faultsNow(state, now).map(faultText);
  if (active.length === 0) return good('faults', l10n.t('No fault is on.'));
  return bad(
    'faults',
    l10n.t('Still on: {0}.', active.join('; ')),
    undefined,
    l10n.t('Two faults would be mixed: nobody could tell which one caused what.'),
  );
}
