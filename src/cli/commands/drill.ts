import * as l10n from '@vscode/l10n';
import { drillJson } from '../../core/view/drillJson';
import { findScenario } from '../../node/drill/findScenario';
import { openGivenLab, openTemporaryLab } from '../../node/drill/openDrillLab';
import { runDrill } from '../../node/drill/runDrill';
import { flag } from '../arguments';
import { operationOptions, type CliCommand } from '../context';
import { UsageError } from '../usageError';

export const drill: CliCommand = {
  name: 'drill',
  usage: 'DIR|- SCENARIO [--json]',
  summary: () => l10n.t('does a drill: breaks the lab as a scenario says, measures, and reports'),
  options: { json: { type: 'boolean' }, anyway: { type: 'boolean' } },
  async run(args, context) {
    const [directory, wanted] = args.positionals;
    if (directory === undefined || wanted === undefined)
      throw new UsageError(l10n.t('Expected: {0}.', 'DIR|- SCENARIO'));
    const scenario = findScenario(wanted, __dirname);
    const options = { ...operationOptions(context), finder: context.finder, programs: __dirname };
    const lab = await (directory === '-'
      ? openTemporaryLab(scenario, options)
      : openGivenLab(directory, scenario, options));
    try {
      const report = await runDrill(lab, scenario, __dirname, {
        signal: context.signal,
        report: context.tell,
        anyway: flag(args, 'anyway'),
      });
      context.print(JSON.stringify(drillJson(report), undefined, 2));
      return report.isPassed ? 0 : 1;
    } finally {
      await lab.close();
    }
  },
};
