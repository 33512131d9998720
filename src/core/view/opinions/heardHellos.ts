import { sentinelTimes } from '../../drill/sentinelTimes';
import type { HelloView } from '../../model/helloView';
import { nodeAtPort, type LabState } from '../../model/labState';

/**
 * The hellos that count, of the one that was silent longest first. Who does not run says nothing, which is told elsewhere; and one that
 * was started a moment ago has not had the time: what was heard came from the process before.
 */
export function heardHellos(hellos: readonly HelloView[], state: LabState): readonly HelloView[] {
  return hellos
    .filter(({ port, heardBefore }) => {
      const node = nodeAtPort(state, port);
      if (node?.status === 'stopped' || node?.status === 'crashed' || node?.status === 'starting')
        return false;
      const uptime = (node?.info?.uptimeSeconds ?? Infinity) * 1_000;
      return uptime > sentinelTimes.helloLost || heardBefore <= sentinelTimes.helloLost;
    })
    .toSorted((a, b) => b.heardBefore - a.heardBefore);
}

/** Whether so long a silence is none of the usual. */
export function isLost({ heardBefore }: HelloView): boolean {
  return heardBefore > sentinelTimes.helloLost;
}
