import { hasZone, momentOf } from '../log/lineTime';
import type { Failover } from '../story/failover';
import type { Report } from '../story/report';
import { comparePrediction, type PredictionComparison } from './comparePrediction';
import { clientSummaries, probeSummary, type ClientSummary, type ProbeSummary } from './drillProbe';
import type { DrillRecord } from './drillRecord';
import { judgeDrill, promotedIn, type Verdict } from './judgeDrill';

/** Everything there is to say of a drill: what was measured, the story of the logs, and whether it came as expected. */
export interface DrillReport {
  readonly record: DrillRecord;
  /** Only what happened in the drill. */
  readonly story: Report;
  /** The last failover: the one that decided. */
  readonly failover: Failover | undefined;
  /** Name of the Sentinel that led it. */
  readonly leader: string | undefined;
  /** Name of the node that was promoted. */
  readonly promoted: string | undefined;
  readonly comparison: PredictionComparison | undefined;
  readonly probe: ProbeSummary | undefined;
  readonly clients: readonly ClientSummary[];
  readonly verdicts: readonly Verdict[];
  /** Everything was done, everything came as expected, and nothing is left. */
  readonly isPassed: boolean;
}

/** `story` is that of the nodes' logs; what is older or younger than the drill is left out. */
export function makeDrillReport(record: DrillRecord, story: Report): DrillReport {
  const within = storyWithin(record, story);
  const failover = within.failovers.at(-1);
  const verdicts = judgeDrill(record, within.failovers);
  const clients = record.probe ? clientSummaries(record.probe) : [];
  const probe = record.probe && probeSummary(record.probe);
  const promoted = promotedIn(record, within.failovers);
  return {
    record,
    story: within,
    failover,
    leader: leaderIn(failover, record),
    promoted,
    comparison:
      record.prediction &&
      comparePrediction(
        record.prediction,
        {
          failover,
          promoted,
          detectionMs: detectionIn(failover, record),
          outageMs: clients.find(({ client }) => client === 'sentinel')?.outageMs,
        },
        record.guess,
      ),
    probe,
    clients,
    verdicts,
    isPassed:
      record.failure === undefined && record.leftFaults.length === 0 && verdicts.every(({ ok }) => ok),
  };
}

/** A moment of the logs in milliseconds since 1970. Times without a zone are those of this machine's wall clock. */
export function wallMoment(text: string, { actAt, zoneMs }: DrillRecord): number | undefined {
  const at = momentOf(text, actAt);
  if (at === undefined) return undefined;
  return hasZone(text) ? at : at - zoneMs;
}

function storyWithin(record: DrillRecord, story: Report): Report {
  const isWithin = ({ startedAt }: { readonly startedAt: string | null }): boolean => {
    const at = startedAt === null ? undefined : wallMoment(startedAt, record);
    return at !== undefined && at >= record.actAt && at <= record.storyEndedAt;
  };
  return {
    ...story,
    failovers: story.failovers.filter(isWithin),
    syncs: story.syncs.filter(isWithin),
  };
}

function detectionIn(failover: Failover | undefined, record: DrillRecord): number | undefined {
  if (!failover || failover.forced || failover.startedAt === null || record.faultAt === undefined)
    return undefined;
  const first = wallMoment(failover.startedAt, record);
  const phase = failover.phases.find(({ name }) => name === 'detection');
  return first === undefined || !phase ? undefined : first + phase.ms - record.faultAt;
}

function leaderIn(failover: Failover | undefined, { nodes }: DrillRecord): string | undefined {
  const port = failover?.leader?.address?.split(':').at(-1);
  return nodes.find(node => node.kind === 'sentinel' && String(node.port) === port)?.name;
}
