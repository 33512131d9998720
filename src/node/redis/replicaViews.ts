import { nodesOf, type LabState } from '../../core/model/labState';
import type { NodeSpec } from '../../core/model/lab';
import { readReplicaViews, type ReplicaView } from '../../core/model/replicaView';
import { endsWithin } from '../../lab/withinTime';
import { sendCommand } from './command';

/** How long a Sentinel may take, in milliseconds: one that is frozen accepts the connection and never answers. */
const answerTime = 1_000;

/**
 * Asks every Sentinel that runs once what it knows of the replicas, all at the same time; by the Sentinel's name. One that does not
 * answer, or does not know the master, is left out. Only asked for when somebody wants to know: a lab at rest needs none of it.
 */
export async function askReplicaViews(
  state: LabState,
  passwordOf: (node: NodeSpec) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, readonly ReplicaView[]>> {
  const sentinels = nodesOf(state).filter(node => node.spec.kind === 'sentinel' && node.status === 'running');
  const asked = await Promise.allSettled(
    sentinels.map(async ({ spec }) => {
      const password = await passwordOf(spec);
      // The old name of SENTINEL REPLICAS is known to every version.
      const reply = sendCommand(spec.listenPort, password, 'SENTINEL', 'SLAVES', state.lab.masterName);
      if (!(await endsWithin(reply, answerTime))) throw new Error(`${spec.name} does not answer`);
      return [spec.name, readReplicaViews(await reply)] as const;
    }),
  );
  return new Map(asked.flatMap(result => (result.status === 'fulfilled' ? [result.value] : [])));
}
