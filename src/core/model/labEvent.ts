import type { ShownFault } from '../drill/activeFault';
import type { Lab } from './lab';
import type { ConnectionFailure, PortOwner } from './labState';
import type { ObservedProcess } from './runRecord';

/**
 * Everything that can happen to a lab. Replies arrive unread: reading them is the reducer's work, so that a recorded list of events
 * replays to the same state. `at` is in milliseconds since 1970, taken by the source.
 */
export type LabEvent =
  | { readonly type: 'labChanged'; readonly lab: Lab }
  | { readonly type: 'faultsObserved'; readonly faults: readonly ShownFault[] }
  | {
      readonly type: 'processObserved';
      readonly node: string;
      readonly at: number;
      readonly process: ObservedProcess;
    }
  /** The process that carries the connections of a lab with a network. */
  | { readonly type: 'networkObserved'; readonly at: number; readonly process: ObservedProcess }
  | { readonly type: 'requested'; readonly node: string; readonly what: 'start' | 'stop' | undefined }
  | { readonly type: 'infoReceived'; readonly node: string; readonly at: number; readonly text: string }
  | {
      readonly type: 'sentinelReplied';
      readonly node: string;
      readonly at: number;
      readonly info: string;
      /** The reply to SENTINEL MASTER; empty when the Sentinel does not know the master. */
      readonly master: readonly string[];
      readonly ckquorum: string;
      /** The reply to SENTINEL SENTINELS, while somebody looks at opinions. */
      readonly others?: unknown;
    }
  | {
      readonly type: 'sentinelPublished';
      readonly node: string;
      readonly at: number;
      readonly channel: string;
      readonly message: string;
    }
  | {
      readonly type: 'connectionFailed';
      readonly node: string;
      readonly at: number;
      readonly failure: ConnectionFailure;
    }
  | { readonly type: 'portOwnerFound'; readonly node: string; readonly owner: PortOwner | undefined };
