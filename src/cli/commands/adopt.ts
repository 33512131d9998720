import * as l10n from '@vscode/l10n';
import { adoptionText, problemText } from '../../core/view/adoptionText';
import { chooseConfs } from '../../core/conf/chooseConfs';
import { adoptLab, planAdoption } from '../../node/files/adoptLab';
import { findConfs, readConfs } from '../../node/files/findConfs';
import type { CliCommand } from '../context';
import { UsageError } from '../usageError';

export const adopt: CliCommand = {
  name: 'adopt',
  usage: 'DIR [CONF…]',
  summary: () => l10n.t('makes a lab of confs that are there already; they stay where and as they are'),
  options: {},
  async run({ positionals }, { print, tell }) {
    const [directory, ...named] = positionals;
    if (directory === undefined || directory === '')
      throw new UsageError(l10n.t('Expected: {0}. Got {1} words.', 'DIR', positionals.length));
    const found = named.length > 0 ? await readConfs(named, directory) : await findConfs(directory);
    const chosen =
      named.length > 0 ? found.map(conf => conf.found) : chooseConfs(found.map(conf => conf.found));
    const plan = await planAdoption(
      directory,
      found.filter(conf => chosen.includes(conf.found)),
    );
    const { adoption } = plan;
    for (const line of adoptionText(adoption)) print(line);
    const left = found.filter(conf => !chosen.includes(conf.found));
    if (left.length > 0) tell(l10n.t('Left out: {0}', left.map(conf => conf.found.path).join(', ')));
    for (const problem of adoption.problems) tell(problemText(problem));
    if (adoption.problems.some(({ severity }) => severity === 'error')) return 1;
    await adoptLab(plan);
    print(
      l10n.t(
        'Made the lab of these confs in {0}. Start it with: redis-ha-lab up {1}',
        plan.directory,
        directory,
      ),
    );
    return 0;
  },
};
