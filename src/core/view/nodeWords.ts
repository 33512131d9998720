import * as l10n from '@vscode/l10n';
import { isAlive, type LabState, type NodeState } from '../model/labState';
import { faultsOfNode } from './faultText';
import { roleWord, statusWord } from './words';

/** Words for when-clauses of menus, such as `node server running master terminal`: the same wherever a node is shown. */
export function nodeContext(state: LabState, node: NodeState, now: number): string {
  const place = node.process.record?.runnerPid !== undefined && isAlive(node) ? ' terminal' : '';
  const role = node.role ? ` ${node.role}` : '';
  const broken = faultsOfNode(state, node.spec.name, now).length > 0 ? ' broken' : '';
  return `node ${node.spec.kind} ${node.status}${role}${place}${broken}`;
}

/** A node read aloud says kind and status first, which the eye takes from its place and icon. */
export function spokenNode(node: NodeState, description: string): string {
  const words = [
    String(node.spec.port),
    ...(node.role ? [roleWord(node.role)] : []),
    statusWord(node.status),
  ];
  const rest = description.split(' · ').filter(part => !words.includes(part));
  return [...words, ...rest].join(', ');
}

/** Why a node says nothing, as a word. */
export function silenceWord({ status, failure }: NodeState): string {
  if (status !== 'running' && status !== 'unmanaged') return statusWord(status);
  return failure === 'auth' ? l10n.t('refuses the password') : l10n.t('no answer');
}
