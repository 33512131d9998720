import type { FailoverCause } from './failoverCause';
import { isLinkFault, type Fault } from './fault';
import type { Scenario } from './scenario';

/** What ends the master's service in a scenario, and with which step of `act`; undefined: nothing does. */
export interface DrillCause {
  readonly cause: FailoverCause;
  readonly step: number;
}

export function causeOf({ act }: Pick<Scenario, 'act'>): DrillCause | undefined {
  for (const [index, step] of act.entries()) {
    const cause = step.kind === 'fault' ? causeOfFault(step.fault) : undefined;
    if (cause) return { cause, step: index };
  }
  return undefined;
}

const masters: ReadonlySet<string> = new Set(['master', 'old-master']);

function causeOfFault(fault: Fault): FailoverCause | undefined {
  if (fault.type === 'failover') return 'request';
  if (isLinkFault(fault)) {
    // A link that is cut looks like a server that does not answer; one Sentinel alone that cannot see it is no cause.
    const others = masters.has(fault.from) ? fault.to : masters.has(fault.to) ? fault.from : undefined;
    return fault.type === 'cut' && others === 'all-sentinels' ? 'freeze' : undefined;
  }
  if (!masters.has(fault.node)) return undefined;
  switch (fault.type) {
    case 'kill':
    case 'stop':
      return 'kill';
    case 'freeze':
      return 'freeze';
    default:
      return undefined;
  }
}
