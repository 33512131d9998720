import * as l10n from '@vscode/l10n';
import { requestFailover } from '../../lab/failover';
import { sendCommand } from '../../node/redis/command';
import { words } from '../arguments';
import type { CliCommand } from '../context';
import { withLab } from '../withLab';

export const failover: CliCommand = {
  name: 'failover',
  usage: 'DIR',
  summary: () => l10n.t('asks a Sentinel for a failover (SENTINEL FAILOVER) and waits for the new master'),
  options: {},
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    return withLab(directory, context, async ({ session, folder }) => {
      const send = async (sentinel: (typeof session.lab.nodes)[number]): Promise<void> => {
        await sendCommand(
          sentinel.listenPort,
          await folder.passwordOf(sentinel),
          'SENTINEL',
          'FAILOVER',
          session.lab.masterName,
        );
      };
      const { from, to } = await requestFailover(session, send, context.signal);
      context.print(l10n.t('{0} moved from {1} to {2}.', session.lab.masterName, from ?? '?', to ?? '?'));
      return 0;
    });
  },
};
