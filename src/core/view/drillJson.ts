import type { DrillReport } from '../drill/drillReport';
import type { FailoverPrediction } from '../drill/prediction';
import { ledgerJson } from './ledgerJson';
import { reportJson } from './reportJson';
import { stepText } from './stepText';

/**
 * A drill as `drill --json` prints it: a stable contract, see docs/CLI.md. It has the fields of `report --json`, of this drill alone,
 * and further ones. Times are ISO, lengths are milliseconds.
 */
export function drillJson(report: DrillReport): Readonly<Record<string, unknown>> {
  const { record, story, comparison, verdicts } = report;
  return {
    scenario: record.scenario.name,
    passed: report.isPassed,
    failure: record.failure ?? null,
    lab: record.labName,
    masterName: record.masterName,
    startedAt: time(record.startedAt),
    actAt: time(record.actAt),
    storyEndedAt: time(record.storyEndedAt),
    endedAt: time(record.endedAt),
    zoneMs: record.zoneMs,
    settings: Object.fromEntries(record.settings.map(({ name, value }) => [name, value])),
    ready: record.light && {
      isReady: record.light.isReady,
      waitedMs: record.waitedMs,
      missing: record.light.checks.flatMap(({ ok, text }) => (ok ? [] : [text])),
    },
    outcome: report.failover?.outcome ?? 'none',
    oldMaster: record.firstMaster?.port ?? null,
    newMaster: record.finalMaster ?? null,
    epoch: report.failover?.epoch ?? null,
    leader: report.leader ?? null,
    promoted: report.promoted ?? null,
    prediction: record.prediction ? predictionJson(record.prediction) : null,
    comparison: comparison ?? null,
    steps: record.steps.map(({ part, step, startedAt, endedAt, end, message, faults }) => ({
      part,
      text: stepText(step, faults),
      startedAt: time(startedAt),
      ms: endedAt - startedAt,
      end,
      message: message ?? null,
      faults,
      heals: step.kind === 'heal' ? step.what : null,
    })),
    expectations: verdicts.map(({ text, ok, found }) => ({ text, ok, found })),
    probe: probeJson(report),
    keysWritten: record.keysWritten,
    endNodes: record.nodes.map(({ version, epoch, role, keys, ...node }) => ({
      ...node,
      role: role ?? null,
      version: version ?? null,
      epoch: epoch ?? null,
      keys: keys ?? null,
    })),
    readyAtEnd: record.isReadyAtEnd,
    leftFaults: record.leftFaults,
    ...(JSON.parse([...reportJson(story)].join('')) as Readonly<Record<string, unknown>>),
  };
}

function time(at: number): string {
  return new Date(at).toISOString();
}

function predictionJson({
  cause,
  outcome,
  promoted,
  rivals,
  quorum,
  majority,
  agreeing,
  voting,
  phases,
  outage,
  retryMs,
}: FailoverPrediction): unknown {
  return {
    cause,
    outcome,
    promoted: promoted ?? null,
    rivals,
    quorum,
    majority,
    agreeing,
    voting,
    phases,
    outage: outage ?? null,
    retryMs: retryMs ?? null,
  };
}

function probeJson({ probe, clients, record }: DrillReport): unknown {
  if (!probe || !record.probe) return null;
  const { ledger, verification } = record.probe;
  return {
    acknowledged: probe.acknowledged,
    lost: probe.lost ?? null,
    errors: probe.errors,
    outageMs: Math.round(probe.outageMs),
    staleMasterWindowMs:
      probe.staleMasterWindowMs === undefined ? null : Math.round(probe.staleMasterWindowMs),
    byClient: clients.map(({ lost, outageMs, ...client }) => ({
      ...client,
      lost: lost ?? null,
      outageMs: Math.round(outageMs),
    })),
    ledger: ledgerJson(ledger, verification),
  };
}
