import type * as vscode from 'vscode';
import type { LabCatalog } from '../labs/labCatalog';
import { ConfChangeNotes } from './confChangeNotes';
import { ConfViews } from './confViews';

/** What comparing confs needs while the extension runs: the documents to compare with, and the notes behind the lines. */
export class ConfComparison implements vscode.Disposable {
  private readonly views: ConfViews;
  private readonly notes = new ConfChangeNotes();

  constructor(catalog: LabCatalog) {
    this.views = new ConfViews(catalog);
  }

  dispose(): void {
    this.views.dispose();
    this.notes.dispose();
  }
}
