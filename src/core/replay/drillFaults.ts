import { isLinkFault, readFault, type Fault, type FaultType } from '../drill/fault';
import type { ReplayFault } from './replayLine';

/** A step of a drill, as far as it is about faults. `at` in milliseconds since 1970. */
export interface FaultStep {
  readonly at: number;
  /** As the report has them: plain data. */
  readonly faults: readonly unknown[];
  readonly heals: string | null;
}

/** What was on from when to when. `endedAt`: when the drill undid what was left. */
export function drillFaults(steps: readonly FaultStep[], endedAt: number): readonly ReplayFault[] {
  const spans: { fault: Fault; from: number; to: number | undefined }[] = [];
  for (const { at, faults, heals } of steps) {
    if (heals !== null) end(spans, at, ({ type }) => heals === 'all' || heals === type);
    for (const value of faults) {
      const result = readFault(value);
      if (!('fault' in result)) continue;
      const { fault } = result;
      const undone = isLinkFault(fault) ? undefined : undoes[fault.type];
      if (undone && !isLinkFault(fault))
        end(spans, at, other => undone.includes(other.type) && 'node' in other && other.node === fault.node);
      spans.push({ fault, from: at, to: endOf(fault, at) });
    }
  }
  end(spans, endedAt, () => true);
  return spans;
}

function end(
  spans: readonly { readonly fault: Fault; readonly from: number; to: number | undefined }[],
  at: number,
  fits: (fault: Fault) => boolean,
): void {
  for (const span of spans) if ((span.to === undefined || span.to > at) && fits(span.fault)) span.to = at;
}

const undoes: Partial<Readonly<Record<FaultType, readonly FaultType[]>>> = {
  start: ['kill', 'stop'],
  resume: ['freeze'],
};

/** Some are over at once, some by themselves; all others last until somebody undoes them. */
function endOf(fault: Fault, at: number): number | undefined {
  switch (fault.type) {
    case 'start':
    case 'resume':
    case 'restart':
    case 'failover':
      return at;
    case 'pause':
      return at + fault.milliseconds;
    case 'sleep':
      return at + fault.seconds * 1_000;
    default:
      return undefined;
  }
}
