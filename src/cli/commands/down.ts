import * as l10n from '@vscode/l10n';
import { nodesOf } from '../../core/model/labState';
import { words } from '../arguments';
import { operationOptions, type CliCommand } from '../context';
import { withLab } from '../withLab';

export const down: CliCommand = {
  name: 'down',
  usage: 'DIR',
  summary: () => l10n.t('stops every node of the lab'),
  options: {},
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    return withLab(directory, context, async ({ session, operator }) => {
      await operator.stopLab(operationOptions(context));
      const strangers = nodesOf(session.store.state).filter(node => node.status === 'unmanaged');
      for (const node of strangers)
        context.tell(
          l10n.t('Left alone: port {0} is served by a Redis that this lab did not start.', node.spec.port),
        );
      context.print(l10n.t('{0}: stopped', session.lab.name));
      return 0;
    });
  },
};
