import type { ReadyFacts } from '../../core/drill/readyLight';
import type { LabState } from '../../core/model/labState';
import type { LabFolder } from '../files/labFolder';
import { askReplicaViews } from '../redis/replicaViews';
import { readFailoverAttempts } from './failoverAttempts';

/** What the ready light and a prediction need beside the state: asked of the Sentinels, and read in their logs. */
export async function readReadyFacts(state: LabState, folder: LabFolder): Promise<Required<ReadyFacts>> {
  const [replicas, attempts] = await Promise.all([
    askReplicaViews(state, node => folder.passwordOf(node)),
    readFailoverAttempts(state.lab, folder.paths),
  ]);
  return { replicas, attempts };
}
