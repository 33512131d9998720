import { LabOperator } from '../lab/labOperator';
import type { LabSession } from '../lab/labSession';
import type { LabFolder } from '../node/files/labFolder';
import { readLab } from '../node/files/readLab';
import { openLab } from '../node/openLab';
import { DetachedControl } from '../node/process/detachedControl';
import type { CliContext } from './context';

/** An open lab for the time of one command. */
export interface CliLab {
  readonly session: LabSession;
  readonly folder: LabFolder;
  readonly operator: LabOperator;
}

/** Opens a lab, looks at it once, does the work and closes it again. */
export async function withLab<T>(
  directory: string,
  context: CliContext,
  work: (lab: CliLab) => Promise<T>,
): Promise<T> {
  const { session, folder } = openLab(directory, await readLab(directory), { finder: context.finder });
  try {
    await session.refresh();
    return await work({
      session,
      folder,
      operator: new LabOperator(session, new DetachedControl(folder), folder),
    });
  } finally {
    session.dispose();
  }
}
