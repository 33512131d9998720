import * as l10n from '@vscode/l10n';
import type { Undo } from '../../core/drill/activeFault';
import type { LinkFault } from '../../core/drill/fault';
import { areRulesOf, rulesOf } from '../../core/drill/linkRules';
import { HumanError } from '../../core/humanError';
import type { FaultKind } from './faultKind';

type RulesUndo = Extract<Undo, { readonly kind: 'rules' }>;

/** A cut, slow or lossy link. The network always gets all rules at once: those of the faults that are on. */
export const linkKind: FaultKind<LinkFault, RulesUndo> = {
  plan: async (fault, { lab, network }) => {
    if (!network)
      throw new HumanError(
        l10n.t(
          'The nodes of "{0}" are connected directly, so no link can be cut, slowed down or made lossy. Add "network": true to its lab.json, then stop, reset and start it.',
          lab().name,
        ),
      );
    return { fault, undo: { kind: 'rules' } };
  },
  apply: async ({ fault, undo }, { network }, others) => {
    await network?.set(rulesOf(others, [fault]));
    return undo;
  },
  undo: async (_, { network }, others) => {
    if ((await network?.rules()) !== undefined) await network?.set(rulesOf(others));
  },
  isOn: async ({ fault }, { network }) => {
    if (!network) return false;
    const rules = await network.rules();
    // A network that is started anew takes the rules from the journal.
    return rules === undefined || areRulesOf(fault, rules);
  },
};
