import * as l10n from '@vscode/l10n';
import { labHost, type Lab, type NodeSpec } from '../model/lab';

/**
 * The lines of a first conf about the node's own address. In a lab with a network the node listens elsewhere than the others find it,
 * and announces where that is; `announcing` are the directives for it, where the version knows them. A replica that announces nothing
 * is announced by the network (see `core/network/greeting`).
 */
export function portLines(
  lab: Lab,
  node: NodeSpec,
  announcing: { readonly ip: string; readonly port: string } | undefined,
): readonly string[] {
  if (!lab.network) return [`port ${node.port}`];
  return [
    `# ${l10n.t('The others know this node by port {0}; the network of the lab brings here what they send.', node.port)}`,
    `port ${node.listenPort}`,
    ...(announcing ? [`${announcing.ip} ${labHost}`, `${announcing.port} ${node.port}`] : []),
  ];
}
