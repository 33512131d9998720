import * as l10n from '@vscode/l10n';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '../../core/drill/scenario';
import { labObstacles } from '../../core/drill/scenarioLab';
import { HumanError } from '../../core/humanError';
import { sentinelNodes, serverNodes } from '../../core/model/lab';
import { nodesOf } from '../../core/model/labState';
import type { OperationOptions } from '../../lab/labOperator';
import { readLab } from '../files/readLab';
import { KeeperProcess } from '../keeper/keeperProcess';
import { openLab, type OpenLab } from '../openLab';
import { DetachedControl } from '../process/detachedControl';
import { killNode } from '../process/endNode';
import type { ServerFinder } from '../serverFinder';
import { DrillClaim } from './drillClaim';
import { createTemporaryLab, temporaryFolder, type FindPorts } from './temporaryLab';

/** A lab in which a drill can be done, with the keeper that cleans up when this program is killed. */
export interface DrillLab {
  readonly lab: OpenLab;
  readonly keeper: KeeperProcess;
  /** Leaves everything as it was found: what was started is stopped, what was made is removed. */
  close(): Promise<void>;
}

export interface DrillLabOptions extends OperationOptions {
  readonly finder: ServerFinder;
  /** Where `keeper.js` and `probe.js` are, absolute. */
  readonly programs: string;
}

/** A lab made for one drill, in a temporary folder. It is running when this is done. */
export async function openTemporaryLab(
  { lab: needs, name }: Scenario,
  { findPorts, ...options }: DrillLabOptions & { readonly findPorts?: FindPorts },
): Promise<DrillLab> {
  const directory = await temporaryFolder();
  const keeper = await KeeperProcess.start(join(options.programs, 'keeper.js'), {
    lab: directory,
    down: true,
    remove: directory,
    server: undefined,
  });
  let opened: OpenLab | undefined;
  const close = async (): Promise<void> => {
    opened?.session.dispose();
    // Nobody needs the data of a folder that is removed.
    if (opened) await killAll(opened, options.programs);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    await keeper.done();
  };
  try {
    options.report({ text: l10n.t('making a lab for the drill'), done: 0, total: 1 });
    await createTemporaryLab(directory, needs, name, options.finder, findPorts);
    opened = await openThere(directory, options);
    await opened.operator.startLab(options);
    return { lab: opened, keeper, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A person's lab. Where nothing of it runs it is started, and stopped again afterwards. */
export async function openGivenLab(
  directory: string,
  { lab: needs, name }: Scenario,
  options: DrillLabOptions,
): Promise<DrillLab> {
  const lab = await readLab(directory);
  const opened = await openThere(directory, options);
  const { session, folder } = opened;
  try {
    const [first] = serverNodes(lab);
    const hasPassword = first !== undefined && (await folder.passwordOf(first)) !== undefined;
    const obstacles = labObstacles(needs, lab, { network: lab.network, password: hasPassword });
    if (obstacles.length > 0)
      throw new HumanError(
        l10n.t(
          'The drill "{0}" cannot be done in the lab "{1}". {2} "drill - {0}" makes a lab of its own.',
          name,
          lab.name,
          obstacles.join(' '),
        ),
      );
    await session.refresh();
  } catch (error) {
    session.dispose();
    throw error;
  }
  try {
    return await lendLab(opened, options, () => session.dispose());
  } catch (error) {
    session.dispose();
    throw error;
  }
}

/**
 * A lab that is open already. Where nothing of it runs it is started, and stopped again afterwards; `onClose` comes last. Unless it
 * `getsReady`, nobody waits for that.
 */
export async function lendLab(
  lab: OpenLab,
  { getsReady = true, ...options }: Omit<DrillLabOptions, 'finder'> & { readonly getsReady?: boolean },
  onClose: () => void = () => {},
): Promise<DrillLab> {
  const { session, folder, operator } = lab;
  const claim = await DrillClaim.take(folder.paths, session.lab.name);
  const isStopped = nodesOf(session.store.state).every(
    ({ status }) => status === 'stopped' || status === 'crashed',
  );
  let keeper: KeeperProcess | undefined;
  const close = async (): Promise<void> => {
    try {
      if (isStopped) await operator.stopLab({ ...options, signal: new AbortController().signal });
    } finally {
      await claim.giveBack();
      onClose();
      await keeper?.done();
    }
  };
  try {
    keeper = await KeeperProcess.start(join(options.programs, 'keeper.js'), {
      lab: folder.paths.directory,
      down: isStopped,
      remove: undefined,
      server: undefined,
    });
    await claim.keptBy(keeper.pid);
    if (isStopped && getsReady) await operator.startLab(options);
    else if (isStopped) {
      await operator.startNodes(serverNodes(session.lab), options);
      await operator.startNodes(sentinelNodes(session.lab), options);
    }
    return { lab, keeper, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openThere(directory: string, { finder, programs }: DrillLabOptions): Promise<OpenLab> {
  return openLab(directory, await readLab(directory), {
    finder,
    control: folder => new DetachedControl(folder, programs),
  });
}

async function killAll({ session, folder }: OpenLab, programs: string): Promise<void> {
  await Promise.all(session.lab.nodes.map(node => killNode(folder.paths, node).catch(() => undefined)));
  await new DetachedControl(folder, programs).network?.stop();
}
