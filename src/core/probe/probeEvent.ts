import type { ErrorClass } from './errorClass';
import type { ProbeClientName } from './probeConfig';

/**
 * What a running probe tells. `at` is in milliseconds of the probe's clock.
 * - `started`: the first writes go out; `wallZero` is the clock's zero in milliseconds since 1970.
 * - `connected`, `disconnected`: a client has a server, or has it no more.
 * - `failing`: a write failed after others got through, told once for each kind of error; `writing`: one got through again, so many
 *   milliseconds after the last one did.
 * - `progress`: once a second.
 */
export type ProbeEvent =
  | { readonly type: 'started'; readonly at: number; readonly wallZero: number }
  | {
      readonly type: 'connected';
      readonly client: ProbeClientName;
      readonly at: number;
      readonly port: number;
      readonly runId: string | undefined;
    }
  | {
      readonly type: 'disconnected';
      readonly client: ProbeClientName;
      readonly at: number;
      readonly error: ErrorClass;
    }
  | {
      readonly type: 'failing';
      readonly client: ProbeClientName;
      readonly at: number;
      readonly error: ErrorClass;
    }
  | {
      readonly type: 'writing';
      readonly client: ProbeClientName;
      readonly at: number;
      readonly afterMs: number | undefined;
    }
  | { readonly type: 'progress'; readonly at: number; readonly clients: readonly ProbeProgress[] };

export interface ProbeProgress {
  readonly client: ProbeClientName;
  readonly attempted: number;
  readonly acknowledged: number;
  readonly failed: number;
}
