import * as l10n from '@vscode/l10n';
import type { NodeSpec } from '../../core/model/lab';
import { words } from '../arguments';
import { operationOptions, type CliCommand, type CliContext } from '../context';
import { pickNode } from '../pickNode';
import { withLab, type CliLab } from '../withLab';

type Act = (lab: CliLab, node: NodeSpec, context: CliContext) => Promise<string>;

function nodeCommand(name: string, summary: () => string, act: Act): CliCommand {
  return {
    name,
    usage: 'DIR NODE',
    summary,
    options: {},
    async run(args, context) {
      const [directory, wanted] = words(args, 'DIR', 'NODE');
      return withLab(directory, context, async lab => {
        context.print(await act(lab, await pickNode(lab, wanted), context));
        return 0;
      });
    },
  };
}

/** The commands that do one thing to one node. */
export const nodeCommands: readonly CliCommand[] = [
  nodeCommand(
    'start',
    () => l10n.t('starts one node'),
    async ({ operator }, node, context) => {
      await operator.startNodes([node], operationOptions(context));
      return l10n.t('{0}: running', node.name);
    },
  ),
  nodeCommand(
    'stop',
    () => l10n.t('stops one node gracefully'),
    async ({ operator }, node, context) => {
      await operator.stopNodes([node], operationOptions(context));
      return l10n.t('{0}: stopped', node.name);
    },
  ),
  nodeCommand(
    'kill',
    () => l10n.t('ends one node at once, as a crash would (SIGKILL)'),
    async ({ operator }, node) => {
      await operator.killNode(node);
      return l10n.t('{0}: killed', node.name);
    },
  ),
  nodeCommand(
    'freeze',
    () => l10n.t('stops one node where it stands (SIGSTOP): it hangs without ending'),
    async ({ operator }, node) => {
      await operator.freezeNode(node);
      return l10n.t('{0}: frozen', node.name);
    },
  ),
  nodeCommand(
    'resume',
    () => l10n.t('lets a frozen node go on (SIGCONT)'),
    async ({ operator }, node) => {
      await operator.resumeNode(node);
      return l10n.t('{0}: running', node.name);
    },
  ),
];
