import * as vscode from 'vscode';
import { contextKeys } from '../../contributions';
import { confChanges, type ConfChange } from '../../core/conf/confChanges';
import { recognisedKind } from '../../core/conf/confKind';
import { authorText, changeText, copyLabel } from '../../core/view/confChangeText';
import { readConfView } from './confViews';

/** How long nothing may be typed until the notes follow, in milliseconds. */
const typingPause = 200;

/**
 * Notes behind the changed lines of a conf that is compared with its first form: who wrote the line and whether it may be copied; the
 * hover says why. What is gone is noted on the left side.
 */
export class ConfChangeNotes implements vscode.Disposable {
  private readonly style = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly noted = new Set<vscode.TextEditor>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.subscriptions = [
      vscode.window.onDidChangeVisibleTextEditors(() => this.refresh()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.refresh()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.comparisons().some(({ now }) => now === document.uri.toString())) this.refresh();
      }),
    ];
    this.refresh();
  }

  private refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), typingPause);
  }

  private show(): void {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    const isCompared = activeTab !== undefined && comparisonOf(activeTab) !== undefined;
    void vscode.commands.executeCommand('setContext', contextKeys.confCompared, isCompared);
    const editors = vscode.window.visibleTextEditors;
    const wanted = new Map<vscode.TextEditor, vscode.DecorationOptions[]>();
    for (const { first, now } of this.comparisons()) {
      const left = editors.find(({ document }) => document.uri.toString() === first);
      const right = editors.filter(({ document }) => document.uri.toString() === now);
      if (!left || right.length === 0) continue;
      const [nowText, file] = [right[0]?.document.getText() ?? '', right[0]?.document.fileName ?? ''];
      const changes = confChanges(
        left.document.getText(),
        nowText,
        recognisedKind(nowText, file) ?? 'server',
      );
      wanted.set(left, notesFor(left, changes, 'first'));
      for (const editor of right) wanted.set(editor, notesFor(editor, changes, 'now'));
    }
    for (const editor of this.noted) if (!wanted.has(editor)) editor.setDecorations(this.style, []);
    this.noted.clear();
    for (const [editor, notes] of wanted) {
      editor.setDecorations(this.style, notes);
      this.noted.add(editor);
    }
  }

  /** The comparisons with a first form that are open as tabs. */
  private comparisons(): readonly Comparison[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(tab => comparisonOf(tab) ?? []);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.style.dispose();
  }
}

/** The addresses of the two documents. */
interface Comparison {
  readonly first: string;
  readonly now: string;
}

function comparisonOf({ input }: vscode.Tab): Comparison | undefined {
  if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
  const view = readConfView(input.original);
  return view && view.version === undefined
    ? { first: input.original.toString(), now: input.modified.toString() }
    : undefined;
}

/** On the right all lines that are new or other, on the left those that are gone. */
function notesFor(
  { document }: vscode.TextEditor,
  changes: readonly ConfChange[],
  side: 'first' | 'now',
): vscode.DecorationOptions[] {
  return changes.flatMap(change => {
    const line = side === 'now' ? change.now : change.now ? undefined : change.first;
    if (!line || line.line > document.lineCount) return [];
    const { short, why, copy } = changeText(change);
    const hover = new vscode.MarkdownString();
    hover.appendMarkdown('**');
    hover.appendText(`${authorText(change.author)} · ${copyLabel(change.copy)}`);
    hover.appendMarkdown('**\n\n');
    hover.appendText(`${why} ${copy}`);
    return [
      {
        range: document.lineAt(line.line - 1).range,
        hoverMessage: hover,
        renderOptions: { after: { contentText: short } },
      },
    ];
  });
}
