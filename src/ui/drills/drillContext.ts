import type * as vscode from 'vscode';
import type { ServerFinder } from '../../node/serverFinder';
import type { StoryPages } from '../editor/storyPages';
import type { LabCatalog } from '../labs/labCatalog';

/** What drills need from the rest of the extension. */
export interface DrillContext {
  readonly catalog: LabCatalog;
  readonly finder: ServerFinder;
  readonly pages: StoryPages;
  /** Where `keeper.js`, `probe.js` and `drills.json` are, absolute. */
  readonly programs: string;
  readonly l10nFolder: string;
  /** What is kept from window to window. */
  readonly memory: vscode.Memento;
  /** The extension's own folder. */
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}
