import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { commandIds } from '../../contributions';
import { isAlive, nodeOf } from '../../core/model/labState';
import type { LabCatalog } from '../labs/labCatalog';
import type { NodeRef } from '../labs/nodeRef';
import { labConfOf } from './labConfs';
import type { LiveValues } from './liveValues';

/** Above the conf of a lab's node: start or stop it, its log, what changed since the first form, and what can be applied to it. */
export class ConfLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;
  private statuses = '';
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly catalog: LabCatalog,
    private readonly live: LiveValues,
  ) {
    // A lab tells every beat; the lenses only depend on which nodes run.
    const look = (): void => {
      const now = this.catalog.labs
        .flatMap(({ opened }) => Object.values(opened?.session.store.state.nodes ?? {}))
        .map(({ spec, status }) => `${spec.port} ${spec.conf} ${status}`)
        .join('\n');
      if (now === this.statuses) return;
      this.statuses = now;
      this.changed.fire();
    };
    this.listening = vscode.Disposable.from(
      catalog.onDidChangeLab(look),
      catalog.onDidChangeList(look),
      live.onDidChange(() => this.changed.fire()),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const own = labConfOf(this.catalog, document.uri.fsPath);
    if (!own || own.isFirstForm || !vscode.workspace.isTrusted) return [];
    const { entry, lab, node } = own;
    const state = nodeOf(lab.session.store.state, node.name);
    const ref: NodeRef = { lab: entry.directory, nodes: [node.name] };
    const at = new vscode.Range(0, 0, 0, 0);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(at, { title, command, arguments: [ref] });
    const lenses = [
      state && isAlive(state)
        ? lens(`$(debug-stop) ${l10n.t('Stop {0}', node.name)}`, commandIds.stopNode)
        : lens(`$(play) ${l10n.t('Start {0}', node.name)}`, commandIds.startNode),
      lens(l10n.t('Open Log'), commandIds.openLog),
    ];
    if (existsSync(lab.folder.paths.firstConf(node)))
      lenses.push(lens(l10n.t('Show Changes'), commandIds.showConfChanges));
    const { length } = await this.live.differences(document);
    if (length > 0) lenses.push(lens(l10n.t('Apply to Running Node ({0})', length), commandIds.applyConf));
    return lenses;
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }
}
