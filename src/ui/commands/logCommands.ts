import { commandIds, type CommandId } from '../../contributions';
import type { CommandBody } from './commandContext';

export const logCommands: Partial<Readonly<Record<CommandId, CommandBody>>> = {
  [commandIds.showLog]: ({ panel }) => panel.show(),
  [commandIds.clearLog]: async ({ panel }) => {
    panel.clear();
    await panel.show();
  },
  [commandIds.exportLog]: ({ panel }) => panel.export(),
};
