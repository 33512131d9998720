import type { SentinelEvent } from '../log/sentinelEvent';
import { masterPort, nodesOf, type FailoverState, type LabState } from './labState';

/**
 * How long the last event of a failover must be ago, in milliseconds, before what a Sentinel answers counts against it: an answer can
 * have been asked for before the event.
 */
const settleTime = 5_000;

/** The flags of SENTINEL MASTER of one that takes the master for down, or leads a failover. */
const busyFlags = new Set(['s_down', 'o_down', 'failover_in_progress']);

const stages: Readonly<Record<string, FailoverState['stage']>> = {
  '+odown': 'agreeing',
  '+try-failover': 'electing',
  '+elected-leader': 'promoting',
  '+failover-state-select-slave': 'promoting',
  '+promoted-slave': 'reconfiguring',
  '+failover-state-reconf-slaves': 'reconfiguring',
  '+switch-master': 'done',
  '-odown': 'aborted',
  '-failover-abort-not-elected': 'aborted',
  '-failover-abort-no-good-slave': 'aborted',
  '-failover-abort-slave-timeout': 'aborted',
  '-failover-abort-master-timeout': 'aborted',
};

const stageOrder: readonly FailoverState['stage'][] = [
  'agreeing',
  'electing',
  'promoting',
  'reconfiguring',
  'done',
  'aborted',
];

/** Several Sentinels tell of one failover, some late: it only moves forward, and one that ended begins anew with the next +odown or +try-failover. */
export function nextFailover(
  current: FailoverState | undefined,
  sentinel: string,
  event: SentinelEvent,
  at: number,
): FailoverState | undefined {
  const stage = stages[event.type];
  if (!stage) return current;
  const running = current && current.endedAt === undefined ? current : undefined;
  if (!running) {
    if (stage !== 'agreeing' && stage !== 'electing') return current;
    // A slow Sentinel may still find the old master down after the others have moved on.
    const isLate =
      current?.stage === 'done' &&
      event.instance?.port === current.fromPort &&
      current.fromPort !== current.toPort;
    if (isLate) return current;
    return {
      startedAt: at,
      triedAt: stage === 'electing' ? at : undefined,
      stage,
      endedAt: undefined,
      fromPort: event.instance?.port,
      toPort: undefined,
      triedBy: stage === 'electing' ? sentinel : undefined,
      leader: undefined,
      tellers: [sentinel],
      toldAt: at,
    };
  }
  // One Sentinel that gives up does not end the failover which another one won.
  if (stage === 'aborted' && running.leader !== undefined && running.leader !== sentinel) return running;
  if (stage === 'aborted' && event.type === '-odown' && running.stage !== 'agreeing') return running;
  const told = { tellers: [...new Set([...running.tellers, sentinel])], toldAt: at };
  if (stageOrder.indexOf(stage) < stageOrder.indexOf(running.stage)) return { ...running, ...told };
  return {
    ...running,
    ...told,
    stage,
    triedAt: running.triedAt ?? (stage === 'electing' ? at : undefined),
    triedBy: stage === 'electing' ? sentinel : running.triedBy,
    leader: event.type === '+elected-leader' ? sentinel : running.leader,
    fromPort: event.moved?.fromPort ?? running.fromPort,
    toPort: event.moved?.toPort,
    endedAt: stage === 'done' || stage === 'aborted' ? at : undefined,
    ...(stage === 'aborted' ? { abortedBy: event.type } : {}),
  };
}

/**
 * A Sentinel is gone, and what it did of a failover with it: without the one that led it the others begin anew, and without all that told
 * of it there is none.
 */
export function withoutTeller(failover: FailoverState | undefined, name: string): FailoverState | undefined {
  if (failover?.endedAt !== undefined || !failover?.tellers.includes(name)) return failover;
  const tellers = failover.tellers.filter(teller => teller !== name);
  if (tellers.length === 0) return undefined;
  const isLost = name === (failover.leader ?? failover.triedBy);
  return isLost
    ? { ...failover, tellers, stage: 'agreeing', triedBy: undefined, leader: undefined }
    : { ...failover, tellers };
}

/**
 * An event can be missed, when the connection that brings them was lost for a moment. Where no Sentinel that runs takes the master for
 * down any more, the failover is over all the same.
 */
export function settleFailover(state: LabState, at: number): LabState {
  const { failover } = state;
  if (!failover || failover.endedAt !== undefined || at - failover.toldAt < settleTime) return state;
  // One that does not answer may still be at it: what it last said counts.
  const views = nodesOf(state).flatMap(({ spec, status, view }) =>
    spec.kind === 'sentinel' && view && status !== 'stopped' && status !== 'crashed' ? [view] : [],
  );
  const isOver = views.every(({ flags }) => !flags.some(flag => busyFlags.has(flag)));
  if (views.length === 0 || !isOver) return state;
  const port = masterPort(state);
  const hasMoved = port !== undefined && port !== failover.fromPort;
  return {
    ...state,
    failover: hasMoved
      ? { ...failover, stage: 'done', toPort: port, endedAt: at }
      : { ...failover, stage: 'aborted', endedAt: at },
  };
}
