import * as l10n from '@vscode/l10n';
import { HumanError } from '../humanError';
import { isClient, isLinkFault, type Fault } from './fault';
import { resolveNode, resolveNodes, type NodeRefContext } from './resolveNode';

/**
 * The fault with the names of nodes in place of what they were meant by; one for each node where several are meant, and one for each
 * pair of a link. A HumanError says whom it cannot find.
 */
export function resolveFault(fault: Fault, context: NodeRefContext): readonly Fault[] {
  if (fault.type === 'failover') return [{ ...fault, node: resolveNode(fault.node, context).name }];
  if (!isLinkFault(fault))
    return resolveNodes(fault.node, context).map(found => ({ ...fault, node: found.name }));
  const ends = (end: string): readonly string[] =>
    isClient(end) ? [end] : resolveNodes(end, context).map(found => found.name);
  const links = ends(fault.from).flatMap(from =>
    ends(fault.to).flatMap(to => (from === to ? [] : [{ ...fault, from, to }])),
  );
  if (links.length > 0) return links;
  throw new HumanError(l10n.t('"{0}" and "{1}" are the same node now.', fault.from, fault.to));
}
