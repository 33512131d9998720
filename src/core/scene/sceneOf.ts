import * as l10n from '@vscode/l10n';
import type { Lab, NodeKind } from '../model/lab';
import type { Failover, Phase } from '../story/failover';
import type { Report } from '../story/report';
import { failoverSentence } from '../view/failoverSentence';
import { phaseOwner, phaseWord } from '../view/phaseWords';
import { durationText, leaderName, sentinelName } from '../view/storyNames';
import { syncText } from '../view/syncText';
import type { LaneNames } from './laneNames';
import type {
  RoleBar,
  Scene,
  SceneFailover,
  SceneLane,
  ScenePhase,
  SceneVote,
  SyncBar,
  TimeBar,
  WordBar,
} from './scene';

/** What a scene is made of. */
export interface SceneParts {
  readonly lab: Lab;
  readonly names: LaneNames;
  /** The story of the logs. */
  readonly report: Report;
  /** A moment of the story, as it has it in ISO form, in milliseconds since 1970; undefined for what is no time. */
  readonly moment: (time: string) => number | undefined;
  /** When the process of a node was gone that wrote its last line at this moment; undefined: nobody knows. */
  readonly endAfter: (node: string, at: number) => number | undefined;
  /** Of faults: their lane is not named yet. */
  readonly faults: readonly Omit<WordBar, 'lane'>[];
  /** What each client of a probe felt; `name` is for people. */
  readonly clients: readonly { readonly name: string; readonly bars: readonly Omit<WordBar, 'lane'>[] }[];
}

/** Puts a scene together: who was what, when, and what led to it. */
export function sceneOf(parts: SceneParts): Scene {
  const { report } = parts;
  const failovers = report.failovers.flatMap(failover => {
    const range = rangeOf(failover, parts);
    return range ? [{ failover, ...range }] : [];
  });
  return {
    lanes: lanesOf(parts),
    roles: rolesOf(parts),
    downs: downsOf(parts),
    syncs: syncsOf(parts),
    bars: [
      ...parts.faults.map(bar => ({ ...bar, lane: faultsLane })),
      ...parts.clients.flatMap(({ name, bars }) => bars.map(bar => ({ ...bar, lane: clientLane(name) }))),
    ],
    failovers: failovers.map(({ failover, from, to }) => sceneFailover(failover, { from, to }, parts)),
    phases: failovers.flatMap(({ failover }, index) =>
      failover.phases.flatMap(phase => scenePhase(phase, index, parts)),
    ),
    votes: failovers.flatMap(({ failover }) => votesOf(failover, parts)),
  };
}

const faultsLane = 'faults';

function clientLane(name: string): string {
  return `probe:${name}`;
}

function lanesOf({ lab, faults, clients }: SceneParts): readonly SceneLane[] {
  const nodes = (kind: NodeKind): readonly SceneLane[] =>
    lab.nodes
      .filter(node => node.kind === kind)
      .toSorted((a, b) => a.port - b.port)
      .map(({ name }) => ({ id: name, label: name, kind }));
  return [
    ...(faults.length > 0
      ? [{ id: faultsLane, label: l10n.t('Faults'), kind: 'faults' } satisfies SceneLane]
      : []),
    ...clients.map(({ name }): SceneLane => ({ id: clientLane(name), label: name, kind: 'probe' })),
    ...nodes('server'),
    ...nodes('sentinel'),
  ];
}

function rolesOf({ report, names, moment, endAfter }: SceneParts): readonly RoleBar[] {
  return report.dataNodes.flatMap(({ address, file, roles }) => {
    const lane = names.ofDataNode(address, file);
    if (lane === undefined) return [];
    const bars = roles.flatMap(({ role, from, to }) =>
      bar(lane, from, to, moment).map(span => ({ ...span, role })),
    );
    // A log that ends without a word does not tell when the process was gone: it may have gone on in silence for long.
    return bars.map((each, index) => {
      const next = bars[index + 1]?.from ?? Infinity;
      if (each.to === undefined) return { ...each, to: endAfter(lane, each.from) };
      if (each.to >= next) return each;
      return { ...each, to: Math.max(each.to, Math.min(endAfter(lane, each.to) ?? each.to, next)) };
    });
  });
}

