import type { Undo } from '../../core/drill/activeFault';
import type { LinkFault } from '../../core/drill/fault';
import { areRulesOf, rulesOf } from '../../core/drill/linkRules';
import { noNetwork } from '../../core/drill/noNetwork';
import type { FaultKind } from './faultKind';

type RulesUndo = Extract<Undo, { readonly kind: 'rules' }>;

/** A cut, slow or lossy link. The network always gets all rules at once: those of the faults that are on. */
export const linkKind: FaultKind<LinkFault, RulesUndo> = {
  plan: async (fault, { lab, network }) => {
    if (!network) throw noNetwork(lab());
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
