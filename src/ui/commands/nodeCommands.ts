import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { isAlive, type NodeState } from '../../core/model/labState';
import type { NodeSpec } from '../../core/model/lab';
import type { OperationOptions } from '../../lab/labOperator';
import type { OpenedLab } from '../labs/labEntry';
import { isNodeRef } from '../labs/nodeRef';
import { Cancelled } from '../errors';
import type { CommandBody } from './commandContext';
import { pickNode, pickNodes } from './pickTarget';
import { withProgress } from './withProgress';

const idle = (node: NodeState): boolean => !isAlive(node) && node.status !== 'unmanaged';
const frozen = (node: NodeState): boolean => node.status === 'frozen';
const running = (node: NodeState): boolean => node.status === 'running';

type Work = (lab: OpenedLab, nodes: readonly NodeSpec[], options: OperationOptions) => Promise<void>;

/** A command for one node or a group of them. */
function onNodes(
  title: (names: string) => string,
  isFit: (node: NodeState) => boolean,
  work: Work,
): CommandBody {
  return async ({ catalog }, target) => {
    const { lab, nodes } = await pickNodes(catalog, target, isFit);
    const names = nodes.map(node => node.name).join(', ');
    await withProgress(title(names), 'short', options => work(lab, nodes, options));
  };
}

const startNode = onNodes(
  names => l10n.t('Starting {0}', names),
  idle,
  ({ operator }, nodes, options) => operator.startNodes(nodes, options),
);
const stopNode = onNodes(
  names => l10n.t('Stopping {0}', names),
  isAlive,
  ({ operator }, nodes, options) => operator.stopNodes(nodes, options),
);
const restartNode = onNodes(
  names => l10n.t('Restarting {0}', names),
  isAlive,
  ({ operator }, nodes, options) => operator.restartNodes(nodes, options),
);

const killNode: CommandBody = async ({ catalog }, target) => {
  const { lab, node } = await pickNode(catalog, target, isAlive);
  await lab.operator.killNode(node);
};

const freezeNode: CommandBody = async ({ catalog }, target) => {
  const { lab, node } = await pickNode(catalog, target, running);
  await lab.operator.freezeNode(node);
};

const resumeNode: CommandBody = async ({ catalog }, target) => {
  const { lab, node } = await pickNode(catalog, target, frozen);
  await lab.operator.resumeNode(node);
};

const enterPassword: CommandBody = async ({ catalog, passwords }, target) => {
  const { entry, lab, node } = await pickNode(
    catalog,
    target,
    candidate => candidate.status === 'running' || candidate.status === 'unmanaged',
  );
  const password = await vscode.window.showInputBox({
    password: true,
    title: l10n.t('Password of {0}', node.name),
    prompt: l10n.t('Kept in the secret storage of VS Code. Leave it empty to use the one in the conf again.'),
    ignoreFocusOut: true,
  });
  if (password === undefined) throw new Cancelled();
  await passwords.set(entry.directory, node.name, password);
  lab.session.change(lab.session.lab);
};

/** The keys of the tree act on what is selected: a lab, a group or a node. */
function onSelection(forLab: CommandId, forNodes: CommandId): CommandBody {
  return async ({ view }) => {
    const [selected] = view.selection;
    if (!isNodeRef(selected)) return;
    await vscode.commands.executeCommand(selected.nodes === undefined ? forLab : forNodes, selected);
  };
}

export const nodeCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.startNode]: startNode,
  [commandIds.stopNode]: stopNode,
  [commandIds.restartNode]: restartNode,
  [commandIds.killNode]: killNode,
  [commandIds.freezeNode]: freezeNode,
  [commandIds.resumeNode]: resumeNode,
  [commandIds.enterPassword]: enterPassword,
  [commandIds.startSelected]: onSelection(commandIds.startLab, commandIds.startNode),
  [commandIds.stopSelected]: onSelection(commandIds.stopLab, commandIds.stopNode),
  [commandIds.restartSelected]: onSelection(commandIds.restartLab, commandIds.restartNode),
};
