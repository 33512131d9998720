import * as l10n from '@vscode/l10n';
import { findNode, type NodeSpec } from '../core/model/lab';
import { nodeAtPort, masterPort, nodesOf, type LabState } from '../core/model/labState';
import { HumanError } from '../core/humanError';
import type { CliLab } from './withLab';
import { electedLeader } from '../node/files/electedLeader';
import { UsageError } from './usageError';

/**
 * The node a person means: by name, by port, or by the role it has now (`master`, `replica`, `sentinel`, `leader`). Of several with
 * a role the first that runs is taken.
 */
export async function pickNode(lab: CliLab, wanted: string): Promise<NodeSpec> {
  const { state } = lab.session.store;
  const named = findNode(state.lab, wanted);
  if (named) return named;
  switch (wanted) {
    case 'master':
      return found(nodeAtPort(state, masterPort(state))?.spec ?? byRole(state, 'master'), wanted);
    case 'replica':
    case 'sentinel':
      return found(byRole(state, wanted), wanted);
    case 'leader':
      return found(await electedLeader(lab.folder.paths, state.lab), wanted);
    default:
      throw new UsageError(
        l10n.t(
          'There is no node "{0}" in this lab. It has {1}; the words master, replica, sentinel and leader work, too.',
          wanted,
          state.lab.nodes.map(node => node.name).join(', '),
        ),
      );
  }
}

function byRole(state: LabState, role: string): NodeSpec | undefined {
  const having = nodesOf(state).filter(node => node.role === role);
  return (having.find(node => node.status === 'running') ?? having[0])?.spec;
}

function found(node: NodeSpec | undefined, wanted: string): NodeSpec {
  if (node) return node;
  throw new HumanError(
    l10n.t('No node of this lab is {0} now. "redis-ha-lab status" shows the roles.', wanted),
  );
}
