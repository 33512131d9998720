import { majority, sentinelNodes, serverNodes } from '../model/lab';
import { masterPort, nodeAtPort, nodesOf, type LabState, type NodeState } from '../model/labState';
import { usualPriority, type ReplicaView } from '../model/replicaView';
import type { SentinelView } from '../model/sentinelView';
import { retryWait, type FailoverAttempts } from './failoverAttempt';
import type { FailoverCause, PredictedOutcome } from './failoverCause';
import { predictPhases, type PredictedPhase } from './predictedPhases';
import { selectReplica, type PromotionCandidate, type Selection } from './selection';
import { retryTime } from './sentinelTimes';

/** Why a Sentinel does not take part. `tilt`: it votes for others, but never says that a node is down. */
export type AbsentReason = 'not-running' | 'frozen' | 'silent' | 'other-master' | 'tilt';

/** One Sentinel's part in a failover. */
export interface Voter {
  readonly name: string;
  /** It can say that the master is down: this counts for the quorum. */
  readonly canAgree: boolean;
  /** It can vote for a leader: this counts for the majority. */
  readonly canVote: boolean;
  readonly reason: AbsentReason | undefined;
}

export interface FailoverPrediction {
  readonly cause: FailoverCause;
  readonly outcome: PredictedOutcome;
  /** Name of the node that is master now. */
  readonly master: string | undefined;
  /** Name of the replica that will be promoted. */
  readonly promoted: string | undefined;
  /** Others that it could be: another Sentinel would choose them, or they have nearly the same data. */
  readonly rivals: readonly string[];
  /** The choice as the Sentinel would make it that was asked first. */
  readonly selection: Selection;
  /** Replicas of the lab that no asked Sentinel knows: they are never chosen. */
  readonly unknown: readonly string[];
  readonly voters: readonly Voter[];
  readonly quorum: number;
  /** More than half of the Sentinels that are known, running or not. */
  readonly majority: number;
  /** How many can say that the master is down, and how many can vote. */
  readonly agreeing: number;
  readonly voting: number;
  readonly phases: readonly PredictedPhase[];
  /** From the fault until a client that asks Sentinels can write again, in milliseconds; undefined: not by a failover. */
  readonly outage: { readonly minMs: number; readonly maxMs: number } | undefined;
  /** Where it comes to nothing: milliseconds from one attempt to the next. */
  readonly retryMs: number | undefined;
}

/** What a prediction is made from beside the state. */
export interface PredictionOptions {
  readonly cause: FailoverCause;
  /** What each Sentinel knows of the replicas, by its name (SENTINEL REPLICAS). Without it the nodes' own INFO must do. */
  readonly replicas?: ReadonlyMap<string, readonly ReplicaView[]>;
  /** Which Sentinels have to wait before they begin a failover, by their logs. */
  readonly attempts?: FailoverAttempts;
  /** How long a client waits for an answer, in milliseconds: a frozen master lets it wait that long. */
  readonly clientTimeout?: number;
}

/** Replicas of the same priority that are nearer than this, in bytes, count as having the same data: it takes less than a moment. */
const closeBytes = 16_384;

/**
 * Foretells a failover of the lab's master: whether it happens, who is promoted and why, who votes, and how long it takes. Times count
 * from the fault, which is taken to come at `now` (milliseconds since 1970).
 */
export function predictFailover(
  state: LabState,
  now: number,
  { cause, replicas = new Map(), attempts, clientTimeout = 1_000 }: PredictionOptions,
): FailoverPrediction {
  const master = nodeAtPort(state, masterPort(state));
  const voters = nodesOf(state)
    .filter(node => node.spec.kind === 'sentinel')
    .map(node => voterOf(node, master));
  const leaders = leadersOf(state, voters);
  const settings = settingsOf(state, leaders);
  const knowing = leaders.filter(({ name }) => replicas.has(name));
  const lists = knowing.length > 0 ? knowing.map(({ name }) => replicas.get(name) ?? []) : [undefined];
  const limits = {
    downAfterMilliseconds: settings.downAfter,
    masterDownTime: cause === 'request' ? undefined : 0,
  };
  const selections = lists.map(list =>
    selectReplica(candidatesOf(state, master, list, settings, cause), limits),
  );
  const [selection = selectReplica([], limits)] = selections;
  const outcome = outcomeOf({ cause, master, voters, leaders, selection });
  const promoted = outcome === 'promotes' ? selection.chosen?.name : undefined;
  const followers = selection.verdicts.filter(
    ({ candidate, leftOut }) =>
      leftOut !== 'down' && leftOut !== 'disconnected' && candidate !== selection.chosen,
  ).length;
  const retryMs = retryTime(settings.failoverTimeout);
  const phases = predictPhases(outcome, cause, {
    ...settings,
    followers,
    clientTimeout,
    delay: retryWait(state, now, settings.failoverTimeout, attempts),
  });
  return {
    cause,
    outcome,
    master: master?.spec.name,
    promoted,
    rivals: promoted === undefined ? [] : rivalsOf(selections, selection, state),
    selection,
    unknown: knowing.length > 0 ? unknownTo(state, master, lists) : [],
    voters,
    quorum: settings.quorum,
    majority: settings.majority,
    agreeing: voters.filter(voter => voter.canAgree).length,
    voting: voters.filter(voter => voter.canVote).length,
    phases,
    outage: outcome === 'promotes' ? sumOf(phases.filter(phase => phase.isOutage)) : undefined,
    retryMs: outcome === 'no-majority' || outcome === 'no-good-replica' ? retryMs : undefined,
  };
}

