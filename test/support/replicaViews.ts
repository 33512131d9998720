import type { ReplicaView } from '../../src/core/model/replicaView';

/** A replica as a healthy lab's Sentinel knows it. */
export function replicaView(port: number, changes: Partial<ReplicaView> = {}): ReplicaView {
  return {
    host: '127.0.0.1',
    port,
    flags: ['slave'],
    lastOkPingReply: 300,
    infoAge: 4_000,
    masterLinkDownTime: 0,
    isMasterLinkUp: true,
    priority: 100,
    offset: 48_211,
    runId: String(port).padStart(40, 'f'),
    ...changes,
  };
}
