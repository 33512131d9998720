import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds } from '../../contributions';
import type { ChosenVersion, VersionSource } from '../../core/conf/editor/chosenVersion';
import { readVersionComment } from '../../core/conf/editor/confFile';
import { standInFor } from '../../core/conf/directives';
import { displayVersion, formatVersion } from '../../core/conf/serverVersion';
import type { ConfDocuments } from './confDocuments';
import { isConf, type ConfVersions } from './confVersions';

/** Shows in the status bar for which version the conf in front is read; a click chooses another one. */
export class ConfVersionItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'redisHaLab.versionOfConf',
    vscode.StatusBarAlignment.Right,
    100,
  );
  private readonly listening: vscode.Disposable;
  private turn = 0;

  constructor(
    private readonly versions: ConfVersions,
    private readonly documents: ConfDocuments,
  ) {
    this.item.name = l10n.t('Redis Version of Conf');
    this.item.command = commandIds.chooseConfVersion;
    const update = (): void => void this.update();
    this.listening = vscode.Disposable.from(
      versions.onDidChange(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.workspace.onDidOpenTextDocument(update),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) update();
      }),
    );
    update();
  }

  private async update(): Promise<void> {
    const turn = ++this.turn;
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isConf(document)) {
      this.item.hide();
      return;
    }
    const chosen = await this.versions.of(document);
    // Another editor may have come to the front while the server was asked.
    if (turn !== this.turn) return;
    this.item.text = displayVersion(chosen.version);
    this.item.tooltip = this.tooltip(document, chosen);
    this.item.accessibilityInformation = {
      label: l10n.t('This conf is read for {0}', displayVersion(chosen.version)),
    };
    this.item.show();
  }

  private tooltip(document: vscode.TextDocument, { version, source }: ChosenVersion): string {
    const standIn = standInFor(version);
    const comment = readVersionComment(this.documents.conf(document));
    return [
      l10n.t('This conf is read for {0}.', displayVersion(version)),
      sourceText(source),
      formatVersion(standIn).endsWith(formatVersion(version).replace(/^\D+/, ''))
        ? undefined
        : l10n.t('It was not tested itself; {0} stands in for it.', displayVersion(standIn)),
      comment && !comment.version
        ? l10n.t('"{0}" in line {1} is not a version. Write one such as 7.0.15.', comment.text, comment.line)
        : undefined,
      l10n.t('Click to choose another version.'),
    ]
      .filter(line => line !== undefined)
      .join('\n');
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }
}

function sourceText(source: VersionSource): string {
  switch (source) {
    case 'comment':
      return l10n.t('The comment "# redis-version" in the file says so.');
    case 'lab':
      return l10n.t('It is the server of the lab.');
    case 'setting':
      return l10n.t('The setting "redisHaLab.confVersion" says so.');
    case 'binary':
      return l10n.t('It is the server that was found on this machine.');
    case 'newest':
      return l10n.t('No server was found, so it is the newest version that is known.');
  }
}
