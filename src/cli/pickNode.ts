import { isNodeRefOf, unknownNode, type NodeRef } from '../core/drill/nodeRef';
import { resolveNode, type NodeRefContext } from '../core/drill/resolveNode';
import type { NodeSpec } from '../core/model/lab';
import { electedLeader } from '../node/files/electedLeader';
import { UsageError } from './usageError';
import type { CliLab } from './withLab';

/** The node a person means: by name, by port, or by the role it has now (see {@link NodeRef}). A word for none of them is wrong usage. */
export async function pickNode(lab: CliLab, wanted: NodeRef): Promise<NodeSpec> {
  return resolveNode(wanted, await nodeRefContext(lab, [wanted]));
}

/** What these words are told by. Logs are only read where one of them asks for the leader. */
export async function nodeRefContext(lab: CliLab, refs: readonly NodeRef[]): Promise<NodeRefContext> {
  const { state } = lab.session.store;
  const unknown = refs.find(ref => !isNodeRefOf(state.lab, ref));
  if (unknown !== undefined) throw new UsageError(unknownNode(state.lab, unknown));
  const leader = refs.includes('leader') ? await electedLeader(lab.folder.paths, state.lab) : undefined;
  return { state, firstMaster: undefined, leader: leader?.name };
}
