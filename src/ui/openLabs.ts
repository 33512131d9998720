import * as vscode from 'vscode';
import { isAlive, nodesOf } from '../core/model/labState';
import type { ServerFinder } from '../node/serverFinder';
import { startOpenedLab } from './commands/labCommands';
import { tellWhetherServerIsThere } from './commands/serverCommands';
import type { ErrorReporter } from './errors';
import type { LabCatalog } from './labs/labCatalog';
import { startsOnOpen } from './settings';

/** Finds the labs, and starts those of folders that ask for it. Nothing of it happens in a workspace that is not trusted. */
export async function openLabs(
  catalog: LabCatalog,
  finder: ServerFinder,
  errors: ErrorReporter,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  await tellWhetherServerIsThere(finder);
  await catalog.discover();
  for (const { directory, opened, isAdded } of catalog.labs) {
    if (isAdded || !opened || !startsOnOpen(vscode.Uri.file(directory))) continue;
    await opened.session.refresh();
    if (nodesOf(opened.session.store.state).some(isAlive)) continue;
    await startOpenedLab(opened).catch((error: unknown) => errors.report(error, directory));
  }
}
