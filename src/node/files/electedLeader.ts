import { sentinelNodes, type Lab, type NodeSpec } from '../../core/model/lab';
import type { LabPaths } from './labPaths';
import { readTail } from './readTail';

/** How much of each log is looked at, in bytes: the last failover stands near the end. */
const tailSize = 1_000_000;

/**
 * The Sentinel that won the newest election. Only the winner logs `+elected-leader`, and only after the epoch it was elected in, so
 * the logs tell; no command of a Sentinel does.
 */
export async function electedLeader(paths: LabPaths, lab: Lab): Promise<NodeSpec | undefined> {
  const elections = await Promise.all(
    sentinelNodes(lab).map(async node => ({
      node,
      epoch: lastElection(await readTail(paths.log(node), tailSize), lab.masterName),
    })),
  );
  const won = elections.filter(election => election.epoch !== undefined);
  return won.toSorted((a, b) => (b.epoch ?? 0) - (a.epoch ?? 0))[0]?.node;
}

function lastElection(log: string, masterName: string): number | undefined {
  const at = log.lastIndexOf(`+elected-leader master ${masterName} `);
  if (at < 0) return undefined;
  const epochs = [...log.slice(0, at).matchAll(/\+new-epoch (\d+)/g)];
  return Number(epochs.at(-1)?.[1] ?? 0);
}
