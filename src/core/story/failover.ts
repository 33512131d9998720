import { isoText } from '../log/lineTime';
import { mergeByTime } from '../log/causalOrder';
import { choiceOf, offsetAt, type Candidate, type Choice, type OffsetMark } from './choice';
import type { Identities } from './identities';
import type { LocalEpisode, Moment } from './localEpisode';
import type { Evidence } from './storyLine';

export interface Address {
  readonly ip: string;
  readonly port: number;
}

export type PhaseName =
  | 'detection'
  | 'agreement'
  | 'election'
  | 'promotion'
  | 'reconfiguration'
  | 'completion';

/** A part of a failover; `ms` is its length by the clock of the machine that logged it. */
export interface Phase {
  readonly name: PhaseName;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly ms: number;
}

export interface Vote extends Evidence {
  readonly voter: string;
  readonly candidate: string;
  readonly epoch: number;
  /** When the voter's log, or the candidate's, has it. */
  readonly at: string | null;
}

export type Outcome =
  | 'succeeded'
  | 'aborted-not-elected'
  | 'aborted-no-good-slave'
  | 'aborted-slave-timeout'
  | 'aborted-master-timeout'
  | 'unfinished';

/** One failover over all files. Times are as the logs have them, in ISO form. */
export interface Failover {
  readonly masterName: string;
  readonly epoch: number | null;
  readonly from: Address | null;
  readonly to: Address | null;
  readonly leader: { readonly id: string | null; readonly address: string | null } | null;
  readonly votes: readonly Vote[];
  readonly outcome: Outcome;
  /** Asked for with SENTINEL FAILOVER. */
  readonly forced: boolean;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly phases: readonly Phase[];
  readonly observers: readonly Observer[];
  /** The replica that was chosen, and why; its address is `to` where it worked. */
  readonly choice: Choice | null;
  /** The replicas as the leader knew them; null where no leader came so far. */
  readonly candidates: readonly Candidate[] | null;
  /** The replica that was chosen: that of {@link choice}. */
  readonly selected: Address | null;
  /** What became of the old master after the switch, where a Sentinel saw it; null without a switch. */
  readonly oldMaster: OldMaster | null;
  /** The slowest replicas were not waited for: failover-timeout was over. */
  readonly endedByTimeout: boolean;
  /** Sentinels that tried in this epoch: two at once are normal. */
  readonly tried: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** The return of an old master: when it was seen down and up again, and when it was told to be a replica. */
export interface OldMaster {
  readonly downAt: string | null;
  readonly backAt: string | null;
  readonly convertedAt: string | null;
}

/** What one Sentinel saw of it. */
export interface Observer {
  readonly file: string;
  readonly sdownAt: string | null;
  readonly odownAt: string | null;
  readonly switchedAt: string | null;
  /** When it tried to lead the failover itself. */
  readonly triedAt: string | null;
  /** It announced that it will not try before some time, because it had just voted: that means nothing bad. */
  readonly announcedDelay: boolean;
}

/** How far apart, in milliseconds, the same failover may be in two logs: clocks differ, and one Sentinel may learn of it late. */
const sameFailover = 60_000;

/**
 * Puts the views of all Sentinels together: what has the same master and epoch, and lies close together, is one failover. Each is made
 * when it is asked for: a large log has many, and who prints them needs one at a time.
 */
export function* mergeEpisodes(
  locals: readonly LocalEpisode[],
  identities: Identities,
  offsets: OffsetsByAddress = new Map(),
): Generator<Failover> {
  assignVotes(locals);
  for (const group of groupsOf(locals)) if (isAttempt(group)) yield toFailover(group, identities, offsets);
}

/** Which views are of the same failover. */
function groupsOf(locals: readonly LocalEpisode[]): Iterable<readonly LocalEpisode[]> {
  const timed = locals
    .map(local => ({ local, decision: decisionOf(local) }))
    .toSorted((a, b) => a.decision - b.decision);
  // One file never tells the same failover twice.
  if (locals.every(local => local.file === locals[0]?.file)) return timed.map(({ local }) => [local]);
  const groups: LocalEpisode[][] = [];
  // In order of time, so only the youngest groups can still grow.
  let young: { readonly group: LocalEpisode[]; end: number }[] = [];
  for (const { local, decision } of timed) {
    const end = endOf(local);
    young = young.filter(group => decision - group.end < sameFailover);
    const found = young.findLast(({ group }) => belongs(group, local));
    if (found) {
      found.group.push(local);
      found.end = Math.max(found.end, end);
    } else {
      const group = [local];
      groups.push(group);
      young.push({ group, end });
    }
  }
  return groups;
}

/** How far data nodes were, by their address; see choice.ts. */
export type OffsetsByAddress = ReadonlyMap<string, readonly OffsetMark[]>;

function isAttempt(group: readonly LocalEpisode[]): boolean {
  return group.some(local => local.tried ?? local.switched ?? local.votes[0]);
}

/**
 * A vote names no master. Where one Sentinel watches several, the epoch tells: who tried in it said for which master. So a vote that was
 * taken for the wrong one moves to the right one.
 */
function assignVotes(locals: readonly LocalEpisode[]): void {
  if (new Set(locals.map(local => local.masterName)).size < 2) return;
  const tried = locals.filter(local => local.tried && local.epoch !== undefined);
  for (const local of locals) {
    const { epoch } = local;
    if (local.tried || epoch === undefined || local.votes.length === 0) continue;
    const owner = tried.find(
      other => other.epoch === epoch && Math.abs(decisionOf(other) - decisionOf(local)) < sameFailover,
    );
    if (!owner || owner.masterName === local.masterName) continue;
    const right = locals.find(
      other =>
        other.file === local.file &&
        other.masterName === owner.masterName &&
        other.epoch === undefined &&
        Math.abs(endOf(other) - decisionOf(local)) < sameFailover,
    );
    if (right) {
      right.votes = [...right.votes, ...local.votes];
      right.epoch = epoch;
      local.votes = [];
      local.epoch = undefined;
    } else if (!local.switched) {
      local.masterName = owner.masterName;
      local.from = owner.from;
      local.sdown = undefined;
      local.odown = undefined;
    }
  }
}

function belongs(group: readonly LocalEpisode[], local: LocalEpisode): boolean {
  const [first] = group;
  if (!first || first.masterName !== local.masterName) return false;
  if (group.some(other => other.file === local.file)) return false;
  // An epoch has one leader. Two of them: Sentinels that do not know each other, each with its own count.
  if (local.elected && group.some(other => other.elected)) return false;
  const epoch = group.find(other => other.epoch !== undefined)?.epoch;
  if (epoch === undefined || local.epoch === undefined) {
    const to = group.find(other => other.to)?.to;
    return !to || !local.to || (to.ip === local.to.ip && to.port === local.to.port);
  }
  return epoch === local.epoch;
}

function momentsOf(local: LocalEpisode): readonly Moment[] {
  const { sdown, odown, tried, elected, selected, promoted, reconfigured, ended, switched, aborted } = local;
  return [
    sdown,
    odown,
    tried,
    ...local.votes,
    elected,
    selected,
    promoted,
    reconfigured,
    ended,
    switched,
    aborted,
  ].filter(moment => moment !== undefined);
}

function beginOf(local: LocalEpisode): number {
  return Math.min(...momentsOf(local).map(moment => moment.at));
}

/** When it was more than a master that is down: the first attempt, vote or switch. */
function decisionOf(local: LocalEpisode): number {
  return (local.tried ?? local.votes[0] ?? local.switched)?.at ?? beginOf(local);
}

function endOf(local: LocalEpisode): number {
  return Math.max(...momentsOf(local).map(moment => moment.at));
}

function toFailover(
  group: readonly LocalEpisode[],
  identities: Identities,
  offsets: OffsetsByAddress,
): Failover {
  const leaderView = group.find(local => local.elected) ?? group.find(local => local.promoted ?? local.ended);
  const first = <T>(pick: (local: LocalEpisode) => T | undefined): T | undefined =>
    group.map(pick).find(value => value !== undefined);
  const votes = uniqueVotes(group, identities);
  const outcome = outcomeOf(group);
  const phases = phasesOf(group, leaderView);
  const epoch = first(local => local.epoch) ?? first(local => local.likelyEpoch) ?? null;
  const candidates = candidatesIn(group, offsets);
  const begin = group
    .flatMap(local =>
      local.forced && local.tried
        ? [local.tried]
        : [local.sdown ?? local.tried ?? local.votes[0] ?? local.switched],
    )
    .filter(moment => moment !== undefined);
  const start = earliest(begin);
  const end =
    outcome === 'succeeded'
      ? latest(group.flatMap(local => local.switched ?? []))
      : latest(group.flatMap(local => local.aborted ?? []));
  return {
    masterName: group[0]?.masterName ?? '',
    epoch,
    from: first(local => local.from) ?? null,
    to: outcome === 'succeeded' ? (first(local => local.to) ?? null) : null,
    leader: leaderOf(group, leaderView, votes, identities),
    votes,
    outcome,
    forced: group.some(local => local.forced),
    startedAt: timeText(start),
    endedAt: timeText(end),
    durationMs: start && end ? end.at - start.at : null,
    phases,
    observers: group.map(local => ({
      file: local.file,
      sdownAt: timeText(local.sdown),
      odownAt: timeText(local.odown),
      switchedAt: timeText(local.switched),
      triedAt: timeText(local.tried),
      announcedDelay: local.delayed !== undefined,
    })),
    selected: group.find(local => local.selected)?.selected?.replica ?? null,
    choice: choiceIn(group, candidates),
    candidates,
    oldMaster: outcome === 'succeeded' ? oldMasterOf(group) : null,
    endedByTimeout: group.some(local => local.endedByTimeout),
    tried: group.filter(local => local.tried).map(local => local.file),
    evidence: evidenceOf(group, leaderView),
  };
}

/** The lines of all files in one order: by time, causes before effects; of equals, the leader's first: others follow it. */
function evidenceOf(group: readonly LocalEpisode[], leader: LocalEpisode | undefined): readonly Evidence[] {
  const [only] = group;
  if (only && group.length === 1)
    return only.lines.toSorted((a, b) => a.line - b.line).map(({ line }) => ({ file: only.file, line }));
  const logs = group
    .toSorted((a, b) => Number(b === leader) - Number(a === leader))
    .map(({ file, lines }) =>
      lines.toSorted((a, b) => a.line - b.line).map(({ line, at, rank }) => ({ file, line, at, rank })),
    );
  return mergeByTime(logs).map(({ file, line }) => ({ file, line }));
}

function candidatesIn(
  group: readonly LocalEpisode[],
  offsets: OffsetsByAddress,
): readonly Candidate[] | null {
  const leader = group.find(local => local.candidates);
  const at = leader?.selected?.at;
  return (
    leader?.candidates?.map(({ address, isDown }) => ({
      address,
      isDown,
      offset: at === undefined ? null : offsetAt(offsets.get(address) ?? [], at),
    })) ?? null
  );
}

function choiceIn(group: readonly LocalEpisode[], candidates: readonly Candidate[] | null): Choice | null {
  const selected = group.find(local => local.selected)?.selected;
  const isMasterUp = group.some(local => local.forced);
  return selected ? choiceOf(selected.replica, candidates ?? [], isMasterUp) : null;
}

function oldMasterOf(group: readonly LocalEpisode[]): OldMaster {
  return {
    downAt: timeText(earliest(group.flatMap(local => local.oldMasterDown ?? []))),
    backAt: timeText(earliest(group.flatMap(local => local.oldMasterBack ?? []))),
    convertedAt: timeText(earliest(group.flatMap(local => local.oldMasterConverted ?? []))),
  };
}

function timeText(moment: Moment | undefined): string | null {
  return moment?.time ? isoText(moment.time) : null;
}

function earliest(moments: readonly Moment[]): Moment | undefined {
  return moments.toSorted((a, b) => a.at - b.at)[0];
}

function latest(moments: readonly Moment[]): Moment | undefined {
  return moments.toSorted((a, b) => b.at - a.at)[0];
}

function outcomeOf(group: readonly LocalEpisode[]): Outcome {
  if (group.some(local => local.switched)) return 'succeeded';
  // Who was elected and gave up says why; "not elected" is only the end when nobody was.
  const aborts = group.flatMap(local => local.aborted ?? []);
  const decisive = aborts.find(abort => abort.reason !== 'not-elected') ?? aborts[0];
  if (!decisive) return 'unfinished';
  if (decisive.reason === 'not-elected' && group.some(local => local.elected)) return 'unfinished';
  return `aborted-${decisive.reason}`;
}

/** Each vote once, however many files tell it: a Sentinel has one vote an epoch. */
function uniqueVotes(group: readonly LocalEpisode[], identities: Identities): readonly Vote[] {
  const votes = new Map<string, Vote>();
  for (const local of group) {
    const own = identities.files.find(file => file.file === local.file);
    for (const vote of local.votes) {
      const said = vote.voter ?? own?.id ?? own?.address ?? local.file;
      const voter = nameOf(said, identities);
      const key = `${voter} ${vote.epoch}`;
      // The voter's own log is the best witness.
      if (votes.has(key) && vote.voter !== undefined) continue;
      votes.set(key, {
        voter,
        candidate: vote.candidate,
        epoch: vote.epoch,
        at: timeText(vote),
        file: vote.file,
        line: vote.line,
      });
    }
  }
  return [...votes.values()];
}

/** The id where it is known, so that a Sentinel has one name whether a line gave its id or its address. */
function nameOf(idOrAddress: string, identities: Identities): string {
  return identities.idOfAddress.get(idOrAddress) ?? idOrAddress;
}

function leaderOf(
  group: readonly LocalEpisode[],
  leaderView: LocalEpisode | undefined,
  votes: readonly Vote[],
  identities: Identities,
): Failover['leader'] {
  const file = leaderView && identities.files.find(candidate => candidate.file === leaderView.file);
  const own = leaderView?.votes.find(vote => vote.voter === undefined);
  const updateFrom = group.find(local => local.updateFrom)?.updateFrom;
  const byUpdate = updateFrom === undefined ? undefined : identities.idOfAddress.get(updateFrom);
  const isDecided =
    leaderView !== undefined || updateFrom !== undefined || group.some(local => local.switched);
  if (!isDecided) return null;
  const id = file?.id ?? own?.candidate ?? byUpdate ?? winnerOf(votes);
  const address =
    file?.address ?? updateFrom ?? (id === undefined ? undefined : identities.addressOfId.get(id));
  return id === undefined && address === undefined ? null : { id: id ?? null, address: address ?? null };
}

function winnerOf(votes: readonly Vote[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { candidate } of votes) counts.set(candidate, (counts.get(candidate) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** The phases by the leader's log, with the beginning and the end as all Sentinels saw them. */
function phasesOf(group: readonly LocalEpisode[], leader: LocalEpisode | undefined): readonly Phase[] {
  const view = leader ?? group.find(local => local.tried) ?? group.find(local => local.switched);
  if (!view) return [];
  const firstNotice = view.forced ? undefined : earliest(group.flatMap(local => local.sdown ?? []));
  const lastSwitch = latest(group.flatMap(local => local.switched ?? []));
  const marks: readonly (readonly [PhaseName, Moment | undefined, Moment | undefined])[] = [
    ['detection', firstNotice, view.forced ? undefined : view.sdown],
    ['agreement', view.forced ? undefined : view.sdown, view.odown],
    [
      'election',
      view.tried,
      view.elected ?? (view.aborted?.reason === 'not-elected' ? view.aborted : undefined),
    ],
    ['promotion', view.elected, view.promoted ?? view.aborted],
    ['reconfiguration', view.promoted, view.ended],
    ['completion', view.ended, lastSwitch],
  ];
  return marks.flatMap(([name, from, to]) => {
    if (!from || !to || from.time === undefined || to.time === undefined || to.at < from.at) return [];
    return [{ name, startedAt: isoText(from.time), endedAt: isoText(to.time), ms: to.at - from.at }];
  });
}
