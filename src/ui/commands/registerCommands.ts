import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../contributions';
import { isNodeRef } from '../labs/nodeRef';
import type { CommandBody, CommandContext } from './commandContext';
import { adoptCommands } from './adoptCommand';
import { confChangeCommands } from './confChangeCommands';
import { confCommands } from './confCommands';
import { createLabCommands } from './createLabCommand';
import { drillCommands } from './drillCommands';
import { exerciseCommands } from './exerciseCommands';
import { explainCommands } from './explainCommands';
import { faultCommands } from './faultCommands';
import { labCommands } from './labCommands';
import { logCommands } from './logCommands';
import { nodeCommands } from './nodeCommands';
import { openCommands } from './openCommands';
import { serverCommands } from './serverCommands';
import { timelineCommands } from './timelineCommands';

/** Registers every command of the extension; each shows its own errors. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const bodies: Partial<Readonly<Record<CommandId, CommandBody>>> = {
    ...labCommands,
    ...logCommands,
    ...nodeCommands,
    ...faultCommands,
    ...drillCommands,
    ...exerciseCommands,
    ...openCommands,
    ...serverCommands,
    ...createLabCommands,
    ...confCommands,
    ...confChangeCommands,
    ...adoptCommands,
    ...explainCommands,
    ...timelineCommands,
  };
  const registered = Object.values(commandIds).map(id =>
    vscode.commands.registerCommand(id, async (target: unknown, selected: unknown) => {
      try {
        await bodies[id]?.(context, target, selected);
      } catch (error) {
        context.errors.report(error, isNodeRef(target) ? target.lab : onlyLab(context));
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** From the palette, the lab an error belongs to is only certain when there is one. */
function onlyLab({ catalog }: CommandContext): string | undefined {
  return catalog.labs.length === 1 ? catalog.labs[0]?.directory : undefined;
}
