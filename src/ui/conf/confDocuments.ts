import type * as vscode from 'vscode';
import type { ConfKind } from '../../core/conf/directives';
import { parseConf, type ConfText } from '../../core/conf/confText';
import { confKindOf } from '../../core/conf/editor/confFile';
import type { LabCatalog } from '../labs/labCatalog';
import { labConfOf } from './labConfs';

/** Open confs as they are read: each version of a text is read once, whoever asks. */
export class ConfDocuments {
  private readonly read = new WeakMap<vscode.TextDocument, { version: number; conf: ConfText }>();

  constructor(private readonly catalog: LabCatalog) {}

  conf(document: vscode.TextDocument): ConfText {
    const known = this.read.get(document);
    if (known?.version === document.version) return known.conf;
    const conf = parseConf(document.getText());
    this.read.set(document, { version: document.version, conf });
    return conf;
  }

  /** Of a lab's conf its node tells the kind: the file may be empty. */
  kind(document: vscode.TextDocument): ConfKind {
    const own = labConfOf(this.catalog, document.uri.fsPath);
    return own?.node.kind ?? confKindOf(this.conf(document), document.uri.fsPath);
  }
}
