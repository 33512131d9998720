import { momentOf } from '../log/lineTime';
import type { Failover, PhaseName } from '../story/failover';
import type { Report } from '../story/report';
import { addressText, leaderName, sentinelName, writerName } from './storyNames';

/** The timeline of one failover as plain data: what stands where, in milliseconds since its beginning. Pictures are drawn from it. */
export interface Timeline {
  /** What the picture shows, in milliseconds since the first sign of the failover: a little before it and a little after its end. */
  readonly from: number;
  readonly to: number;
  readonly phases: readonly { readonly name: PhaseName; readonly from: number; readonly to: number }[];
  /** Top to bottom: data nodes by port, then Sentinels by port. */
  readonly lanes: readonly Lane[];
  readonly votes: readonly {
    readonly at: number;
    readonly voter: string;
    readonly candidate: string;
    readonly wins: boolean;
  }[];
}

export interface Lane {
  readonly name: string;
  readonly kind: 'data' | 'sentinel';
  /** What a data node was; the part of it that the picture shows. */
  readonly roles: readonly {
    readonly role: 'master' | 'replica';
    readonly from: number;
    readonly to: number;
  }[];
  /** When the Sentinels took a data node for down. */
  readonly down: readonly { readonly from: number; readonly to: number }[];
  /** What a Sentinel logged. */
  readonly marks: readonly { readonly event: string; readonly at: number }[];
  readonly isLeader: boolean;
}

/** Undefined where the logs have no times. */
export function timelineOf(failover: Failover, report: Report): Timeline | undefined {
  const start = failover.startedAt === null ? undefined : momentOf(failover.startedAt);
  if (start === undefined) return undefined;
  const since = (time: string | null): number | undefined => {
    const moment = time === null ? undefined : momentOf(time, start);
    return moment === undefined ? undefined : moment - start;
  };
  const lastPhase = failover.phases.at(-1);
  const length = Math.max(since(failover.endedAt) ?? since(lastPhase?.endedAt ?? null) ?? 0, 10);
  const range = { from: -length * 0.08, to: length * 1.12 };
  return {
    ...range,
    phases: failover.phases.flatMap(({ name, startedAt, ms }) => {
      const from = since(startedAt);
      return from === undefined ? [] : [{ name, from, to: from + ms }];
    }),
    lanes: [...dataLanes(failover, report, since, range), ...sentinelLanes(failover, report, since)],
    votes: failover.votes.flatMap(({ at, voter, candidate }) => {
      const moment = since(at);
      const name = sentinelName(candidate, report);
      return moment === undefined
        ? []
        : [
            {
              at: moment,
              voter: sentinelName(voter, report),
              candidate: name,
              wins: name === leaderName(failover, report),
            },
          ];
    }),
  };
}

type Since = (time: string | null) => number | undefined;
interface Range {
  readonly from: number;
  readonly to: number;
}

function dataLanes(failover: Failover, report: Report, since: Since, range: Range): readonly Lane[] {
  const known = new Set([
    addressText(failover.from),
    addressText(failover.to ?? failover.selected),
    ...(failover.candidates ?? []).map(candidate => candidate.address),
  ]);
  const shown = (from: string | null, to: string | null): readonly Range[] => {
    const begin = Math.max(since(from) ?? range.from, range.from);
    const end = Math.min(since(to) ?? range.to, range.to);
    return begin < end ? [{ from: begin, to: end }] : [];
  };
  return report.dataNodes.flatMap(({ address, roles, down }) => {
    const lane: Lane = {
      name: address,
      kind: 'data',
      roles: roles.flatMap(({ role, from, to }) => shown(from, to).map(span => ({ role, ...span }))),
      down: down.flatMap(({ from, to }) => shown(from, to)),
      marks: [],
      isLeader: false,
    };
    return known.has(address) || lane.roles.length > 0 ? [lane] : [];
  });
}

function sentinelLanes(failover: Failover, report: Report, since: Since): readonly Lane[] {
  const leader = leaderName(failover, report);
  const seen = failover.observers.map(({ file, sdownAt, odownAt, triedAt, switchedAt }) => {
    const name = writerName(file, report);
    const events: readonly (readonly [string, string | null])[] = [
      ['+sdown', sdownAt],
      ['+odown', odownAt],
      ['+try-failover', triedAt],
      ['+switch-master', switchedAt],
    ];
    const marks = events.flatMap(([event, time]) => {
      const at = since(time);
      return at === undefined ? [] : [{ event, at }];
    });
    return lane(name, marks, leader);
  });
  // Votes tell of Sentinels whose logs are not there.
  const names = new Set(seen.map(({ name }) => name));
  const others = failover.votes
    .flatMap(({ voter, candidate }) => [sentinelName(voter, report), sentinelName(candidate, report)])
    .filter(name => !names.has(name));
  return [...seen, ...[...new Set(others)].map(name => lane(name, [], leader))].toSorted((a, b) =>
    a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
}

function lane(name: string, marks: Lane['marks'], leader: string): Lane {
  return { name, kind: 'sentinel', roles: [], down: [], marks, isLeader: name === leader };
}
