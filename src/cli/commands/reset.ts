import * as l10n from '@vscode/l10n';
import { isAlive, nodesOf } from '../../core/model/labState';
import { HumanError } from '../../core/humanError';
import { countText } from '../../core/view/words';
import { words } from '../arguments';
import type { CliCommand } from '../context';
import { withLab } from '../withLab';

export const reset: CliCommand = {
  name: 'reset',
  usage: 'DIR',
  summary: () => l10n.t('brings the lab back to its first form: confs as first written, no data, no logs'),
  options: {},
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    return withLab(directory, context, async ({ session, folder, faults }) => {
      const running = nodesOf(session.store.state).filter(node => isAlive(node));
      if (running.length > 0) {
        throw new HumanError(
          l10n.t(
            'Nodes are running: {0}. Stop the lab first with: redis-ha-lab down {1}',
            running.map(node => node.spec.name).join(', '),
            directory,
          ),
        );
      }
      await faults.undoAll({ start: false });
      const bytes = await folder.dataSize();
      await folder.reset();
      context.print(
        l10n.t(
          '{0}: confs are back in their first form; {1} bytes of data and logs were deleted.',
          session.lab.name,
          countText(bytes),
        ),
      );
      return 0;
    });
  },
};
