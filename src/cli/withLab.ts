import { readLab } from '../node/files/readLab';
import { openLab, type OpenLab } from '../node/openLab';
import { DetachedControl } from '../node/process/detachedControl';
import type { CliContext } from './context';

/** An open lab for the time of one command. */
export type CliLab = OpenLab;

/** Opens a lab, looks at it once, does the work and closes it again. */
export async function withLab<T>(
  directory: string,
  context: CliContext,
  work: (lab: CliLab) => Promise<T>,
): Promise<T> {
  const opened = openLab(directory, await readLab(directory), {
    finder: context.finder,
    control: folder => new DetachedControl(folder, __dirname),
  });
  try {
    await opened.session.refresh();
    return await work(opened);
  } finally {
    opened.session.dispose();
  }
}
