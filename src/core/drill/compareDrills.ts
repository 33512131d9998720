import * as v from 'valibot';

const time = v.object({ name: v.string(), measuredMs: v.optional(v.number()) });
const count = v.nullable(v.number());

/** What two drills are compared by, as `drill --json` has it; whatever else stands there is left alone. */
const shape = v.object({
  scenario: v.string(),
  lab: v.optional(v.string()),
  startedAt: v.optional(v.string()),
  passed: v.boolean(),
  settings: v.record(v.string(), v.string()),
  outcome: v.string(),
  comparison: v.nullable(v.object({ times: v.array(time) })),
  probe: v.nullable(
    v.object({
      acknowledged: v.number(),
      lost: count,
      errors: v.record(v.string(), v.number()),
      outageMs: v.number(),
      staleMasterWindowMs: count,
    }),
  ),
});

/** A drill as far as it is compared. */
export type DrillFigures = v.InferOutput<typeof shape>;

/** Reads what `drill --json` printed; undefined for anything else. */
export function readDrillFigures(value: unknown): DrillFigures | undefined {
  const checked = v.safeParse(shape, value);
  return checked.success ? checked.output : undefined;
}

/** One figure of two drills; null: one of them does not have it. */
export interface ComparedFigure {
  readonly name: string;
  readonly unit: 'ms' | 'count';
  readonly a: number | null;
  readonly b: number | null;
  /** b less a. */
  readonly difference: number | null;
}

/** Two drills side by side. */
export interface DrillComparison {
  readonly scenarios: readonly [string, string];
  readonly passed: readonly [boolean, boolean];
  readonly outcomes: readonly [string, string];
  /** Settings in which they differ; null: not set. */
  readonly settings: readonly {
    readonly name: string;
    readonly a: string | null;
    readonly b: string | null;
  }[];
  /** `outage`, the phases by their names, `acknowledged`, `lost`, `staleMaster` and the classes of errors. */
  readonly figures: readonly ComparedFigure[];
}

/** What differs between two drills: what was set, and what came of it. */
export function compareDrills(a: DrillFigures, b: DrillFigures): DrillComparison {
  const names = [...new Set([...Object.keys(a.settings), ...Object.keys(b.settings)])];
  const phases = [...new Set([...phasesOf(a).keys(), ...phasesOf(b).keys()])];
  const errors = [...new Set([a, b].flatMap(({ probe }) => Object.keys(probe?.errors ?? {})))].toSorted();
  const isMeasured = a.probe !== null || b.probe !== null;
  return {
    scenarios: [a.scenario, b.scenario],
    passed: [a.passed, b.passed],
    outcomes: [a.outcome, b.outcome],
    settings: names
      .map(name => ({ name, a: a.settings[name] ?? null, b: b.settings[name] ?? null }))
      .filter(setting => setting.a !== setting.b),
    figures: [
      ...(isMeasured ? [figure('outage', 'ms', a.probe?.outageMs, b.probe?.outageMs)] : []),
      ...phases.map(name => figure(name, 'ms', phasesOf(a).get(name), phasesOf(b).get(name))),
      ...(isMeasured
        ? [
            figure('acknowledged', 'count', a.probe?.acknowledged, b.probe?.acknowledged),
            figure('lost', 'count', a.probe?.lost, b.probe?.lost),
            figure('staleMaster', 'ms', a.probe?.staleMasterWindowMs, b.probe?.staleMasterWindowMs),
          ]
        : []),
      ...errors.map(name =>
        figure(name, 'count', a.probe && (a.probe.errors[name] ?? 0), b.probe && (b.probe.errors[name] ?? 0)),
      ),
    ],
  };
}

function phasesOf({ comparison }: DrillFigures): ReadonlyMap<string, number> {
  return new Map(
    (comparison?.times ?? []).flatMap(({ name, measuredMs }) =>
      name === 'outage' || measuredMs === undefined ? [] : [[name, Math.round(measuredMs)]],
    ),
  );
}

function figure(
  name: string,
  unit: ComparedFigure['unit'],
  a: number | null | undefined,
  b: number | null | undefined,
): ComparedFigure {
  const difference = typeof a === 'number' && typeof b === 'number' ? b - a : null;
  return { name, unit, a: a ?? null, b: b ?? null, difference };
}
