import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { locateFinding, readJsonText, type FileProblem, type Finding } from '../jsonText';
import { readExpectation, type Expectation } from './expectation';
import { isLinkFault } from './fault';
import { isTrue, object, readList, type ReadResult, readValue, text } from './fileValues';
import { probeShape, type ProbeSpec } from './probeSpec';
import { scenarioLabShape, toScenarioLab, type ScenarioLab } from './scenarioLab';
import { readStep, type Step } from './scenarioSteps';

/** What people read about a scenario. A built-in one has these in l10n/scenarios.*.json. */
export interface ScenarioText {
  readonly title: string;
  /** What is done and what follows from it. */
  readonly happens: string;
  /** Where to look meanwhile. */
  readonly watch: string;
  readonly lesson: string;
}

/** A drill as data: what it needs, does and expects. */
export interface Scenario {
  readonly name: string;
  /** What the file itself says to people. */
  readonly text: Partial<ScenarioText>;
  readonly lab: ScenarioLab;
  /** Before anybody looks: settings and data. */
  readonly prepare: readonly Step[];
  /** Whether to wait for the ready light before `act`. */
  readonly ready: boolean;
  /** Undefined: no probe runs. */
  readonly probe: ProbeSpec | undefined;
  readonly act: readonly Step[];
  readonly expect: readonly Expectation[];
}

export type ScenarioResult = { readonly scenario: Scenario } | { readonly problems: readonly FileProblem[] };

/** What a name of a scenario or exercise looks like: it is part of file names and of commands. */
export const namePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const shape = object({
  $schema: v.optional(v.string()),
  name: v.optional(
    v.pipe(
      text,
      v.regex(namePattern, () => l10n.t('may only have small letters, digits and single hyphens')),
    ),
  ),
  title: v.optional(text),
  happens: v.optional(text),
  watch: v.optional(text),
  lesson: v.optional(text),
  lab: v.optional(scenarioLabShape, {}),
  prepare: v.optional(v.unknown(), []),
  ready: v.optional(isTrue, true),
  probe: v.optional(probeShape),
  act: v.unknown(),
  expect: v.optional(v.unknown(), []),
});

/**
 * Reads the text of a scenario (comments and trailing commas allowed). `fileName`, without its end, names it where the file does not.
 * Gives every problem with its place, or the scenario. Whether a log message is known is left to {@link messagesIn}.
 */
export function readScenario(fileText: string, fileName: string): ScenarioResult {
  const json = readJsonText(fileText, () => l10n.t('A scenario is an object in braces.'));
  if ('problem' in json) return { problems: [json.problem] };
  const read = readValue(shape, json.value, []);
  if ('problems' in read) return { problems: read.problems.map(problem => locateFinding(json, problem)) };
  const file = read.value;
  const prepare = readList(file.prepare, ['prepare'], readStep);
  const act = file.act === undefined ? missing('act') : readList(file.act, ['act'], readStep);
  const expect = readList(file.expect, ['expect'], readExpectation);
  if ('value' in prepare && 'value' in act && 'value' in expect) {
    const scenario: Scenario = {
      name: file.name ?? fileName,
      text: textOf(file),
      lab: toScenarioLab(file.lab),
      prepare: prepare.value,
      ready: file.ready,
      probe: file.probe,
      act: act.value,
      expect: expect.value,
    };
    const findings = crossCheck(scenario);
    return findings.length === 0
      ? { scenario }
      : { problems: findings.map(finding => locateFinding(json, finding)) };
  }
  const findings = [prepare, act, expect].flatMap(result => ('problems' in result ? result.problems : []));
  return { problems: findings.map(finding => locateFinding(json, finding)) };
}

function missing(name: string): ReadResult<never> {
  return { problems: [{ path: [name], message: l10n.t('"{0}" is missing.', name) }] };
}

function textOf({ title, happens, watch, lesson }: v.InferOutput<typeof shape>): Partial<ScenarioText> {
  return {
    ...(title === undefined ? {} : { title }),
    ...(happens === undefined ? {} : { happens }),
    ...(watch === undefined ? {} : { watch }),
    ...(lesson === undefined ? {} : { lesson }),
  };
}

/** What the parts cannot say of themselves: how they fit together. */
function crossCheck({ lab, prepare, act, probe, expect }: Scenario): readonly Finding[] {
  const findings: Finding[] = labFindings(lab);
  if (act.length === 0)
    findings.push({ path: ['act'], message: l10n.t('"{0}" {1}.', 'act', l10n.t('must not be empty')) });
  return [
    ...findings,
    ...stepFindings(prepare, ['prepare'], lab, probe),
    ...stepFindings(act, ['act'], lab, probe),
    ...expectationFindings(expect, ['expect'], lab, probe),
  ];
}

