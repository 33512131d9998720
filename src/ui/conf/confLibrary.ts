import * as vscode from 'vscode';
import { DirectiveCatalog } from '../../core/conf/directiveCatalog';
import { readDirectiveTexts } from '../../node/files/directiveTexts';

/** What is known of all directives; read when the first conf is looked at. */
export class ConfLibrary {
  private loading: Promise<DirectiveCatalog> | undefined;

  constructor(private readonly l10nFolder: string) {}

  async load(): Promise<DirectiveCatalog> {
    this.loading ??= this.read();
    return this.loading;
  }

  private async read(): Promise<DirectiveCatalog> {
    const { directiveTables } = await import('../../core/conf/specs/directiveTables');
    const texts = readDirectiveTexts(this.l10nFolder, vscode.env.language);
    return new DirectiveCatalog(directiveTables, texts);
  }
}
