import * as vscode from 'vscode';
import type { LineEdit } from '../../core/conf/confText';

/** Edits of lines as VS Code makes them; a line that goes takes its end along. */
export function textEdits(document: vscode.TextDocument, edits: readonly LineEdit[]): vscode.TextEdit[] {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  return edits.map(({ line, text }) => {
    const { range, rangeIncludingLineBreak } = document.lineAt(line - 1);
    if (text === null) return vscode.TextEdit.delete(rangeIncludingLineBreak);
    return vscode.TextEdit.replace(range, text.split('\n').join(eol));
  });
}
