import * as vscode from 'vscode';
import { confLanguageId } from '../../contributions';
import { linesToLookAt, looksLikeConf } from '../../core/conf/editor/looksLikeConf';
import type { ServerFinder } from '../../node/serverFinder';
import type { LabCatalog } from '../labs/labCatalog';
import type { PasswordStore } from '../labs/passwordStore';
import { ConfDiagnostics } from './confDiagnostics';
import { ConfDocuments } from './confDocuments';
import { ConfFeatures } from './confFeatures';
import { ConfLenses } from './confLenses';
import { ConfLibrary } from './confLibrary';
import { ConfQuickFixes } from './confQuickFixes';
import { ConfSurroundings } from './confSurroundings';
import { ConfVersionItem } from './confVersionItem';
import { ConfVersions, isConf } from './confVersions';
import { labConfOf } from './labConfs';
import { LiveHints } from './liveHints';
import { LiveValues } from './liveValues';

/** What the language of confs needs from the rest of the extension. */
export interface ConfLanguageContext {
  readonly catalog: LabCatalog;
  readonly finder: ServerFinder;
  readonly passwords: PasswordStore;
  /** Has what the directives do, in every language. */
  readonly l10nFolder: string;
}

/** The language of confs: which texts are in it, its version, and everything that the editor shows of them. */
export class ConfLanguage implements vscode.Disposable {
  readonly documents: ConfDocuments;
  readonly versions: ConfVersions;
  readonly library: ConfLibrary;
  readonly live: LiveValues;
  readonly diagnostics: ConfDiagnostics;
  private readonly parts: vscode.Disposable;
  /** Texts that were put into the language once: who takes them out again means it. */
  private readonly seen = new Set<string>();

  constructor({ catalog, finder, passwords, l10nFolder }: ConfLanguageContext) {
    this.documents = new ConfDocuments(catalog);
    this.versions = new ConfVersions(catalog, finder, this.documents);
    this.library = new ConfLibrary(l10nFolder);
    const { documents, versions, library } = this;
    this.live = new LiveValues({ catalog, passwords, documents, versions, library });
    this.diagnostics = new ConfDiagnostics(catalog, versions, l10nFolder);
    const surroundings = new ConfSurroundings(catalog, documents);
    const features = new ConfFeatures({
      catalog,
      documents,
      versions,
      library,
      surroundings,
      live: this.live,
    });
    const lenses = new ConfLenses(catalog, this.live);
    const { languages, workspace } = vscode;
    const selector = { language: confLanguageId };
    this.parts = vscode.Disposable.from(
      this.versions,
      this.live,
      lenses,
      new ConfVersionItem(versions, documents),
      this.diagnostics,
      languages.registerCodeActionsProvider(selector, new ConfQuickFixes(this.diagnostics), {
        providedCodeActionKinds: ConfQuickFixes.kinds,
      }),
      languages.registerDocumentSymbolProvider(selector, features, { label: 'Redis' }),
      languages.registerFoldingRangeProvider(selector, features),
      languages.registerDocumentLinkProvider(selector, features),
      languages.registerDocumentFormattingEditProvider(selector, features),
      languages.registerDocumentRangeFormattingEditProvider(selector, features),
      languages.registerHoverProvider(selector, features),
      languages.registerCompletionItemProvider(selector, features, ' '),
      languages.registerCodeLensProvider(selector, lenses),
      languages.registerInlayHintsProvider(selector, new LiveHints(this.live)),
      workspace.onDidOpenTextDocument(document => void this.recognise(document, catalog)),
      catalog.onDidChangeList(() => this.recogniseAll(catalog)),
    );
    this.recogniseAll(catalog);
  }

  private recogniseAll(catalog: LabCatalog): void {
    for (const document of vscode.workspace.textDocuments) void this.recognise(document, catalog);
  }

  /** VS Code goes by names: a conf of a lab may have any, and others tell by their first lines what they are. */
  private async recognise(document: vscode.TextDocument, catalog: LabCatalog): Promise<void> {
    const { uri, languageId, isClosed } = document;
    if (uri.scheme !== 'file' || isClosed || isConf(document) || !plainLanguages.has(languageId)) return;
    const key = uri.toString();
    if (this.seen.has(key)) return;
    const isLabConf = labConfOf(catalog, uri.fsPath) !== undefined;
    if (
      !isLabConf &&
      !(/\.(?:conf|cfg|config)(?:\.\w+)?$/i.test(uri.path) && looksLikeConf(beginning(document)))
    )
      return;
    this.seen.add(key);
    await vscode.languages.setTextDocumentLanguage(document, confLanguageId);
  }

  dispose(): void {
    this.parts.dispose();
  }
}

/** What VS Code takes a text for that it knows nothing better of; `.conf` counts as properties. */
const plainLanguages: ReadonlySet<string> = new Set(['plaintext', 'properties', 'ini']);

function beginning(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(0, 0, linesToLookAt, 0));
}
