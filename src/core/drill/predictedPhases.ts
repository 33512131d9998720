import type { PhaseName } from '../story/failover';
import type { FailoverCause, PredictedOutcome } from './failoverCause';
import { sentinelTimes } from './sentinelTimes';

/**
 * The phases of a failover as a client lives them. `delay`: an attempt just failed, and the next one waits; `discovery`: from the
 * promotion until clients know; `conversion`: after a failover on request the old master goes on taking writes that will be lost.
 */
export type PredictedPhaseName = Exclude<PhaseName, 'completion'> | 'delay' | 'discovery' | 'conversion';

export interface PredictedPhase {
  readonly name: PredictedPhaseName;
  readonly minMs: number;
  readonly maxMs: number;
  /** The setting, or the constant of sentinel.c, that decides its length. */
  readonly owner: string;
  /** Clients cannot write meanwhile. */
  readonly isOutage: boolean;
}

/** What the lengths depend on. Times are in milliseconds. */
export interface PhaseSettings {
  readonly downAfter: number;
  readonly failoverTimeout: number;
  readonly parallelSyncs: number;
  readonly quorum: number;
  /** Replicas that must follow the new master. */
  readonly followers: number;
  readonly clientTimeout: number;
  /** How long no Sentinel may begin a failover. */
  readonly delay: number;
}

/** How long each phase takes on a machine that is not busy, from the fault on. Empty where no Sentinel acts at all. */
export function predictPhases(
  outcome: PredictedOutcome,
  cause: FailoverCause,
  settings: PhaseSettings,
): readonly PredictedPhase[] {
  if (outcome === 'no-master' || outcome === 'no-sentinels') return [];
  if (cause === 'request') return outcome === 'promotes' ? requested(settings) : [];
  const detected = detection(cause, settings);
  if (outcome === 'no-quorum') return [detected];
  const begun = [detected, agreement(settings), ...delay(settings, detected)];
  if (outcome === 'no-majority') return [...begun, vainElection(settings)];
  const elected = [...begun, election];
  if (outcome === 'no-good-replica') return elected;
  return [...elected, promotion, discovery(cause, settings), ...reconfiguration(settings)];
}

/**
 * A dead master's last PONG is up to a ping period old when it dies, and time counts from there. Of a frozen one the connection stays
 * open, so time counts from the first PING without an answer.
 */
function detection(cause: FailoverCause, { downAfter }: PhaseSettings): PredictedPhase {
  const period = Math.min(sentinelTimes.ping, downAfter);
  const [early, late] = cause === 'kill' ? [period, 0] : [0, period];
  return {
    name: 'detection',
    minMs: downAfter - early,
    maxMs: downAfter + late + sentinelTimes.tick,
    owner: 'down-after-milliseconds',
    isOutage: true,
  };
}

/** The others find the master down up to a ping period later, and are asked once a second. */
function agreement({ quorum, downAfter }: PhaseSettings): PredictedPhase {
  const period = Math.min(sentinelTimes.ping, downAfter);
  return {
    name: 'agreement',
    minMs: 0,
    maxMs: quorum > 1 ? period + sentinelTimes.ask + sentinelTimes.tick : sentinelTimes.tick,
    owner: 'quorum',
    isOutage: true,
  };
}

function delay(settings: PhaseSettings, { minMs, maxMs }: PredictedPhase): readonly PredictedPhase[] {
  if (settings.delay <= minMs) return [];
  return [
    {
      name: 'delay',
      minMs: Math.max(0, settings.delay - maxMs),
      maxMs: settings.delay - minMs,
      owner: 'failover-timeout',
      isOutage: true,
    },
  ];
}

const election: PredictedPhase = {
  name: 'election',
  minMs: 0,
  maxMs: sentinelTimes.ask + sentinelTimes.tick,
  owner: 'SENTINEL_ASK_PERIOD',
  isOutage: true,
};

/** The vote that nobody wins lasts until its time is over. */
function vainElection({ failoverTimeout }: PhaseSettings): PredictedPhase {
  const length = Math.min(sentinelTimes.election, failoverTimeout);
  return {
    name: 'election',
    minMs: length,
    maxMs: length + sentinelTimes.tick,
    owner: failoverTimeout < sentinelTimes.election ? 'failover-timeout' : 'SENTINEL_ELECTION_TIMEOUT',
    isOutage: true,
  };
}

/** Choosing and telling take a turn of the timer each; that it worked is seen at the next INFO, once a second. */
const promotion: PredictedPhase = {
  name: 'promotion',
  minMs: 0,
  maxMs: sentinelTimes.infoOnFailure + 3 * sentinelTimes.tick,
  owner: 'SENTINEL_INFO_PERIOD',
  isOutage: true,
};

/** The leader knows at once, the other Sentinels by its next hello; a client of a frozen master waits for its own time-out first. */
function discovery(cause: FailoverCause, { clientTimeout }: PhaseSettings): PredictedPhase {
  return {
    name: 'discovery',
    minMs: 0,
    maxMs: sentinelTimes.hello + (cause === 'freeze' ? clientTimeout : 0) + sentinelTimes.tick,
    owner: 'SENTINEL_PUBLISH_PERIOD',
    isOutage: true,
  };
}

function reconfiguration({ followers, parallelSyncs }: PhaseSettings): readonly PredictedPhase[] {
  if (followers === 0) return [];
  const turns = Math.ceil(followers / parallelSyncs);
  return [
    {
      name: 'reconfiguration',
      minMs: 0,
      // Two INFOs a turn: it follows the new master, and its link is up.
      maxMs: turns * (2 * sentinelTimes.infoOnFailure + sentinelTimes.tick),
      owner: 'parallel-syncs',
      isOutage: false,
    },
  ];
}

/** The old master is alive: nothing is found down and nobody votes, but it is told late to be a replica. */
function requested(settings: PhaseSettings): readonly PredictedPhase[] {
  return [
    { ...promotion, isOutage: false },
    ...reconfiguration(settings),
    {
      name: 'conversion',
      // Once it has called itself master for four hello periods, at its next INFO (sentinelRefreshInstanceInfo).
      minMs: 4 * sentinelTimes.hello,
      maxMs: 4 * sentinelTimes.hello + sentinelTimes.info + sentinelTimes.tick,
      owner: 'SENTINEL_PUBLISH_PERIOD',
      isOutage: false,
    },
    // All Sentinels know by then; the connection is closed (5.0) or says READONLY.
    { name: 'discovery', minMs: 0, maxMs: settings.clientTimeout, owner: 'client', isOutage: true },
  ];
}
