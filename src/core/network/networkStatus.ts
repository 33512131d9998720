import type { LabState } from '../model/labState';

/** `none`: the lab has no network; `crashed`: its process ended without being asked to. */
export type NetworkStatus = 'none' | 'stopped' | 'running' | 'frozen' | 'crashed';

/** How the process that carries the connections of a lab is. One that nobody has looked at yet counts as running. */
export function networkStatus({ lab, network }: LabState): NetworkStatus {
  if (!lab.network) return 'none';
  if (network === undefined) return 'running';
  if (network.life !== 'gone') return network.life;
  return network.record === undefined ? 'stopped' : 'crashed';
}
