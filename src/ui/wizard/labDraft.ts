import { planPorts, type LabPlan } from '../../core/model/labPlan';
import type { PortOwner } from '../../core/model/labState';

/** A lab while it is being put together in the wizard. */
export interface LabDraft {
  readonly plan: LabPlan;
  /** The folder it will be written to, absolute. */
  readonly directory: string;
  readonly password: string | undefined;
  /** Why the ports are not the usual ones. */
  readonly portNote: { readonly port: number; readonly owner: PortOwner } | undefined;
}

/** `6379–6381, 26379–26381`. */
export function portsText(plan: LabPlan): string {
  const { servers, sentinels } = planPorts(plan);
  return [servers, sentinels].flatMap(ports => rangeText(ports)).join(', ');
}

function rangeText(ports: readonly number[]): string[] {
  const [first] = ports;
  const last = ports.at(-1);
  if (first === undefined || last === undefined) return [];
  return [first === last ? String(first) : `${first}–${last}`];
}
