import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { logHover } from '../../core/editor/logHover';
import type { OutlineEntry, OutlineKind } from '../../core/editor/outline';
import type { LineRange } from '../../core/editor/textLines';
import type { ExplainTexts } from '../../core/explain/explainTexts';
import { Recogniser } from '../../core/log/logRecord';
import { StoryReader } from '../../core/story/collect';
import { readExplainTexts } from '../../node/files/explainTexts';
import { LogDocuments, linesOfDocument } from './logDocuments';

/** A hover does not wait for longer until a large text is read; it then tells what the line alone tells. */
const hoverPatience = 400;

/**
 * What the editor shows of a log: hovers, outline, folding. Loaded when the first of them is asked for, because of the tables of all
 * messages.
 */
export class LogFeatures implements vscode.Disposable {
  private readonly recogniser = new Recogniser();
  private readonly documents = new LogDocuments({ recogniser: this.recogniser, story: new StoryReader() });
  private texts: ExplainTexts | undefined;

  constructor(private readonly l10nFolder: string) {}

  dispose(): void {
    this.documents.dispose();
  }

  async hover(document: vscode.TextDocument, { line }: vscode.Position): Promise<vscode.Hover | undefined> {
    const model = await this.documents.soon(document, hoverPatience);
    this.texts ??= readExplainTexts(this.l10nFolder, vscode.env.language);
    const tools = { recogniser: this.recogniser, texts: this.texts };
    const found = logHover(linesOfDocument(document), line + 1, tools, model);
    if (!found) return undefined;
    return new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeOf(document, found));
  }

  async symbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const model = await this.documents.get(document);
    return (model?.outline ?? []).flatMap(entry => {
      const first = document.validateRange(lineRange(entry.first));
      const range = rangeOf(document, entry);
      return range.contains(first)
        ? [new vscode.DocumentSymbol(entry.name, '', symbolKinds[entry.kind], range, first)]
        : [];
    });
  }

  async foldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    const model = await this.documents.get(document);
    if (!model) return [];
    const ranges: readonly (LineRange | OutlineEntry)[] = [...model.outline, ...model.folded];
    return ranges
      .filter(({ first, last }) => last > first && last <= document.lineCount)
      .map(({ first, last }) => new vscode.FoldingRange(first - 1, last - 1));
  }
}

const symbolKinds: Readonly<Record<OutlineKind, vscode.SymbolKind>> = {
  failover: vscode.SymbolKind.Event,
  sync: vscode.SymbolKind.Interface,
  start: vscode.SymbolKind.Constructor,
  stop: vscode.SymbolKind.Null,
  crash: vscode.SymbolKind.Object,
  configError: vscode.SymbolKind.Key,
};

function lineRange(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
}

function rangeOf(document: vscode.TextDocument, { first, last }: LineRange): vscode.Range {
  return document.validateRange(lineRange(first).union(lineRange(last)));
}

/** Said once a file: VS Code keeps texts of this size to itself. */
export async function offerReport(name: string): Promise<boolean> {
  const explain = l10n.t('Explain This Log');
  const picked = await vscode.window.showInformationMessage(
    l10n.t(
      '{0} is larger than 50 MB, so VS Code shows it without explanations, outline and folding. "{1}" reads all of it and tells what happened.',
      name,
      explain,
    ),
    explain,
  );
  return picked === explain;
}
