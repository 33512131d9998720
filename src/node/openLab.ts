import { resolve } from 'node:path';
import type { Lab, NodeSpec } from '../core/model/lab';
import { LabOperator } from '../lab/labOperator';
import { LabSession } from '../lab/labSession';
import type { LabSources, NetworkRules, NodeControl } from '../lab/ports';
import { FaultKeeper } from './faults/faultKeeper';
import { LabFolder } from './files/labFolder';
import { LabPaths } from './files/labPaths';
import { watchRuns } from './files/watchRuns';
import { LabNetworkRules } from './network/networkRules';
import { NetworkWatcher } from './network/networkWatcher';
import { NodeWatcher } from './redis/nodeWatcher';
import type { ServerFinder } from './serverFinder';

/** A lab with its real sources: the session that watches it, its files, and what acts on it. */
export interface OpenLab {
  readonly session: LabSession;
  readonly folder: LabFolder;
  readonly operator: LabOperator;
  readonly faults: FaultKeeper;
}

/** What differs between the programs that open labs. */
export interface OpenLabOptions {
  readonly finder: ServerFinder;
  /** How nodes are started: in terminals, or in the background. */
  readonly control: (folder: LabFolder) => NodeControl;
  /** What a person typed for a node whose conf does not tell its password. */
  readonly askedPassword?: (node: NodeSpec) => Promise<string | undefined>;
  /** In place of the network that a lab has by its lab.json. */
  readonly network?: NetworkRules;
}

export function openLab(directory: string, lab: Lab, options: OpenLabOptions): OpenLab {
  const paths = new LabPaths(resolve(directory));
  const folder = new LabFolder(paths, () => session.lab, options.finder);
  const passwordOf = async (node: NodeSpec): Promise<string | undefined> =>
    (await options.askedPassword?.(node)) ?? folder.passwordOf(node);
  const control = options.control(folder);
  const network = new LabNetworkRules(paths);
  const faults = new FaultKeeper({
    paths,
    lab: () => session.lab,
    control,
    files: folder,
    passwordOf,
    get network() {
      return options.network ?? (session.lab.network ? network : undefined);
    },
    now: () => Date.now(),
  });
  const sources: LabSources = {
    watchNode: (node, masterName, dispatch) =>
      new NodeWatcher(node, { paths, masterName, dispatch, password: passwordOf }),
    watchNetwork: dispatch => new NetworkWatcher(paths, dispatch),
    watchRuns: onChange => watchRuns(paths, onChange),
    readFaults: () => faults.shown(),
  };
  const session: LabSession = new LabSession(paths.directory, lab, sources);
  return { session, folder, operator: new LabOperator(session, control, folder, faults), faults };
}
