import * as l10n from '@vscode/l10n';
import { confChanges } from '../../core/conf/confChanges';
import { writeFirstConf } from '../../core/conf/firstConf';
import { findNode, type NodeSpec } from '../../core/model/lab';
import { changeLine, changeSummary } from '../../core/view/confChangeText';
import { LabPaths } from '../../node/files/labPaths';
import { LabFolder } from '../../node/files/labFolder';
import { readLab } from '../../node/files/readLab';
import { flag, textOption, words } from '../arguments';
import type { CliCommand, CliContext } from '../context';
import { UsageError } from '../usageError';
import { versionOption } from '../versionOption';

export const conf: CliCommand = {
  name: 'conf',
  usage: 'DIR [--redis VERSION] [--node NODE] [--changes]',
  summary: () =>
    l10n.t('prints the confs that would be generated, or with --changes what changed in them; no passwords'),
  options: { redis: { type: 'string' }, node: { type: 'string' }, changes: { type: 'boolean' } },
  async run(args, context) {
    const [directory] = words(args, 'DIR');
    const lab = await readLab(directory);
    const wanted = textOption(args, 'node');
    const only = wanted === undefined ? undefined : findNode(lab, wanted);
    if (wanted !== undefined && !only)
      throw new UsageError(
        l10n.t(
          'There is no node "{0}" in this lab. It has {1}.',
          wanted,
          lab.nodes.map(node => node.name).join(', '),
        ),
      );
    const paths = new LabPaths(directory);
    const folder = new LabFolder(paths, () => lab, context.finder);
    if (flag(args, 'changes')) return printChanges(folder, only ? [only] : lab.nodes, context);
    const asked = versionOption(textOption(args, 'redis'), context);
    for (const node of only ? [only] : lab.nodes) {
      const version = asked ?? (await folder.server(node)).version;
      const windows = version.windows || process.platform === 'win32';
      const text = writeFirstConf(lab, node, {
        version,
        windows,
        dataDirectory: paths.data(node),
        logFile: paths.log(node),
        password: undefined,
      });
      context.print(only ? text.trimEnd() : `# ---- ${node.conf}\n${text}`);
    }
    return 0;
  },
};

/** What servers and people changed in the confs since their first form, each line with who, why and whether to copy it. */
async function printChanges(
  folder: LabFolder,
  nodes: readonly NodeSpec[],
  { print, tell }: CliContext,
): Promise<number> {
  for (const node of nodes) {
    const first = await folder.keptFirstForm(node);
    if (first === undefined) {
      tell(l10n.t('No first form of {0} is kept: it has not been started by this lab yet.', node.name));
      continue;
    }
    const changes = confChanges(first, await folder.confText(node), node.kind);
    print(`# ---- ${node.conf}\n${changeSummary(changes)}`);
    for (const change of changes) print(changeLine(change));
  }
  return 0;
}
