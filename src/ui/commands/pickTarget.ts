import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import { nodesOf, type NodeState } from '../../core/model/labState';
import { nodeDescription } from '../../core/view/nodeText';
import { labDescription } from '../../core/view/labRows';
import { Cancelled } from '../errors';
import type { LabCatalog } from '../labs/labCatalog';
import type { LabEntry, OpenedLab } from '../labs/labEntry';
import { isNodeRef } from '../labs/nodeRef';

/** The lab of a command: that of the row it was called on, the only one there is, or the one the person picks. */
export async function pickLab(
  catalog: LabCatalog,
  target: unknown,
  isFit: (lab: OpenedLab) => boolean = () => true,
): Promise<{ readonly entry: LabEntry; readonly lab: OpenedLab }> {
  const named = isNodeRef(target) ? catalog.get(target.lab) : undefined;
  if (named) return opened(named);
  // Rows of a replay stand for no lab: nothing else is to be taken for theirs.
  if (isNodeRef(target))
    throw new HumanError(l10n.t('This can only be done to a lab that is open, and not to a replay.'));
  const fit = catalog.labs.filter(entry => entry.opened !== undefined && isFit(entry.opened));
  const [only, second] = fit;
  if (!only)
    throw new HumanError(
      catalog.labs.length === 0
        ? l10n.t('There is no lab yet. "Redis HA: Create Lab…" makes one.')
        : l10n.t('No lab is in a state in which this can be done.'),
    );
  if (!second) return opened(only);
  const items = fit.map(entry => ({
    label: entry.opened?.session.lab.name ?? '',
    description: entry.opened ? labDescription(entry.opened.session.store.state) : '',
    detail: entry.directory,
    entry,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: l10n.t('Choose a lab'),
    matchOnDetail: true,
  });
  if (!picked) throw new Cancelled();
  return opened(picked.entry);
}

function opened(entry: LabEntry): { readonly entry: LabEntry; readonly lab: OpenedLab } {
  if (entry.opened) return { entry, lab: entry.opened };
  throw (
    entry.error ?? new HumanError(l10n.t('The lab in "{0}" is still being read; try again.', entry.directory))
  );
}

/** The nodes of a command: those of the row it was called on, or one that the person picks among those for which it makes sense. */
export async function pickNodes(
  catalog: LabCatalog,
  target: unknown,
  isFit: (node: NodeState) => boolean,
): Promise<{ readonly entry: LabEntry; readonly lab: OpenedLab; readonly nodes: readonly NodeSpec[] }> {
  const chosen = await pickLab(catalog, target, lab => nodesOf(lab.session.store.state).some(isFit));
  const { state } = chosen.lab.session.store;
  if (isNodeRef(target)) {
    const names = target.nodes ?? state.lab.nodes.map(node => node.name);
    return { ...chosen, nodes: state.lab.nodes.filter(node => names.includes(node.name)) };
  }
  const fit = nodesOf(state).filter(isFit);
  if (fit.length === 0)
    throw new HumanError(l10n.t('No node of "{0}" is in a state in which this can be done.', state.lab.name));
  const items = fit.map(node => ({
    label: String(node.spec.port),
    description: nodeDescription(state, node, Date.now()),
    spec: node.spec,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: l10n.t('Choose a node of "{0}"', state.lab.name),
    matchOnDescription: true,
  });
  if (!picked) throw new Cancelled();
  return { ...chosen, nodes: [picked.spec] };
}

/** For commands that make sense for one node only. */
export async function pickNode(
  catalog: LabCatalog,
  target: unknown,
  isFit: (node: NodeState) => boolean,
): Promise<{ readonly entry: LabEntry; readonly lab: OpenedLab; readonly node: NodeSpec }> {
  const { nodes, ...chosen } = await pickNodes(catalog, target, isFit);
  const [node] = nodes;
  if (!node) throw new Cancelled();
  return { ...chosen, node };
}
