import * as vscode from 'vscode';
import { contextKeys } from '../../contributions';
import type { StoryPages } from '../editor/storyPages';
import { comparisonName, reportName } from './reportName';

/**
 * Tells when-clauses whether the page in front is the report of a drill, or a comparison of two. A preview does not say which file it
 * shows, but its tab has the name of it.
 */
export class DrillPageKey implements vscode.Disposable {
  private readonly listening: readonly vscode.Disposable[];
  private turn = 0;
  private isShown = false;

  constructor(private readonly pages: StoryPages) {
    const { tabGroups } = vscode.window;
    this.listening = [
      tabGroups.onDidChangeTabs(() => void this.look()),
      tabGroups.onDidChangeTabGroups(() => void this.look()),
    ];
    void this.look();
  }

  private async look(): Promise<void> {
    const turn = ++this.turn;
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const isDrill = tab !== undefined && isPreview(tab) && (await this.isNamedLikeDrill(tab.label));
    if (turn !== this.turn || isDrill === this.isShown) return;
    this.isShown = isDrill;
    await vscode.commands.executeCommand('setContext', contextKeys.drillPage, isDrill);
  }

  private async isNamedLikeDrill(label: string): Promise<boolean> {
    const drills = await Promise.all([reportName, comparisonName].map(name => this.pages.having(name)));
    return drills.flat().some(({ page }) => label.includes(`${page}.md`));
  }

  dispose(): void {
    for (const listener of this.listening) listener.dispose();
  }
}

function isPreview({ input }: vscode.Tab): boolean {
  // VS Code puts a word of its own in front.
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith('markdown.preview');
}
