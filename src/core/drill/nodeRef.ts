import * as l10n from '@vscode/l10n';
import { findNode, type Lab } from '../model/lab';

/**
 * How a fault names a node: by its name or port, or by what it is when the fault is applied. `master`, `replica`, `sentinel` and
 * `leader` (of the newest election) are the role it has then; `replica:2` and `sentinel:3` the second and third of them by port;
 * `all-replicas` and `all-sentinels` each of them; `old-master` who was master when the drill began.
 */
export type NodeRef = string;

const words: ReadonlySet<string> = new Set([
  'master',
  'replica',
  'sentinel',
  'leader',
  'all-replicas',
  'all-sentinels',
  'old-master',
]);
/** `replica:2`: the role and the number. */
export const countedNodeRef = /^(replica|sentinel):([1-9]\d{0,3})$/;

/** Whether this can be a node's name of any lab: for files that are checked before their lab is known. */
export function isNodeRef(text: string): boolean {
  return words.has(text) || countedNodeRef.test(text) || /^(?:(?:redis|sentinel)-)?[1-9]\d{0,4}$/.test(text);
}

/** Whether this names a node of the lab, or could: there may be no leader or third replica now. */
export function isNodeRefOf(lab: Lab, text: string): boolean {
  return findNode(lab, text) !== undefined || words.has(text) || countedNodeRef.test(text);
}

/** What to say of a word that no node of the lab has. */
export function unknownNode(lab: Lab, ref: string): string {
  return l10n.t(
    'There is no node "{0}" in this lab. It has {1}; the words master, replica, sentinel and leader work, too.',
    ref,
    lab.nodes.map(node => node.name).join(', '),
  );
}
