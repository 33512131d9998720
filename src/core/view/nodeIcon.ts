import { masterPort, type LabState, type NodeState } from '../model/labState';

/** A codicon and the theme colour it takes. Colour only repeats what the words of the row say. */
export interface RowIcon {
  readonly id: string;
  readonly color: string | undefined;
}

/**
 * The colour of what wants to be looked at; package.json defines it. VS Code's own orange is hardly seen: in the default themes it is that
 * of found text in the minimap, translucent, and in high contrast there is none.
 */
export const attentionColor = 'redisHaLab.attentionForeground';

export function nodeIcon(state: LabState, node: NodeState): RowIcon {
  switch (node.status) {
    case 'starting':
      return { id: 'loading~spin', color: undefined };
    case 'stopped':
      return node.portOwner
        ? { id: 'circle-slash', color: 'errorForeground' }
        : { id: 'circle-outline', color: 'disabledForeground' };
    case 'crashed':
      return { id: 'error', color: 'errorForeground' };
    case 'frozen':
      return { id: 'debug-pause', color: 'charts.yellow' };
    case 'unmanaged':
      return { id: 'question', color: undefined };
    case 'running':
      return runningIcon(state, node);
  }
}

function runningIcon(state: LabState, node: NodeState): RowIcon {
  if (node.failure === 'auth') return { id: 'lock', color: attentionColor };
  if (node.failure) return { id: 'warning', color: attentionColor };
  if (node.spec.kind === 'sentinel') {
    const agrees =
      node.view !== undefined && node.view.quorumOk !== false && node.view.masterPort === masterPort(state);
    const isCalm = agrees && !node.view?.flags.some(flag => flag === 's_down' || flag === 'o_down');
    return isCalm ? { id: 'eye', color: 'charts.purple' } : { id: 'warning', color: attentionColor };
  }
  if (node.info?.syncInProgress || node.info?.loading) return { id: 'loading~spin', color: undefined };
  if (node.role === 'master') return { id: 'circle-filled', color: 'charts.green' };
  return node.info?.linkStatus === 'up'
    ? { id: 'circle-filled', color: 'charts.blue' }
    : { id: 'warning', color: attentionColor };
}
