import * as l10n from '@vscode/l10n';
import type { FailoverFault } from '../../core/drill/fault';
import { HumanError } from '../../core/humanError';
import { momentary } from './faultKind';
import { nodeNamed, refusedBy, withNode } from './faultyNode';

/** SENTINEL FAILOVER: this Sentinel moves the master without asking the others. It is only asked for; nobody waits for its end. */
export const failoverKind = momentary<FailoverFault>(async (fault, tools) => {
  const node = nodeNamed(tools, fault.node);
  if (node.kind !== 'sentinel')
    throw new HumanError(l10n.t('{0} is no Sentinel, and only a Sentinel can do a failover.', node.name), {
      node: node.name,
    });
  const { masterName } = tools.lab();
  await withNode(node, tools, ask => ask('SENTINEL', 'FAILOVER', masterName)).catch(
    refusedBy(node, 'SENTINEL FAILOVER'),
  );
});
