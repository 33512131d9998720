import * as v from 'valibot';
import { drillFaults } from './drillFaults';
import type { ReplayFault } from './replayLine';
import { parsedJson } from '../parsedJson';

/** What the report of a drill tells beside the logs. Times are milliseconds since 1970, on the clock of the lines. */
export interface RecordedDrill {
  readonly scenario: string;
  readonly lab: string | undefined;
  readonly masterName: string | undefined;
  /** What the Sentinels were set to, such as `quorum`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly startedAt: number;
  /** When the first step of `act` began. */
  readonly actAt: number;
  /** Before faults were undone. */
  readonly storyEndedAt: number;
  readonly endedAt: number;
  readonly steps: readonly RecordedStep[];
  readonly faults: readonly ReplayFault[];
  readonly probes: readonly RecordedProbe[];
  /** When somebody wrote to a master that was none any more. */
  readonly stale: readonly RecordedSpan[];
  /** The port that the Sentinels named in the end. */
  readonly newMaster: number | undefined;
  /** How nodes were in the end. */
  readonly endNodes: readonly {
    readonly name: string;
    readonly status: string;
    readonly role: string | null;
  }[];
}

export interface RecordedStep {
  readonly part: 'prepare' | 'act';
  /** In the language in which the drill was done. */
  readonly text: string;
  readonly at: number;
  readonly ms: number;
}

/** A time in which a client of the probe could not write. */
export interface RecordedSpan {
  readonly from: number;
  /** Undefined: it lasted to the end. */
  readonly to: number | undefined;
}

/** What one client of the probe felt. */
export interface RecordedProbe {
  readonly client: string;
  readonly outages: readonly RecordedSpan[];
  /** Acknowledged writes that were lost; undefined: nobody could look. */
  readonly lost: number | undefined;
}

const time = v.pipe(v.string(), v.isoTimestamp());
const schema = v.object({
  scenario: v.string(),
  lab: v.optional(v.string()),
  masterName: v.optional(v.string()),
  settings: v.optional(v.record(v.string(), v.string()), {}),
  startedAt: time,
  actAt: time,
  storyEndedAt: time,
  endedAt: time,
  // Reports of older versions do not say it.
  zoneMs: v.optional(v.number()),
  newMaster: v.nullish(v.number()),
  steps: v.array(
    v.object({
      part: v.picklist(['prepare', 'act']),
      text: v.string(),
      startedAt: time,
      ms: v.number(),
      faults: v.optional(v.array(v.unknown()), []),
      heals: v.nullish(v.string()),
    }),
  ),
  probe: v.nullish(
    v.object({
      ledger: v.object({
        clients: v.array(
          v.object({
            client: v.string(),
            lost: v.nullish(v.number()),
            outages: v.array(v.object({ from: time, to: v.nullable(time) })),
          }),
        ),
        staleMasters: v.optional(v.array(v.object({ from: time, to: time })), []),
      }),
    }),
  ),
  endNodes: v.optional(
    v.array(v.object({ name: v.string(), status: v.string(), role: v.nullable(v.string()) })),
    [],
  ),
});

/** The clock of the lines: of a moment in UTC, and of the zone in which the logs were written (undefined: not known). */
export type LineClock = (utc: number, zoneMs: number | undefined) => number;

/** Reads the text of a report.json; undefined for what is no report of a drill. */
export function readRecordedDrill(text: string, clock: LineClock): RecordedDrill | undefined {
  const read = v.safeParse(schema, parsedJson(text));
  if (!read.success) return undefined;
  const report = read.output;
  const at = (iso: string): number => clock(Date.parse(iso), report.zoneMs);
  const span = ({ from, to }: { readonly from: string; readonly to: string | null }): RecordedSpan => ({
    from: at(from),
    to: to === null ? undefined : at(to),
  });
  const storyEndedAt = at(report.storyEndedAt);
  return {
    scenario: report.scenario,
    lab: report.lab,
    masterName: report.masterName,
    settings: report.settings,
    startedAt: at(report.startedAt),
    actAt: at(report.actAt),
    storyEndedAt,
    endedAt: at(report.endedAt),
    steps: report.steps.map(({ part, text: words, startedAt, ms }) => ({
      part,
      text: words,
      at: at(startedAt),
      ms,
    })),
    faults: drillFaults(
      report.steps.map(({ startedAt, faults, heals }) => ({
        at: at(startedAt),
        faults,
        heals: heals ?? null,
      })),
      storyEndedAt,
    ),
    probes: (report.probe?.ledger.clients ?? []).map(({ client, lost, outages }) => ({
      client,
      lost: lost ?? undefined,
      outages: outages.map(span),
    })),
    stale: (report.probe?.ledger.staleMasters ?? []).map(span),
    newMaster: report.newMaster ?? undefined,
    endNodes: report.endNodes,
  };
}
