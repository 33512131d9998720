import type { ReadyFacts } from '../../core/drill/readyLight';
import type { LabState } from '../../core/model/labState';
import type { LabFolder } from '../files/labFolder';
import { askReplicaViews } from '../redis/replicaViews';
import { FailoverAttemptReader } from './failoverAttempts';

/** What the ready light and a prediction need beside the state: asked of the Sentinels, and read in their logs. */
export async function readReadyFacts(
  state: LabState,
  folder: LabFolder,
  reader = new FailoverAttemptReader(),
): Promise<Required<ReadyFacts>> {
  const [replicas, attempts] = await Promise.all([
    askReplicaViews(state, node => folder.passwordOf(node)),
    reader.read(state.lab, folder.paths),
  ]);
  return { replicas, attempts };
}
