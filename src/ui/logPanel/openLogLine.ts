import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { LogEntry } from '../../lab/logEntry';

/** Opens the log file at the line of an entry. Where the file was replaced since, says so instead of showing another line. */
export async function openLogLine({ file, line, node, record }: LogEntry): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file)).then(
    opened => opened,
    () => undefined,
  );
  // The last line may not be in the document yet: VS Code takes over a changed file after a moment.
  const isNewer = document !== undefined && line > document.lineCount - 1;
  const hasLine = (index: number): boolean =>
    document !== undefined && document.lineAt(index).text.includes(record.head.message.trim());
  if (!document || (!isNewer && !hasLine(line - 1)))
    throw new HumanError(
      l10n.t('This line is not in the log of {0} any more: the file was replaced or deleted.', node),
      { node },
    );
  const at = new vscode.Position(Math.min(line, document.lineCount) - 1, 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at), preview: true });
}
