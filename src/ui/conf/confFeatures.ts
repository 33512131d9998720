import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { confProposals, proposalMarkdown, type ConfProposal } from '../../core/conf/editor/confCompletion';
import { confFolding } from '../../core/conf/editor/confFolding';
import { confHover, type ConfScope } from '../../core/conf/editor/confHover';
import { confLinks } from '../../core/conf/editor/confLinks';
import { confOutline, type OutlineItem } from '../../core/conf/editor/confOutline';
import { formatConf } from '../../core/conf/editor/formatConf';
import type { LabCatalog } from '../labs/labCatalog';
import { textEdits } from './applyLineEdits';
import type { ConfDocuments } from './confDocuments';
import type { ConfLibrary } from './confLibrary';
import type { ConfVersions } from './confVersions';
import type { ConfSurroundings } from './confSurroundings';
import { labConfOf } from './labConfs';
import type { LiveValues } from './liveValues';

/** What the editor's features work with. */
export interface FeatureContext {
  readonly catalog: LabCatalog;
  readonly documents: ConfDocuments;
  readonly versions: ConfVersions;
  readonly library: ConfLibrary;
  readonly surroundings: ConfSurroundings;
  readonly live: LiveValues;
}

/** A proposal that knows what it was made of, so that its page is only written for the one that is looked at. */
class ConfCompletionItem extends vscode.CompletionItem {
  constructor(
    readonly proposal: ConfProposal,
    readonly scope: ConfScope,
  ) {
    super({ label: proposal.label, description: proposal.description });
  }
}

/** Outline, folding, links, formatting, hover and completion of confs, as VS Code asks for them. */
export class ConfFeatures
  implements
    vscode.DocumentSymbolProvider,
    vscode.FoldingRangeProvider,
    vscode.DocumentLinkProvider,
    vscode.DocumentFormattingEditProvider,
    vscode.DocumentRangeFormattingEditProvider,
    vscode.HoverProvider,
    vscode.CompletionItemProvider<ConfCompletionItem>
{
  constructor(private readonly context: FeatureContext) {}

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const { documents } = this.context;
    return confOutline(documents.conf(document), documents.kind(document)).map(item =>
      symbol(document, item),
    );
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return confFolding(this.context.documents.conf(document)).map(
      ({ kind, first, last }) =>
        new vscode.FoldingRange(
          first - 1,
          last - 1,
          kind === 'comment' ? vscode.FoldingRangeKind.Comment : vscode.FoldingRangeKind.Region,
        ),
    );
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    if (document.uri.scheme !== 'file') return [];
    const start = this.startFolder(document);
    return confLinks(this.context.documents.conf(document)).map(link => {
      const range = new vscode.Range(link.line - 1, link.start, link.line - 1, link.end);
      const file = vscode.Uri.file(path.resolve(start, ...link.steps));
      const shown = new vscode.DocumentLink(range, link.kind === 'folder' ? folderTarget(file) : file);
      shown.tooltip = file.fsPath;
      return shown;
    });
  }

  provideDocumentFormattingEdits(document: vscode.TextDocument): vscode.TextEdit[] {
    return textEdits(document, formatConf(this.context.documents.conf(document)));
  }

  provideDocumentRangeFormattingEdits(document: vscode.TextDocument, range: vscode.Range): vscode.TextEdit[] {
    return this.provideDocumentFormattingEdits(document).filter(
      edit => edit.range.start.line >= range.start.line && edit.range.start.line <= range.end.line,
    );
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const { documents, live } = this.context;
    const line = documents.conf(document).lines[position.line];
    if (!line) return undefined;
    const differences = await live.differences(document);
    const running = differences.find(difference => difference.line === line.line)?.running;
    const found = confHover(line, position.character, await this.scope(document), running);
    if (!found) return undefined;
    const range = new vscode.Range(position.line, found.start, position.line, found.end);
    return new vscode.Hover(new vscode.MarkdownString(found.markdown), range);
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<ConfCompletionItem[]> {
    const [scope, words] = await Promise.all([
      this.scope(document),
      this.context.surroundings.words(document),
    ]);
    const { text } = document.lineAt(position.line);
    return confProposals(text, position.character, scope, words).map(proposal => {
      const item = new ConfCompletionItem(proposal, scope);
      item.kind = itemKinds[proposal.kind];
      item.range = new vscode.Range(position.line, proposal.start, position.line, proposal.end);
      item.insertText = new vscode.SnippetString(proposal.snippet);
      item.sortText = proposal.sortText;
      item.filterText = proposal.filterText;
      if (proposal.isUnknown) item.tags = [vscode.CompletionItemTag.Deprecated];
      return item;
    });
  }

  resolveCompletionItem(item: ConfCompletionItem): ConfCompletionItem {
    const page = proposalMarkdown(item.proposal, item.scope);
    if (page !== undefined) item.documentation = new vscode.MarkdownString(page);
    return item;
  }

  private async scope(document: vscode.TextDocument): Promise<ConfScope> {
    const { documents, versions, library } = this.context;
    const [{ version }, catalog] = await Promise.all([versions.of(document), library.load()]);
    return { kind: documents.kind(document), version, catalog };
  }

  /** A lab starts a node in its data folder; other confs are usually started where they lie. */
  private startFolder(document: vscode.TextDocument): string {
    const own = labConfOf(this.context.catalog, document.uri.fsPath);
    return own ? own.lab.folder.paths.data(own.node) : path.dirname(document.uri.fsPath);
  }
}

/** A folder cannot be opened in an editor: it is shown where its files are listed. */
function folderTarget(folder: vscode.Uri): vscode.Uri {
  const command = vscode.workspace.getWorkspaceFolder(folder) ? 'revealInExplorer' : 'revealFileInOS';
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([folder]))}`);
}

const itemKinds: Readonly<Record<ConfProposal['kind'], vscode.CompletionItemKind>> = {
  directive: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  name: vscode.CompletionItemKind.Constant,
};

const symbolKinds: Readonly<Record<OutlineItem['kind'], vscode.SymbolKind>> = {
  section: vscode.SymbolKind.Namespace,
  master: vscode.SymbolKind.Object,
  directive: vscode.SymbolKind.Property,
};

function symbol(document: vscode.TextDocument, item: OutlineItem): vscode.DocumentSymbol {
  const at = document.lineAt(item.line - 1).range;
  const range = new vscode.Range(
    item.first - 1,
    0,
    item.last - 1,
    document.lineAt(item.last - 1).text.length,
  );
  const name = item.kind === 'master' ? l10n.t('master {0}', item.name) : item.name;
  const shown = new vscode.DocumentSymbol(name, item.detail, symbolKinds[item.kind], range.union(at), at);
  shown.children = item.children.map(child => symbol(document, child));
  return shown;
}
