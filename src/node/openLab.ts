import { resolve } from 'node:path';
import type { Lab, NodeSpec } from '../core/model/lab';
import { LabSession } from '../lab/labSession';
import type { LabSources } from '../lab/ports';
import { LabFolder } from './files/labFolder';
import { LabPaths } from './files/labPaths';
import { watchRuns } from './files/watchRuns';
import { NodeWatcher } from './redis/nodeWatcher';
import type { ServerFinder } from './serverFinder';

/** A lab with its real sources: the session that watches it, and its files. */
export interface OpenLab {
  readonly session: LabSession;
  readonly folder: LabFolder;
}

/** `askedPassword` gives what a person typed for a node whose conf does not tell its password. */
export function openLab(
  directory: string,
  lab: Lab,
  options: {
    readonly finder: ServerFinder;
    readonly askedPassword?: (node: NodeSpec) => Promise<string | undefined>;
  },
): OpenLab {
  const paths = new LabPaths(resolve(directory));
  const folder = new LabFolder(paths, () => session.lab, options.finder);
  const sources: LabSources = {
    watchNode: (node, masterName, dispatch) =>
      new NodeWatcher(node, {
        paths,
        masterName,
        dispatch,
        password: async asked => (await options.askedPassword?.(asked)) ?? folder.passwordOf(asked),
      }),
    watchRuns: onChange => watchRuns(paths, onChange),
  };
  const session: LabSession = new LabSession(paths.directory, lab, sources);
  return { session, folder };
}
