import * as vscode from 'vscode';
import { confChanges } from '../../core/conf/confChanges';
import { convertConf } from '../../core/conf/convertConf';
import { parseVersion } from '../../core/conf/serverVersion';
import { findNode, type NodeSpec } from '../../core/model/lab';
import { changesMarkdown } from '../../core/view/confChangeText';
import type { LabCatalog } from '../labs/labCatalog';
import type { OpenedLab } from '../labs/labEntry';

/** The scheme of confs that exist only to be compared with. */
const scheme = 'redis-ha-conf';

/** What a document shows of a node's conf: its first form, the conf converted for a version (`redis-7.0.15`), or the list of its changes. */
export interface ConfView {
  readonly lab: string;
  readonly node: string;
  readonly version?: string;
  readonly isList?: boolean;
  /** When it was asked for, in milliseconds since 1970: the text of one address does not change while it is shown. */
  readonly at?: number;
}

/** The address of a conf to compare with. Everything that makes its text is in it, so that it outlives a reload of the window. */
export function confViewUri(file: string, view: ConfView): vscode.Uri {
  return vscode.Uri.file(file).with({ scheme, query: JSON.stringify(view) });
}

export function readConfView(uri: vscode.Uri): ConfView | undefined {
  return uri.scheme === scheme ? (JSON.parse(uri.query) as ConfView) : undefined;
}

/** Gives VS Code the text of these documents; they cannot be written. */
export class ConfViews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(private readonly catalog: LabCatalog) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const view = readConfView(uri);
    const opened = view && this.catalog.get(view.lab)?.opened;
    const node = view && opened && findNode(opened.session.lab, view.node);
    if (!node) return '';
    if (view.isList === true) return changeList(opened, node);
    if (view.version === undefined) return (await opened.folder.keptFirstForm(node)) ?? '';
    const version = parseVersion(view.version);
    const now = await opened.folder.confText(node);
    return version ? convertConf(now, node.kind, version).text : now;
  }

  dispose(): void {
    this.registered.dispose();
  }
}

async function changeList({ folder }: OpenedLab, node: NodeSpec): Promise<string> {
  const first = (await folder.keptFirstForm(node)) ?? '';
  return changesMarkdown(node.conf, confChanges(first, await folder.confText(node), node.kind));
}
