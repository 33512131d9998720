import type { Undo } from '../../core/drill/activeFault';
import type { Fault, FaultType } from '../../core/drill/fault';
import { configKind } from './configValues';
import { diskFullKind } from './diskFull';
import { killKind, restartKind, startKind, stopKind } from './endedNode';
import type { FaultKind } from './faultKind';
import { freezeKind, resumeKind } from './frozenNode';
import { linkKind } from './linkRules';
import { pauseKind } from './pausedClients';
import { failoverKind } from './requestedFailover';
import { sleepKind } from './sleepingServer';
import { unwritableKind } from './unwritableFolder';

const kinds = {
  kill: killKind,
  stop: stopKind,
  start: startKind,
  freeze: freezeKind,
  resume: resumeKind,
  restart: restartKind,
  pause: pauseKind,
  sleep: sleepKind,
  config: configKind,
  unwritable: unwritableKind,
  'disk-full': diskFullKind,
  failover: failoverKind,
  cut: linkKind,
  delay: linkKind,
  lossy: linkKind,
};

/** How faults of this type are done and undone. That type, fault and undo belong together was checked when they were read. */
export function faultKind(type: FaultType): FaultKind<Fault, Undo> {
  return kinds[type];
}
