import { realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from '../../core/model/runRecord';
import { readLab } from '../files/readLab';
import { openLab } from '../openLab';
import { DetachedControl } from '../process/detachedControl';
import { killNode } from '../process/endNode';
import { lifeOf, signalRecorded } from '../process/identity';
import { ServerFinder } from '../serverFinder';
import type { KeeperArguments } from './arguments';

/** How long a process may take to end by itself before it is killed, in milliseconds. */
const endTime = 2_000;
const lookInterval = 20;

/** Does what the owner of a drill no longer can: ends its processes, undoes the faults, and as told stops and removes the lab. */
export async function cleanUp(
  options: KeeperArguments,
  processes: readonly ProcessIdentity[],
): Promise<void> {
  await Promise.all(processes.map(endProcess));
  try {
    await cleanLab(options);
  } finally {
    if (options.remove !== undefined) await removeTemporary(options.remove, options.lab);
  }
}

async function cleanLab({ lab: directory, down, remove, server }: KeeperArguments): Promise<void> {
  const lab = await readLab(directory);
  const { session, folder, operator, faults } = openLab(directory, lab, {
    finder: new ServerFinder(() => server ?? process.env['REDIS_HA_LAB_SERVER']),
    control: folder => new DetachedControl(folder, __dirname),
  });
  try {
    await faults.undoAll({ start: !down });
    if (!down) return;
    await session.refresh();
    const { signal } = new AbortController();
    await operator.stopLab({ signal, report: () => {}, warn: () => {} }).catch(async (error: unknown) => {
      if (remove === undefined) throw error;
      // Nobody needs the data of a folder that is removed.
      await Promise.all(lab.nodes.map(node => killNode(folder.paths, node).catch(() => undefined)));
    });
  } finally {
    session.dispose();
  }
}

async function endProcess(identity: ProcessIdentity): Promise<void> {
  const named = { node: 'process', ...identity };
  await signalRecorded(named, 'SIGTERM').catch(() => false);
  for (let waited = 0; (await lifeOf(identity)) !== 'gone'; waited += lookInterval) {
    if (waited >= endTime) {
      await signalRecorded(named, 'SIGKILL').catch(() => false);
      return;
    }
    await sleep(lookInterval);
  }
}

/** Only ever a folder below the system's one for temporary files, and only with the lab in it. */
async function removeTemporary(folder: string, lab: string): Promise<void> {
  const [real, realLab, temporary] = await Promise.all([folder, lab, tmpdir()].map(path => realpath(path)));
  if (!real || !realLab || !temporary || !real.startsWith(temporary + sep)) return;
  if (realLab !== real && !realLab.startsWith(real + sep)) return;
  await rm(real, { recursive: true, force: true, maxRetries: 5 });
}
