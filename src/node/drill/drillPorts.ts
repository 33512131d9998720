import { join } from 'node:path';
import { Recogniser } from '../../core/log/logRecord';
import { verifyLedger } from '../../core/probe/verifyLedger';
import type { DrillPorts } from '../../lab/drill/drillPorts';
import { probeConfigFor } from '../probe/labProbe';
import { readPresentNumbers, removeProbeKeys } from '../probe/presentNumbers';
import { ProbeProcess } from '../probe/probeProcess';
import { identityOf, ownIdentity } from '../process/identity';
import { NumberedKeys } from './drillKeys';
import { FollowedDrillLogs } from './drillLogs';
import type { DrillLab } from './openDrillLab';
import { FailoverAttemptReader } from './failoverAttempts';
import { readReadyFacts } from './readyFacts';

/** What a drill needs, from a real lab. For one drill: its logs are followed once. */
export async function realDrillPorts({ lab, keeper }: DrillLab, programs: string): Promise<DrillPorts> {
  const { session, folder, faults } = lab;
  const passwordOf = folder.passwordOf.bind(folder);
  const attempts = new FailoverAttemptReader();
  return {
    session,
    faults,
    owner: { purpose: 'drill', process: await ownIdentity() },
    logs: new FollowedDrillLogs(folder.paths, session.lab, new Recogniser()),
    keys: new NumberedKeys(passwordOf),
    readyFacts: async () => readReadyFacts(session.store.state, folder, attempts),
    async startProbe({ clients, rate, replicaReads }, master) {
      const probe = new ProbeProcess(join(programs, 'probe.js'));
      const config = await probeConfigFor(session.lab, master, passwordOf, { clients, rate, replicaReads });
      const started = probe.start(config);
      const identity = probe.pid === undefined ? undefined : await identityOf(probe.pid);
      if (identity) keeper.watch(identity);
      await started;
      return probe;
    },
    async verify(master, record, promotions) {
      const present = await readPresentNumbers(master.listenPort, await passwordOf(master), record);
      return verifyLedger(record, present, promotions);
    },
    async removeProbeKeys(master, record) {
      await removeProbeKeys(master.listenPort, await passwordOf(master), record);
    },
    now: () => Date.now(),
    zoneMs: () => -new Date().getTimezoneOffset() * 60_000,
  };
}
