import * as l10n from '@vscode/l10n';
import { labDescription } from '../../core/view/labRows';
import { words } from '../arguments';
import { operationOptions, type CliCommand } from '../context';
import { withLab } from '../withLab';

export const up: CliCommand = {
  name: 'up',
  usage: 'DIR',
  summary: () => l10n.t('starts the lab and waits until it is ready'),
  options: {},
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    return withLab(directory, context, async ({ session, operator }) => {
      await operator.startLab(operationOptions(context));
      context.print(`${session.lab.name}: ${labDescription(session.store.state)}`);
      return 0;
    });
  },
};
