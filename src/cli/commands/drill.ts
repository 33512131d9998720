import * as l10n from '@vscode/l10n';
import { join, resolve } from 'node:path';
import { isNodeRef } from '../../core/drill/nodeRef';
import type { DrillReport } from '../../core/drill/drillReport';
import type { Scenario, ScenarioText } from '../../core/drill/scenario';
import { drillJson } from '../../core/view/drillJson';
import { drillMarkdown } from '../../core/view/drillMarkdown';
import { predictionText } from '../../core/view/predictionText';
import { DrillRunner } from '../../lab/drill/drillRunner';
import { realDrillPorts } from '../../node/drill/drillPorts';
import { findScenario } from '../../node/drill/findScenario';
import { openGivenLab, openTemporaryLab, type DrillLab } from '../../node/drill/openDrillLab';
import { runDrill } from '../../node/drill/runDrill';
import { writeDrill } from '../../node/drill/writeDrill';
import { readScenarioTexts } from '../../node/files/drillTexts';
import { flag, numberOption, textOption } from '../arguments';
import { operationOptions, type CliArguments, type CliCommand, type CliContext } from '../context';
import { compareFiles } from '../compareFiles';
import { listScenarios } from '../listScenarios';
import { currentLanguage } from '../language';
import { UsageError } from '../usageError';

export const drill: CliCommand = {
  name: 'drill',
  usage:
    'DIR|- SCENARIO [--json] [--out DIR] [--times N] [--anyway] [--predict] [--guess NODE] [--keep] | --list [--json] | compare A.json B.json [--json]',
  summary: () => l10n.t('does a drill: breaks a lab as a scenario says, measures what is lost, and reports'),
  options: {
    json: { type: 'boolean' },
    out: { type: 'string' },
    times: { type: 'string' },
    anyway: { type: 'boolean' },
    predict: { type: 'boolean' },
    guess: { type: 'string' },
    keep: { type: 'boolean' },
    list: { type: 'boolean' },
    temporary: { type: 'boolean' },
  },
  async run(args, context) {
    const isJson = flag(args, 'json');
    if (flag(args, 'list')) return listScenarios(isJson, context);
    if (args.positionals[0] === 'compare') return compareFiles(args.positionals.slice(1), isJson, context);
    const { directory, wanted } = places(args);
    const scenario = findScenario(wanted, __dirname);
    const text = textOf(scenario, wanted);
    const guess = textOption(args, 'guess');
    if (guess !== undefined && !isNodeRef(guess))
      throw new UsageError(l10n.t('--guess takes the name or port of a node, not "{0}".', guess));
    const times = numberOption(args, 'times', 1, 1_000) ?? 1;
    if (flag(args, 'predict')) return predict(directory, scenario, isJson, context);
    let failed = 0;
    for (let turn = 1; turn <= times; turn++) {
      if (times > 1) context.tell(l10n.t('Drill {0} of {1}', turn, times));
      const isPassed = await once(directory, scenario, text, args, { context, turn, times });
      if (!isPassed) failed++;
    }
    if (times > 1)
      context.tell(l10n.t('{0} drills: {1} as expected, {2} not.', times, times - failed, failed));
    return failed === 0 ? 0 : 1;
  },
};

/** `-`, or nothing with `--temporary`, is a lab of the drill's own. */
function places(args: CliArguments): { readonly directory: string | undefined; readonly wanted: string } {
  const { positionals } = args;
  const isTemporary = flag(args, 'temporary');
  const [first, second, ...more] = positionals;
  if (isTemporary && first !== undefined && second === undefined)
    return { directory: undefined, wanted: first };
  if (first === undefined || second === undefined || first === '' || second === '' || more.length > 0)
    throw new UsageError(l10n.t('Expected: {0}.', 'DIR|- SCENARIO'));
  return { directory: first === '-' || isTemporary ? undefined : first, wanted: second };
}

/** What people read of a scenario: the built-in ones have it in their language, one of a person's own says it itself. */
function textOf(scenario: Scenario, wanted: string): Partial<ScenarioText> {
  if (scenario.name !== wanted) return scenario.text;
  return { ...readScenarioTexts(join(__dirname, '..', 'l10n'), currentLanguage())[wanted], ...scenario.text };
}

async function open(
  directory: string | undefined,
  scenario: Scenario,
  context: CliContext,
): Promise<DrillLab> {
  const options = { ...operationOptions(context), finder: context.finder, programs: __dirname };
  return directory === undefined
    ? openTemporaryLab(scenario, options)
    : openGivenLab(directory, scenario, options);
}

async function once(
  directory: string | undefined,
  scenario: Scenario,
  text: Partial<ScenarioText>,
  args: CliArguments,
  { context, turn, times }: { readonly context: CliContext; readonly turn: number; readonly times: number },
): Promise<boolean> {
  const guess = textOption(args, 'guess');
  const out = textOption(args, 'out');
  const lab = await open(directory, scenario, context);
  try {
    const report = await runDrill(lab, scenario, __dirname, {
      signal: context.signal,
      report: context.tell,
      anyway: flag(args, 'anyway'),
      ifNotReady: l10n.t('"--anyway" begins all the same.'),
      keep: flag(args, 'keep'),
      ...(guess === undefined ? {} : { guess: nodeName(guess, lab) }),
    });
    if (out !== undefined)
      await writeDrill(report, text, times > 1 ? join(resolve(out), String(turn)) : resolve(out));
    context.print(printed(report, text, args, directory === undefined));
    return report.isPassed;
  } finally {
    await lab.close();
  }
}

/** JSON on one line where there are several, so that each line is one drill. */
function printed(
  report: DrillReport,
  text: Partial<ScenarioText>,
  args: CliArguments,
  isTemporary: boolean,
): string {
  if (flag(args, 'json'))
    return JSON.stringify(
      drillJson(report),
      undefined,
      textOption(args, 'times') === undefined ? 2 : undefined,
    );
  // The logs of a temporary lab are gone by the time anybody reads this.
  const links = { nameOf: (file: string) => file.split(/[\\/]/).at(-1) ?? file, linkTo: () => undefined };
  return drillMarkdown(report, { text, ...(isTemporary ? { links } : {}) }).trimEnd();
}

function nodeName(guess: string, { lab }: DrillLab): string {
  return (
    lab.session.lab.nodes.find(({ name, port }) => name === guess || String(port) === guess)?.name ?? guess
  );
}

async function predict(
  directory: string | undefined,
  scenario: Scenario,
  isJson: boolean,
  context: CliContext,
): Promise<number> {
  const lab = await open(directory, scenario, context);
  try {
    const prediction = await new DrillRunner(await realDrillPorts(lab, __dirname)).predict(scenario);
    if (isJson) context.print(JSON.stringify(prediction ?? null, undefined, 2));
    else if (!prediction)
      context.print(l10n.t('This drill does not take the master away: nothing is to be foretold.'));
    else {
      const { outcome, others, votes, phases } = predictionText(prediction);
      context.print([...outcome, ...others, ...votes, ...phases].join('\n'));
    }
    return 0;
  } finally {
    await lab.close();
  }
}
