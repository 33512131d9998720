import * as l10n from '@vscode/l10n';
import { HumanError } from '../humanError';
import { findNode, sentinelNodes, serverNodes, type NodeSpec } from '../model/lab';
import { masterPort, nodeAtPort, nodesOf, type LabState, type NodeRole } from '../model/labState';
import { countedNodeRef, isNodeRefOf, unknownNode, type NodeRef } from './nodeRef';

/** What the words of a {@link NodeRef} stand for at one moment. The names are those of nodes. */
export interface NodeRefContext {
  readonly state: LabState;
  /** Who was master when the drill began; undefined outside of a drill. */
  readonly firstMaster: string | undefined;
  /** The Sentinel that won the newest election, as its log says; undefined: there was none. */
  readonly leader: string | undefined;
}

/**
 * The nodes that are meant, at least one. Of several with a role the first that runs is taken, else the first. A HumanError says that
 * there is no such node, or that nobody is it now.
 */
export function resolveNodes(ref: NodeRef, context: NodeRefContext): readonly NodeSpec[] {
  const { lab } = context.state;
  const named = findNode(lab, ref);
  if (named) return [named];
  if (!isNodeRefOf(lab, ref)) throw new HumanError(unknownNode(lab, ref));
  const found = byWord(ref, context);
  if (found.length > 0) return found;
  throw new HumanError(l10n.t('No node of this lab is {0} now. "redis-ha-lab status" shows the roles.', ref));
}

/** The one node that is meant; a HumanError where several are. */
export function resolveNode(ref: NodeRef, context: NodeRefContext): NodeSpec {
  const [node, second] = resolveNodes(ref, context);
  if (node && !second) return node;
  throw new HumanError(l10n.t('"{0}" means several nodes; name one.', ref));
}

function byWord(ref: NodeRef, { state, firstMaster, leader }: NodeRefContext): readonly NodeSpec[] {
  const number = countedNodeRef.exec(ref);
  if (number) return listed(state, number[1] as NodeRole).slice(Number(number[2]) - 1, Number(number[2]));
  switch (ref) {
    case 'master':
      return list(nodeAtPort(state, masterPort(state))?.spec ?? one(state, 'master'));
    case 'replica':
    case 'sentinel':
      return list(one(state, ref));
    case 'all-replicas':
      return listed(state, 'replica');
    case 'all-sentinels':
      return listed(state, 'sentinel');
    case 'leader':
      return state.lab.nodes.filter(node => node.name === leader);
    default:
      return state.lab.nodes.filter(node => node.name === firstMaster);
  }
}

function one(state: LabState, role: NodeRole): NodeSpec | undefined {
  const having = nodesOf(state).filter(node => node.role === role);
  return (having.find(node => node.status === 'running') ?? having[0])?.spec;
}

/**
 * Those with the role, by port. A data node that does not run has no role: it counts as the replica it was, or as lab.json has it
 * where nobody ever saw it, so that numbers do not move when one is killed.
 */
function listed(state: LabState, role: NodeRole): readonly NodeSpec[] {
  if (role === 'sentinel') return byPort(sentinelNodes(state.lab));
  const master = masterPort(state);
  return byPort(
    serverNodes(state.lab).filter(node => {
      const { role: now } = state.nodes[node.name] ?? {};
      return now === undefined ? node.port !== master && !wasMaster(state, node) : now === role;
    }),
  );
}

function wasMaster(state: LabState, node: NodeSpec): boolean {
  const former = state.nodes[node.name]?.formerRole;
  return former ? former.role === 'master' : node.replicaOf === undefined;
}

function byPort(nodes: readonly NodeSpec[]): readonly NodeSpec[] {
  return nodes.toSorted((a, b) => a.port - b.port);
}

function list(node: NodeSpec | undefined): readonly NodeSpec[] {
  return node ? [node] : [];
}