function voterOf(node: NodeState, master: NodeState | undefined): Voter {
  const reason = absence(node, master);
  return {
    name: node.spec.name,
    canAgree: reason === undefined,
    // In TILT a Sentinel answers "not down" but still gives its vote (sentinel.c, `sentinelCommand`, is-master-down-by-addr).
    canVote: reason === undefined || reason === 'tilt',
    reason,
  };
}

function absence(
  { status, view, failure, info }: NodeState,
  master: NodeState | undefined,
): AbsentReason | undefined {
  if (status === 'frozen') return 'frozen';
  if (status !== 'running') return 'not-running';
  if (failure !== undefined) return 'silent';
  if (!view || view.masterPort !== master?.spec.port) return 'other-master';
  return info?.tilt ? 'tilt' : undefined;
}

interface Leader {
  readonly name: string;
  readonly view: SentinelView;
  /** Itself counted. */
  readonly known: number;
}

/** The Sentinels that can see the master down themselves and so try to lead. */
function leadersOf(state: LabState, voters: readonly Voter[]): readonly Leader[] {
  return voters.flatMap(({ name, canAgree }) => {
    const view = state.nodes[name]?.view;
    return canAgree && view ? [{ name, view, known: (view.knownSentinels ?? 0) + 1 }] : [];
  });
}

interface FailoverSettings {
  readonly downAfter: number;
  readonly failoverTimeout: number;
  readonly parallelSyncs: number;
  readonly quorum: number;
  readonly majority: number;
}

/** What the Sentinels run with; where they differ, what makes it take longest. lab.json where none tells. */
function settingsOf({ lab }: LabState, leaders: readonly Leader[]): FailoverSettings {
  const views = leaders.map(({ view }) => view);
  const largest = (values: readonly (number | undefined)[], otherwise: number): number =>
    Math.max(...values.map(value => value ?? otherwise), ...(values.length === 0 ? [otherwise] : []));
  return {
    downAfter: largest(
      views.map(view => view.downAfterMilliseconds),
      lab.downAfterMilliseconds,
    ),
    failoverTimeout: largest(
      views.map(view => view.failoverTimeout),
      lab.failoverTimeout,
    ),
    parallelSyncs: views[0]?.parallelSyncs ?? lab.parallelSyncs,
    quorum: largest(
      views.map(view => view.quorum),
      lab.quorum,
    ),
    majority: largest(
      leaders.map(({ known }) => majority(known)),
      majority(sentinelNodes(lab).length),
    ),
  };
}

