import { addErrors, type ErrorCounts } from '../probe/errorClass';
import type { ProbeClientName } from '../probe/probeConfig';
import type { DrillProbe } from './drillRecord';

/** The probe of a drill in five figures. */
export interface ProbeSummary {
  /** By all clients together. */
  readonly acknowledged: number;
  /** Acknowledged, and not on the final master; undefined: nobody could look. */
  readonly lost: number | undefined;
  readonly errors: ErrorCounts;
  /** The longest outage of the client that asks Sentinels (of the other one where it is alone), in milliseconds. */
  readonly outageMs: number;
  /** The longest time in which an old master went on acknowledging, in milliseconds. */
  readonly staleMasterWindowMs: number | undefined;
}

/** One client in the same figures. */
export interface ClientSummary {
  readonly client: ProbeClientName;
  readonly attempted: number;
  readonly acknowledged: number;
  readonly lost: number | undefined;
  readonly errors: ErrorCounts;
  readonly outageMs: number;
}

export function clientSummaries({ ledger, verification }: DrillProbe): readonly ClientSummary[] {
  return ledger.clients.map(({ client, attempted, acknowledged, errors, outageMs }) => ({
    client,
    attempted,
    acknowledged,
    lost: verification?.clients.find(found => found.client === client)?.lostAcknowledged.count,
    errors,
    outageMs,
  }));
}

export function probeSummary(probe: DrillProbe): ProbeSummary {
  const clients = clientSummaries(probe);
  const main = clients.find(({ client }) => client === 'sentinel') ?? clients[0];
  return {
    acknowledged: clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    lost: probe.verification && clients.reduce((sum, { lost = 0 }) => sum + lost, 0),
    errors: clients.reduce<ErrorCounts>((sum, { errors }) => addErrors(sum, errors), {}),
    outageMs: main?.outageMs ?? 0,
    staleMasterWindowMs: probe.verification?.staleMasterWindowMs,
  };
}
