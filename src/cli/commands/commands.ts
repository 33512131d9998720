import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import { launchPlan } from '../../core/launch/launchPlan';
import { shellCommand, shells, type Shell } from '../../core/launch/shellQuote';
import { textOption, words } from '../arguments';
import type { CliCommand } from '../context';
import { UsageError } from '../usageError';
import { withLab } from '../withLab';

export const commands: CliCommand = {
  name: 'commands',
  usage: 'DIR [--shell bash|powershell|cmd]',
  summary: () => l10n.t('prints the commands that start each node by hand, in the right order'),
  options: { shell: { type: 'string' } },
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    const shell = (textOption(args, 'shell') ??
      (process.platform === 'win32' ? 'powershell' : 'bash')) as Shell;
    if (!shells.includes(shell))
      throw new UsageError(l10n.t('--shell takes bash, powershell or cmd, not "{0}".', shell));
    return withLab(directory, context, async ({ folder }) => {
      if (folder.spec.network)
        context.print(
          shellCommand(shell, process.execPath, [join(__dirname, 'network.js'), folder.paths.directory]),
        );
      const { masters, replicas, sentinels } = await folder.startOrder();
      for (const node of [...masters, ...replicas, ...sentinels]) {
        const server = await folder.server(node);
        const plan = launchPlan(node, {
          server: server.path,
          conf: folder.paths.conf(node),
          data: folder.paths.data(node),
        });
        context.print(shellCommand(shell, plan.command, plan.args));
      }
      return 0;
    });
  },
};
