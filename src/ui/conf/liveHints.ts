import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LiveValues } from './liveValues';

/** Behind each line with which the running node differs: the value it runs with. */
export class LiveHints implements vscode.InlayHintsProvider {
  readonly onDidChangeInlayHints: vscode.Event<void>;

  constructor(private readonly live: LiveValues) {
    this.onDidChangeInlayHints = live.onDidChange;
  }

  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    const differences = await this.live.differences(document);
    return differences
      .filter(({ line }) => line - 1 >= range.start.line && line - 1 <= range.end.line)
      .map(({ line, running, isRuntime }) => {
        const end = document.lineAt(line - 1).range.end;
        const hint = new vscode.InlayHint(end, l10n.t('running: {0}', running));
        hint.paddingLeft = true;
        hint.tooltip = isRuntime
          ? l10n.t('The node runs with this value. "Apply to Running Node" sets the one that the file says.')
          : l10n.t('The node runs with this value. What the file says counts from the next start on.');
        return hint;
      });
  }
}
