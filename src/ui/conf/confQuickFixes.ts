import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds } from '../../contributions';
import type { LintFinding } from '../../core/lint/lintFinding';
import type { Fix } from '../../core/lint/lineFixes';
import { chooseSafeFixes } from '../../core/lint/safeFixes';
import { textEdits } from './applyLineEdits';
import type { ConfDiagnostics } from './confDiagnostics';

/** All safe repairs of a conf at once, also on save where `editor.codeActionsOnSave` asks for it. */
const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('redisHaLab');

/** Quick fixes of what the diagnostics found, and all of them at once. */
export class ConfQuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, fixAllKind];

  constructor(private readonly diagnostics: ConfDiagnostics) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only, diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const findings = this.diagnostics.findings(document) ?? (await this.diagnostics.look(document));
    const together = safeEdit(document, findings);
    const all = together
      ? [fixAll(l10n.t('Fix everything that can be fixed safely'), fixAllKind, together)]
      : [];
    if (only && (fixAllKind.contains(only) || !vscode.CodeActionKind.QuickFix.intersects(only))) return all;
    const here = findings.filter(({ line }) => line - 1 >= range.start.line && line - 1 <= range.end.line);
    const single = here.flatMap(finding => {
      const own = diagnostics.filter(
        ({ code, range: place }) => code === finding.rule && place.start.line === finding.line - 1,
      );
      return finding.fixes.filter(isDoable).map((fix, index) => quickFix(document, fix, own, index === 0));
    });
    const count = findings.filter(({ fixes }) => fixes.some(isSafeEdit)).length;
    const quickly =
      together && single.length > 0 && count > 1
        ? [
            fixAll(
              l10n.t('Fix all {0} that can be fixed safely', count),
              vscode.CodeActionKind.QuickFix,
              together,
            ),
          ]
        : [];
    return [...single, ...quickly, ...all];
  }
}

function quickFix(
  document: vscode.TextDocument,
  fix: Fix,
  diagnostics: vscode.Diagnostic[],
  isPreferred: boolean,
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = diagnostics;
  action.isPreferred = isPreferred && fix.isSafe;
  if (fix.edits.length > 0) action.edit = workspaceEdit(document, [fix]);
  if (fix.convertsEncoding)
    action.command = {
      command: commandIds.saveConfAsUtf8,
      title: fix.title,
      arguments: [document.uri],
    };
  if (fix.makesFolder !== undefined)
    action.command = {
      command: commandIds.makeFolder,
      title: fix.title,
      arguments: [fix.makesFolder],
    };
  return action;
}

function isDoable({ edits, convertsEncoding, makesFolder }: Fix): boolean {
  return edits.length > 0 || convertsEncoding === true || makesFolder !== undefined;
}

function fixAll(title: string, kind: vscode.CodeActionKind, edit: vscode.WorkspaceEdit): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.edit = edit;
  return action;
}

function safeEdit(
  document: vscode.TextDocument,
  findings: readonly LintFinding[],
): vscode.WorkspaceEdit | undefined {
  const chosen = chooseSafeFixes(findings, isSafeEdit);
  return chosen.length === 0
    ? undefined
    : workspaceEdit(
        document,
        chosen.map(({ fix }) => fix),
      );
}

/** Only what edits can do: the encoding of a file is changed by a command of its own. */
function isSafeEdit({ isSafe, edits }: Fix): boolean {
  return isSafe && edits.length > 0;
}

function workspaceEdit(document: vscode.TextDocument, fixes: readonly Fix[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    textEdits(
      document,
      fixes.flatMap(({ edits }) => edits),
    ),
  );
  return edit;
}

/** Writes a conf anew as UTF-8 without a byte order mark; unsaved changes are saved with it. */
export async function saveConfAsUtf8(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  if (document.isDirty) await document.save();
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));
  // From now on VS Code saves it so, too.
  await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
}