/** What is wrong between the numbers of a lab. */
export function labFindings({ sentinels, quorum }: ScenarioLab): Finding[] {
  if (quorum === undefined || sentinels === 0 || quorum <= sentinels) return [];
  const message = l10n.t(
    'The quorum is {0}, but there are only {1} Sentinels: they could never agree.',
    quorum,
    sentinels,
  );
  return [{ path: ['lab', 'quorum'], message }];
}

/** What steps ask of the lab or the probe that these do not have. */
export function stepFindings(
  steps: readonly Step[],
  base: Finding['path'],
  lab: ScenarioLab,
  probe: ProbeSpec | undefined,
): readonly Finding[] {
  return steps.flatMap((step, index): readonly Finding[] => {
    const path = [...base, index];
    if (step.kind === 'fault') {
      const { fault } = step;
      if (!isLinkFault(fault)) return nodeFindings(fault.node, [...path, 'node'], lab);
      const needsNetwork = lab.network
        ? []
        : [
            {
              path: [...path, 'do'],
              message: l10n.t('Links can only be disturbed where "lab" has "network": true.'),
            },
          ];
      return [
        ...needsNetwork,
        ...nodeFindings(fault.from, [...path, 'from'], lab),
        ...nodeFindings(fault.to, [...path, 'to'], lab),
      ];
    }
    if (step.kind !== 'wait') return [];
    const { wait } = step;
    if (wait.for === 'probe') return clientFindings(wait.client, [...path, 'client'], probe);
    return 'node' in wait ? nodeFindings(wait.node, [...path, 'node'], lab) : [];
  });
}

/** The same for what is expected. */
export function expectationFindings(
  expectations: readonly Expectation[],
  base: Finding['path'],
  lab: ScenarioLab,
  probe: ProbeSpec | undefined,
): readonly Finding[] {
  return expectations.flatMap((expectation, index): readonly Finding[] => {
    const path = [...base, index];
    if (expectation.kind === 'probe') {
      const reads =
        expectation.staleReads !== undefined && probe?.replicaReads === false
          ? [
              {
                path: [...path, 'probe', 'staleReads'],
                message: l10n.t('Stale reads are only seen where "probe" has "replicaReads": true.'),
              },
            ]
          : [];
      return [...clientFindings(expectation.client, [...path, 'probe'], probe), ...reads];
    }
    if (!('node' in expectation) || expectation.node === 'predicted') return [];
    const inner =
      expectation.kind === 'role' || expectation.kind === 'keys' ? [expectation.kind, 'node'] : ['node'];
    return nodeFindings(
      expectation.node,
      [...path, ...(expectation.kind === 'promoted' ? ['promoted'] : inner)],
      lab,
    );
  });
}

function clientFindings(
  client: ProbeSpec['clients'][number],
  path: Finding['path'],
  probe: ProbeSpec | undefined,
): readonly Finding[] {
  if (!probe) return [{ path, message: l10n.t('This is about a probe, but there is no "probe".') }];
  if (probe.clients.includes(client)) return [];
  return [{ path, message: l10n.t('The probe has no client "{0}".', client) }];
}

/** A `replica:4` of a lab with two. The old master becomes a replica, too. */
function nodeFindings(ref: string | undefined, path: Finding['path'], lab: ScenarioLab): readonly Finding[] {
  const [, kind, number] = /^(replica|sentinel):(\d+)$/.exec(ref ?? '') ?? [];
  const isSentinel = kind === 'sentinel' || ref === 'sentinel' || ref === 'leader' || ref === 'all-sentinels';
  if (isSentinel && lab.sentinels === 0) return [{ path, message: l10n.t('This lab has no Sentinel.') }];
  if (kind === undefined) return [];
  const count = isSentinel ? lab.sentinels : lab.replicas + 1;
  if (Number(number) <= count) return [];
  return [
    {
      path,
      message: isSentinel
        ? l10n.t('There is no "{0}": the lab has {1} Sentinels.', ref ?? '', lab.sentinels)
        : l10n.t('There is no "{0}": the lab has {1} replicas.', ref ?? '', lab.replicas),
    },
  ];
}

/** The ids of the log messages that a scenario waits for or expects: who knows all messages can tell misspelt ones. */
export function messagesIn({
  prepare,
  act,
  expect,
}: Pick<Scenario, 'prepare' | 'act' | 'expect'>): readonly string[] {
  const waited = [...prepare, ...act].flatMap(step =>
    step.kind === 'wait' && step.wait.for === 'log' ? [step.wait.message] : [],
  );
  const expected = expect.flatMap(each =>
    each.kind === 'log' || each.kind === 'no-log' ? [each.message] : [],
  );
  return [...new Set([...waited, ...expected])];
}
