import type { RunRecord } from '../../core/model/runRecord';
import type { LabPaths } from '../files/labPaths';
import { forgetRun, readRunRecord, writeRunRecord } from '../files/runRecords';

/** The name under which the process of a lab's network is recorded; no node can have it, because nodes are named by port. */
export const networkName = 'network';

/** Who the process of a lab's network is: kept like the record of a node in run/network.json. Its port is the one that takes orders. */
export interface NetworkRecord extends RunRecord {
  /** Whoever gives orders must know it; the file is for this user only. */
  readonly token: string;
}

export async function readNetworkRecord(paths: LabPaths): Promise<NetworkRecord | undefined> {
  const record = await readRunRecord(paths, networkName);
  if (!record) return undefined;
  const { token } = record as Partial<NetworkRecord>;
  return { ...record, token: typeof token === 'string' ? token : '' };
}

export async function writeNetworkRecord(paths: LabPaths, record: NetworkRecord): Promise<void> {
  await writeRunRecord(paths, record);
}

export async function forgetNetwork(paths: LabPaths, pid: number): Promise<void> {
  await forgetRun(paths, networkName, pid);
}