/** The replicas as the Sentinel will see them when it chooses: what the nodes say themselves is newer than what it was told. */
function candidatesOf(
  state: LabState,
  master: NodeState | undefined,
  views: readonly ReplicaView[] | undefined,
  { downAfter }: FailoverSettings,
  cause: FailoverCause,
): readonly PromotionCandidate[] {
  // A link that is down stays down until the master is found down; those that are up break now, and are young enough.
  const later = cause === 'request' ? 0 : downAfter;
  const fromNode = (node: NodeState): PromotionCandidate => ({
    name: node.spec.name,
    // A wrong password of ours is not that of the Sentinels.
    isDown: node.status !== 'running' || (node.failure !== undefined && node.failure !== 'auth'),
    isDisconnected: node.status !== 'running' && node.status !== 'frozen',
    pingAge: 0,
    priority: node.info?.priority ?? usualPriority,
    infoAge: 0,
    linkDownTime: linkDownTime(node, later) ?? 0,
    offset: node.info?.offset ?? 0,
    runId: node.info?.runId,
  });
  if (!views) return attachedTo(state, master).map(fromNode);
  return views.map(view => {
    const node = nodeAtPort(state, view.port);
    const isDown = view.flags.some(flag => flag === 's_down' || flag === 'o_down');
    const seen = {
      isDown,
      isDisconnected: view.flags.includes('disconnected'),
      pingAge: view.lastOkPingReply,
      // While the master is down, replicas are asked every second.
      infoAge: cause === 'request' || isDown ? view.infoAge : Math.min(view.infoAge, 1_000),
    };
    if (!node)
      return {
        ...seen,
        name: `${view.host}:${view.port}`,
        priority: view.priority,
        linkDownTime: view.isMasterLinkUp ? 0 : view.masterLinkDownTime + later,
        offset: view.offset,
        runId: view.runId,
      };
    const own = fromNode(node);
    return {
      ...own,
      ...seen,
      isDown: seen.isDown || own.isDown,
      isDisconnected: seen.isDisconnected || own.isDisconnected,
      priority: node.info?.priority ?? view.priority,
      linkDownTime: linkDownTime(node, later) ?? view.masterLinkDownTime,
      offset: node.info?.offset ?? view.offset,
      runId: node.info?.runId ?? view.runId,
    };
  });
}

/** In milliseconds, `later` milliseconds from now; undefined where the node says nothing of its link. */
function linkDownTime({ info }: NodeState, later: number): number | undefined {
  if (info?.linkStatus === undefined) return undefined;
  if (info.linkStatus === 'up' || info.linkDownSeconds === undefined) return 0;
  const now = info.linkDownSeconds * 1_000;
  return now < 0 ? now : now + later;
}

/** The replicas that the master names in its INFO, which is where Sentinels get them from; one behind another replica is none of them. */
function attachedTo(state: LabState, master: NodeState | undefined): readonly NodeState[] {
  return nodesOf(state).filter(
    node =>
      node.spec.kind === 'server' &&
      node !== master &&
      (node.info?.masterPort ?? node.spec.replicaOf) === master?.spec.port,
  );
}

function unknownTo(
  state: LabState,
  master: NodeState | undefined,
  lists: readonly (readonly ReplicaView[] | undefined)[],
): readonly string[] {
  const known = new Set(lists.flatMap(list => list?.map(view => view.port) ?? []));
  return serverNodes(state.lab)
    .filter(spec => spec.name !== master?.spec.name && !known.has(spec.port))
    .map(spec => spec.name);
}

function outcomeOf({
  cause,
  master,
  voters,
  leaders,
  selection,
}: {
  readonly cause: FailoverCause;
  readonly master: NodeState | undefined;
  readonly voters: readonly Voter[];
  readonly leaders: readonly Leader[];
  readonly selection: Selection;
}): PredictedOutcome {
  if (!master) return 'no-master';
  if (leaders.length === 0) return 'no-sentinels';
  if (cause !== 'request') {
    // A Sentinel asks and counts only those it knows.
    const agreeing = voters.filter(voter => voter.canAgree).length;
    const voting = voters.filter(voter => voter.canVote).length;
    const agreed = leaders.filter(({ view, known }) => Math.min(agreeing, known) >= view.quorum);
    if (agreed.length === 0) return 'no-quorum';
    const canWin = ({ view, known }: Leader): boolean =>
      Math.min(voting, known) >= Math.max(majority(known), view.quorum);
    if (!agreed.some(canWin)) return 'no-majority';
  }
  return selection.chosen ? 'promotes' : 'no-good-replica';
}

/** Who else it could be. */
function rivalsOf(
  selections: readonly Selection[],
  { chosen, verdicts }: Selection,
  state: LabState,
): readonly string[] {
  const isFlowing = (name: string): boolean => state.nodes[name]?.info?.linkStatus === 'up';
  const close = verdicts.filter(
    ({ candidate, leftOut }) =>
      chosen &&
      candidate !== chosen &&
      leftOut === undefined &&
      candidate.priority === chosen.priority &&
      // Where nothing flows any more, what is missing stays missing.
      isFlowing(candidate.name) &&
      chosen.offset - candidate.offset < closeBytes,
  );
  const names = [
    ...selections.flatMap(selection => selection.chosen?.name ?? []),
    ...close.map(({ candidate }) => candidate.name),
  ];
  return [...new Set(names)].filter(name => name !== chosen?.name);
}

function sumOf(phases: readonly PredictedPhase[]): { readonly minMs: number; readonly maxMs: number } {
  return {
    minMs: phases.reduce((sum, phase) => sum + phase.minMs, 0),
    maxMs: phases.reduce((sum, phase) => sum + phase.maxMs, 0),
  };
}
