import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commandIds, languageId } from '../../contributions';
import { linesToLookAt, looksLikeLog } from '../../core/log/looksLikeLog';
import type { LogFeatures } from './logFeatures';

/** VS Code gives extensions no text that is larger. */
const largestText = 50 * 1024 * 1024;

/** The language of logs: which texts are in it, and its features, which are loaded when the first is asked for. */
export class LogLanguage implements vscode.Disposable {
  private features: Promise<LogFeatures> | undefined;
  private readonly registered: vscode.Disposable;
  /** Texts that were put into the language once: who takes them out again means it. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly l10nFolder: string,
    /** Whether a file is the log of a lab's node. */
    private readonly isLabLog: (file: string) => boolean,
  ) {
    const selector = { language: languageId };
    this.registered = vscode.Disposable.from(
      vscode.languages.registerHoverProvider(selector, {
        provideHover: async (document, position) => (await this.load()).hover(document, position),
      }),
      vscode.languages.registerDocumentSymbolProvider(
        selector,
        { provideDocumentSymbols: async document => (await this.load()).symbols(document) },
        { label: 'Redis' },
      ),
      vscode.languages.registerFoldingRangeProvider(selector, {
        provideFoldingRanges: async document => (await this.load()).foldingRanges(document),
      }),
      vscode.workspace.onDidOpenTextDocument(document => void this.recognise(document)),
      vscode.window.tabGroups.onDidChangeTabs(({ opened }) => opened.forEach(tab => void this.weigh(tab))),
    );
    this.recogniseAll();
    // The text that the extension was loaded for may be one that does not reach it.
    for (const { tabs } of vscode.window.tabGroups.all) tabs.forEach(tab => void this.weigh(tab));
  }

  /** Looks again at every open text: a lab may have come whose logs they are. */
  recogniseAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.recognise(document);
  }

  dispose(): void {
    this.registered.dispose();
    void this.features?.then(features => features.dispose());
  }

  private async load(): Promise<LogFeatures> {
    this.features ??= import('./logFeatures').then(loaded => new loaded.LogFeatures(this.l10nFolder));
    return this.features;
  }

  /** A name alone does not tell that a log is one of Redis: its first lines do. */
  private async recognise(document: vscode.TextDocument): Promise<void> {
    const { uri, languageId: language, isClosed } = document;
    if (uri.scheme !== 'file' || isClosed || !plainLanguages.has(language)) return;
    const key = uri.toString();
    if (this.seen.has(key)) return;
    if (!this.isLabLog(uri.fsPath) && !(language === 'log' && looksLikeLog(firstLines(document)))) return;
    this.seen.add(key);
    try {
      await vscode.languages.setTextDocumentLanguage(document, languageId);
    } catch {
      // It was closed meanwhile: the next time it is opened counts.
      this.seen.delete(key);
    }
  }

  /** Of a text that is too large nothing reaches an extension, so only its tab tells that it was opened. */
  private async weigh({ input }: vscode.Tab): Promise<void> {
    if (!(input instanceof vscode.TabInputText) || input.uri.scheme !== 'file') return;
    const { uri } = input;
    const key = `large ${uri.toString()}`;
    if (this.seen.has(key) || !/\.log(?:\.\d+)?$/.test(uri.path)) return;
    const info = await stat(uri.fsPath).catch(() => undefined);
    if (!info || info.size <= largestText) return;
    this.seen.add(key);
    const { fileLooksLikeLog } = await import('../../node/files/findLogs');
    if (!(await fileLooksLikeLog(uri.fsPath))) return;
    const { offerReport } = await import('./logFeatures');
    if (await offerReport(vscode.workspace.asRelativePath(uri)))
      await vscode.commands.executeCommand(commandIds.explainLogs, uri);
  }
}

/** What VS Code takes a text for that it knows nothing better of. */
const plainLanguages: ReadonlySet<string> = new Set(['log', 'plaintext']);

function* firstLines(document: vscode.TextDocument): Generator<string> {
  const count = Math.min(document.lineCount, linesToLookAt);
  for (let line = 0; line < count; line++) yield document.lineAt(line).text;
}
