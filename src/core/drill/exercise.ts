import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { locateFinding, readJsonText, type FileProblem, type Finding } from '../jsonText';
import { readConfEdit, type ConfEdit } from './confEdit';
import { readExpectation, type Expectation } from './expectation';
import { isTrue, object, readList, readValue, text } from './fileValues';
import { probeShape, type ProbeSpec } from './probeSpec';
import { expectationFindings, labFindings, namePattern, stepFindings } from './scenario';
import { scenarioLabShape, toScenarioLab, type ScenarioLab } from './scenarioLab';
import { readStep, type Step } from './scenarioSteps';

/**
 * A lab that is set up wrong on purpose. The person sees the symptom, says what is wrong, and repairs the confs; then the same drill
 * shows whether the repair holds.
 */
export interface Exercise {
  readonly name: string;
  readonly lab: ScenarioLab;
  /** Done to the confs before the first start. */
  readonly breakBy: readonly ConfEdit[];
  readonly prepare: readonly Step[];
  /** Whether the broken lab gets ready at all; a repaired one must. */
  readonly ready: boolean;
  readonly probe: ProbeSpec | undefined;
  readonly act: readonly Step[];
  /** What `act` shows while it is broken. */
  readonly symptom: readonly Expectation[];
  /** What it must show once it is repaired. */
  readonly repaired: readonly Expectation[];
  /** Names of the answers, in the order in which they are shown. */
  readonly choices: readonly string[];
  /** The name of the right one. */
  readonly right: string;
}

/** What people read about an exercise: l10n/exercises.*.json by its name. */
export interface ExerciseText {
  readonly title: string;
  /** What the lab is for, and what the person sees of the symptom. */
  readonly symptom: string;
  readonly question: string;
  /** What to change, for who does not find it. */
  readonly hint: string;
  readonly lesson: string;
  /** By the name of the choice: what it says, and why it is right or wrong. */
  readonly choices: Readonly<Record<string, { readonly text: string; readonly why: string }>>;
}

export type ExerciseResult = { readonly exercise: Exercise } | { readonly problems: readonly FileProblem[] };

const word = v.pipe(
  text,
  v.regex(namePattern, () => l10n.t('may only have small letters, digits and single hyphens')),
);

const shape = object({
  $schema: v.optional(v.string()),
  name: v.optional(word),
  lab: v.optional(scenarioLabShape, {}),
  breakBy: v.optional(v.unknown(), []),
  prepare: v.optional(v.unknown(), []),
  ready: v.optional(isTrue, true),
  probe: v.optional(probeShape),
  act: v.optional(v.unknown(), []),
  symptom: v.optional(v.unknown(), []),
  repaired: v.optional(v.unknown(), []),
  choices: v.pipe(
    v.array(word),
    v.minLength(2, () => l10n.t('needs at least two answers')),
  ),
  right: word,
});

/** Reads the text of an exercise, as {@link readScenario} does with a scenario. */
export function readExercise(fileText: string, fileName: string): ExerciseResult {
  const json = readJsonText(fileText, () => l10n.t('An exercise is an object in braces.'));
  if ('problem' in json) return { problems: [json.problem] };
  const read = readValue(shape, json.value, []);
  if ('problems' in read) return { problems: read.problems.map(problem => locateFinding(json, problem)) };
  const file = read.value;
  const parts = [
    readList(file.breakBy, ['breakBy'], readConfEdit),
    readList(file.prepare, ['prepare'], readStep),
    readList(file.act, ['act'], readStep),
    readList(file.symptom, ['symptom'], readExpectation),
    readList(file.repaired, ['repaired'], readExpectation),
  ] as const;
  const problems = parts.flatMap(part => ('problems' in part ? part.problems : []));
  const [breakBy, prepare, act, symptom, repaired] = parts;
  if (
    'problems' in breakBy ||
    'problems' in prepare ||
    'problems' in act ||
    'problems' in symptom ||
    'problems' in repaired
  )
    return { problems: problems.map(problem => locateFinding(json, problem)) };
  const exercise: Exercise = {
    name: file.name ?? fileName,
    lab: toScenarioLab(file.lab),
    breakBy: breakBy.value,
    prepare: prepare.value,
    ready: file.ready,
    probe: file.probe,
    act: act.value,
    symptom: symptom.value,
    repaired: repaired.value,
    choices: file.choices,
    right: file.right,
  };
  const findings = crossCheck(exercise);
  return findings.length === 0
    ? { exercise }
    : { problems: findings.map(finding => locateFinding(json, finding)) };
}

function crossCheck({
  lab,
  prepare,
  act,
  symptom,
  repaired,
  probe,
  choices,
  right,
}: Exercise): readonly Finding[] {
  const unknown = choices.includes(right)
    ? []
    : [{ path: ['right'], message: l10n.t('"{0}" is none of the choices.', right) }];
  return [
    ...labFindings(lab),
    ...stepFindings(prepare, ['prepare'], lab, probe),
    ...stepFindings(act, ['act'], lab, probe),
    ...expectationFindings(symptom, ['symptom'], lab, probe),
    ...expectationFindings(repaired, ['repaired'], lab, probe),
    ...unknown,
  ];
}
