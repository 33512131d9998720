import { resolve } from 'node:path';
import type { NodeSpec } from '../../core/model/lab';
import { processIdOf } from '../../core/model/serverInfo';
import type { LabPaths } from '../files/labPaths';
import { writeRunRecord } from '../files/runRecords';
import { identityOf } from './identity';
import { isClaimLeft, withStartClaim } from './startClaim';

/**
 * A program that is killed between making a server and noting it leaves its claim behind. The server that then runs with the node's
 * conf is the one it made, and is noted now. `info` is what the server says of itself; false when it is none of ours.
 */
export async function adoptOrphan(paths: LabPaths, node: NodeSpec, info: string): Promise<boolean> {
  const processId = processIdOf(info);
  const conf = /^config_file:(.+?)\r?$/m.exec(info)?.[1];
  if (processId === undefined || conf === undefined || resolve(conf) !== resolve(paths.conf(node)))
    return false;
  if (!(await isClaimLeft(paths, node.name))) return false;
  const found = await identityOf(processId);
  if (!found) return false;
  await withStartClaim(paths, node.name, () =>
    writeRunRecord(paths, {
      node: node.name,
      port: node.port,
      ...found,
      startedAt: Date.now(),
      runnerPid: undefined,
    }),
  );
  return true;
}
