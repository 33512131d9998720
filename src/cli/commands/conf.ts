import * as l10n from '@vscode/l10n';
import { writeFirstConf } from '../../core/conf/firstConf';
import { findNode } from '../../core/model/lab';
import { LabPaths } from '../../node/files/labPaths';
import { LabFolder } from '../../node/files/labFolder';
import { readLab } from '../../node/files/readLab';
import { textOption, words } from '../arguments';
import type { CliCommand } from '../context';
import { UsageError } from '../usageError';
import { versionOption } from '../versionOption';

export const conf: CliCommand = {
  name: 'conf',
  usage: 'DIR [--redis VERSION] [--node NODE]',
  summary: () => l10n.t('prints the confs that would be generated; passwords are left out'),
  options: { redis: { type: 'string' }, node: { type: 'string' } },
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
