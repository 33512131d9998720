import * as vscode from 'vscode';
import { confLanguageId, settingIds } from '../../contributions';
import { knownServers } from '../../core/conf/directives.generated';
import { chooseVersion, type ChosenVersion } from '../../core/conf/editor/chosenVersion';
import { parseVersionOfPerson, readVersionComment } from '../../core/conf/editor/confFile';
import { compareVersions, parseVersion, type ServerVersion } from '../../core/conf/serverVersion';
import type { ServerFinder } from '../../node/serverFinder';
import type { LabCatalog } from '../labs/labCatalog';
import type { ConfDocuments } from './confDocuments';
import { labConfOf } from './labConfs';

/** For which version each open conf is read. */
export class ConfVersions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly catalog: LabCatalog,
    private readonly finder: ServerFinder,
    private readonly documents: ConfDocuments,
  ) {
    const tell = (): void => this.changed.fire();
    this.listening = vscode.Disposable.from(
      catalog.onDidChangeList(tell),
      vscode.workspace.onDidGrantWorkspaceTrust(tell),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (
          event.affectsConfiguration(settingIds.confVersion) ||
          event.affectsConfiguration(settingIds.serverPath)
        )
          tell();
      }),
    );
  }

  /** Something outside of the confs changed: the version of any of them may be another one now. */
  readonly onDidChange = this.changed.event;

  async of(document: vscode.TextDocument): Promise<ChosenVersion> {
    const comment = readVersionComment(this.documents.conf(document))?.version;
    const lab = comment ? undefined : await this.ofLab(document.uri.fsPath);
    const setting = parseVersionOfPerson(confVersionSetting(document.uri));
    const binary = comment || lab || setting ? undefined : await this.found();
    return chooseVersion({ comment, lab, setting, binary }, newestRedis());
  }

  private async ofLab(file: string): Promise<ServerVersion | undefined> {
    const own = labConfOf(this.catalog, file);
    if (!own) return undefined;
    return own.lab.folder.server(own.node).then(
      server => server.version,
      () => undefined,
    );
  }

  private async found(): Promise<ServerVersion | undefined> {
    // No program is run for a workspace that is not trusted.
    if (!vscode.workspace.isTrusted) return undefined;
    return this.finder.find(undefined, '/').then(
      server => server.version,
      () => undefined,
    );
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }
}

function newestRedis(): ServerVersion {
  const own = knownServers
    .flatMap(name => parseVersion(name) ?? [])
    .filter(({ product }) => product === 'redis');
  const newest = own.toSorted(compareVersions).at(-1);
  if (!newest) throw new Error('no known version');
  return newest;
}

/** The version that the person set for all confs, or for those of this folder; empty: none. */
export function confVersionSetting(uri: vscode.Uri): string {
  return vscode.workspace.getConfiguration(undefined, uri).get<string>(settingIds.confVersion) ?? '';
}

export function isConf(document: vscode.TextDocument): boolean {
  return document.languageId === confLanguageId;
}
