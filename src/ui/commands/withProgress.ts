import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds } from '../../contributions';
import type { OperationOptions } from '../../lab/labOperator';
import { Cancelled } from '../errors';

/**
 * Shows a long command in a notification that names the step and can be cancelled; a short one only in the status bar. Cancelling ends
 * the waiting with no error: what has been started stays.
 */
export async function withProgress(
  title: string,
  size: 'long' | 'short',
  work: (options: OperationOptions) => Promise<void>,
): Promise<void> {
  const location = size === 'long' ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
  await vscode.window.withProgress(
    { location, title, cancellable: size === 'long' },
    async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort(new Cancelled()));
      let shown = 0;
      const link = size === 'long' ? ` · [${l10n.t('log')}](command:${commandIds.showOutput})` : '';
      await work({
        signal: cancel.signal,
        warn: text => void vscode.window.showWarningMessage(text),
        report: ({ text, done, total }) => {
          const now = (100 * done) / total;
          progress.report({ message: text + link, increment: now - shown });
          shown = now;
        },
      });
    },
  );
}