function downsOf({ report, names, moment }: SceneParts): readonly TimeBar[] {
  return report.dataNodes.flatMap(({ address, file, down }) => {
    const lane = names.ofDataNode(address, file);
    return lane === undefined ? [] : down.flatMap(({ from, to }) => bar(lane, from, to, moment));
  });
}

function bar(
  lane: string,
  from: string | null,
  to: string | null,
  moment: SceneParts['moment'],
): readonly TimeBar[] {
  const begin = from === null ? undefined : moment(from);
  return begin === undefined ? [] : [{ lane, from: begin, to: to === null ? undefined : moment(to) }];
}

/** The replica's lane has it, whoever tells of it; where both do, at the same time, the replica's word is enough. */
function syncsOf({ report, names, moment }: SceneParts): readonly SyncBar[] {
  const own = new Map<string, SyncBar[]>();
  const others: SyncBar[] = [];
  for (const sync of report.syncs) {
    const isOwn = sync.toldBy === 'replica';
    const lane = names.ofDataNode(sync.replica, isOwn ? sync.file : null);
    if (lane === undefined) continue;
    const { kind, outcome, startedAt, endedAt } = sync;
    // One that goes on has no end.
    const end = outcome === 'unfinished' ? endedAt : (endedAt ?? startedAt);
    for (const span of bar(lane, startedAt, end, moment)) {
      const drawn = { ...span, kind, outcome, text: syncText(sync) };
      const known = own.get(lane);
      if (!isOwn) others.push(drawn);
      else if (known) known.push(drawn);
      else own.set(lane, [drawn]);
    }
  }
  const isToldByReplica = ({ lane, from, to }: SyncBar): boolean =>
    own.get(lane)?.some(sync => sync.from <= (to ?? Infinity) && from <= (sync.to ?? Infinity)) ?? false;
  return [...own.values()].flat().concat(others.filter(sync => !isToldByReplica(sync)));
}

function rangeOf(
  failover: Failover,
  { moment }: SceneParts,
): { readonly from: number; readonly to: number } | undefined {
  const { startedAt, endedAt, phases } = failover;
  const from = startedAt === null ? undefined : moment(startedAt);
  if (from === undefined) return undefined;
  const ends = [endedAt, ...phases.map(phase => phase.endedAt)].flatMap(time =>
    time === null ? [] : (moment(time) ?? []),
  );
  return { from, to: Math.max(from, ...ends) };
}

function sceneFailover(
  failover: Failover,
  range: { readonly from: number; readonly to: number },
  { report, names }: SceneParts,
): SceneFailover {
  const { outcome, epoch, leader } = failover;
  return {
    ...range,
    outcome,
    epoch: epoch ?? undefined,
    leader: leader ? names.ofSentinel(leaderName(failover, report)) : undefined,
    text: failoverSentence(failover, report),
  };
}

function scenePhase(phase: Phase, failover: number, { moment }: SceneParts): readonly ScenePhase[] {
  const from = moment(phase.startedAt);
  if (from === undefined) return [];
  const label = phaseWord(phase.name);
  const owner = phaseOwner(phase.name).replaceAll('`', '');
  const text = l10n.t('{0}: {1}. What decides: {2}.', label, durationText(phase.ms), owner);
  return [{ failover, name: phase.name, label, from, to: from + phase.ms, text }];
}

function votesOf(failover: Failover, { report, names, moment }: SceneParts): readonly SceneVote[] {
  const leader = leaderName(failover, report);
  return failover.votes.flatMap(({ voter, candidate, epoch, at }) => {
    const when = at === null ? undefined : moment(at);
    const from = sentinelName(voter, report);
    const to = sentinelName(candidate, report);
    if (when === undefined) return [];
    return [
      {
        at: when,
        voter: names.ofSentinel(from) ?? from,
        candidate: names.ofSentinel(to) ?? to,
        epoch,
        wins: to === leader,
        text: l10n.t('{0} voted for {1} in epoch {2}', from, to, epoch),
      },
    ];
  });
}
