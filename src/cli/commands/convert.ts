import * as l10n from '@vscode/l10n';
import { convertConf } from '../../core/conf/convertConf';
import { displayVersion } from '../../core/conf/serverVersion';
import { HumanError } from '../../core/humanError';
import { isAlive, nodesOf } from '../../core/model/labState';
import { flag, textOption, words } from '../arguments';
import type { CliCommand } from '../context';
import { versionOption } from '../versionOption';
import { UsageError } from '../usageError';
import { withLab } from '../withLab';

export const convert: CliCommand = {
  name: 'convert',
  usage: 'DIR --redis VERSION [--write]',
  summary: () =>
    l10n.t('shows what another version of the server needs changed in the confs; --write does it'),
  options: { redis: { type: 'string' }, write: { type: 'boolean' } },
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    const version = versionOption(textOption(args, 'redis'), context);
    if (!version)
      throw new UsageError(
        l10n.t('Which version shall the confs be for? Add --redis and a version such as 7.0.15.'),
      );
    return withLab(directory, context, async ({ session, folder }) => {
      const { nodes } = session.lab;
      const running = nodesOf(session.store.state).filter(isAlive);
      if (flag(args, 'write') && running.length > 0)
        throw new HumanError(
          l10n.t(
            'Nodes are running: {0}. Stop the lab first with: redis-ha-lab down {1}',
            running.map(node => node.spec.name).join(', '),
            directory,
          ),
        );
      for (const node of nodes) {
        const text = await folder.confText(node);
        const { lines } = convertConf(text, node.kind, version);
        for (const { line, what, name } of lines)
          context.print(`${node.conf}:${line}: ${whatText(what)}: ${name}`);
      }
      if (!flag(args, 'write')) return 0;
      await folder.convert(nodes, version);
      context.print(l10n.t('{0}: the confs are for {1} now.', session.lab.name, displayVersion(version)));
      return 0;
    });
  },
};

function whatText(what: 'renamed' | 'commented-out' | 'restored' | 'rephrased'): string {
  switch (what) {
    case 'renamed':
      return l10n.t('takes its name in that version');
    case 'commented-out':
      return l10n.t('becomes a comment');
    case 'restored':
      return l10n.t('is known again');
    case 'rephrased':
      return l10n.t('takes the form of that version');
  }
}
