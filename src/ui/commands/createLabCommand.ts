import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, viewId, type CommandId } from '../../contributions';
import { HumanError } from '../../core/humanError';
import { createLab } from '../../node/files/createLab';
import { createLabWizard } from '../wizard/createLabWizard';
import type { CommandBody } from './commandContext';
import { revealLab, startOpenedLab } from './labCommands';

const create: CommandBody = async ({ catalog, finder, tree, view }) => {
  if (!vscode.workspace.isTrusted)
    throw new HumanError(
      l10n.t(
        'This workspace is not trusted, so no lab is made in it. "Manage Workspace Trust" changes that.',
      ),
    );
  // Without a server the wizard would lead nowhere: say so first.
  await finder.find(undefined, '/');
  const labs = catalog.labs.flatMap(entry => (entry.opened ? [entry.opened.session.lab] : []));
  const { draft, start } = await createLabWizard({
    finder,
    usedPorts: new Set(labs.flatMap(lab => lab.nodes.flatMap(node => [node.port, node.listenPort]))),
    usedDirectories: new Set(catalog.labs.map(entry => entry.directory)),
  });
  await createLab(draft.directory, draft.plan, { finder, password: draft.password });
  const entry = await catalog.add(draft.directory);
  await vscode.commands.executeCommand(`${viewId}.focus`);
  await revealLab(tree, view, entry.directory);
  if (start && entry.opened) await startOpenedLab(entry.opened);
};

export const createLabCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.createLab]: create,
};
