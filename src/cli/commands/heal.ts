import * as l10n from '@vscode/l10n';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import { shownFault } from '../../core/drill/activeFault';
import { HumanError } from '../../core/humanError';
import { faultText } from '../../core/view/faultText';
import { flag } from '../arguments';
import type { CliCommand } from '../context';
import { faultJson } from '../statusJson';
import { UsageError } from '../usageError';
import { withLab } from '../withLab';

export const heal: CliCommand = {
  name: 'heal',
  usage: 'DIR [ID] [--json]',
  summary: () => l10n.t('undoes one fault, or all of them'),
  options: { json: { type: 'boolean' } },
  async run(args, context) {
    const [directory = '', id, ...more] = args.positionals;
    if (directory === '' || more.length > 0) throw new UsageError(l10n.t('Expected: {0}.', 'DIR [ID]'));
    return withLab(directory, context, async ({ faults }) => {
      const { undone, left } = id === undefined ? await faults.undoAll() : await faults.undo(id);
      const shown = undone.map(active => shownFault(active, keepsSecret));
      if (flag(args, 'json')) {
        const still = left.map(({ active, reason }) => ({
          ...(faultJson(shownFault(active, keepsSecret)) as object),
          reason: reason.message,
        }));
        context.print(JSON.stringify({ undone: shown.map(faultJson), left: still }, undefined, 2));
      } else if (undone.length + left.length === 0) context.print(l10n.t('No fault is on.'));
      else for (const active of shown) context.print(l10n.t('{0} undone: {1}', active.id, faultText(active)));
      const still = left.map(({ active, reason }) =>
        l10n.t('{0} is still on: {1}', active.id, reason.message),
      );
      if (still.length > 0) throw new HumanError(still.join(' '));
      return 0;
    });
  },
};
