import type { ActiveFault } from '../../src/core/drill/activeFault';
import { isLinkFault } from '../../src/core/drill/fault';
import { HumanError } from '../../src/core/humanError';
import type { LabFaults } from '../../src/lab/ports';

/** Faults that only exist in a list. */
export interface AppliedFaults extends LabFaults {
  readonly list: ActiveFault[];
  /** Types that cannot be applied. */
  readonly refused: Set<string>;
}

/** What is done is written into `calls`. */
export function applied(calls: string[]): AppliedFaults {
  const list: ActiveFault[] = [];
  const refused = new Set<string>();
  return {
    list,
    refused,
    async apply(fault, owner) {
      const where = isLinkFault(fault) ? `${fault.from} ${fault.to}` : fault.node;
      if (refused.has(fault.type)) throw new HumanError(`no ${fault.type} here`);
      calls.push(`${fault.type} ${where}`);
      if (fault.type === 'start') return undefined;
      const active: ActiveFault = {
        id: `f${list.length + 1}`,
        fault,
        since: 0,
        until: undefined,
        undo: { kind: 'nothing' },
        owner,
      };
      list.push(active);
      return active;
    },
    active: async () => [...list],
    async undo(id) {
      calls.push(`undo ${id}`);
      const undone = list.filter(active => active.id === id);
      list.splice(0, list.length, ...list.filter(active => active.id !== id));
      return { undone, left: [] };
    },
    async undoAll() {
      calls.push('undo all');
      return { undone: list.splice(0), left: [] };
    },
  };
}
