import type { ShownFault } from '../core/drill/activeFault';
import { nodesOfFault } from '../core/drill/fault';
import { nodeAddress } from '../core/model/lab';
import { nodesOf, type LabState, type NodeState } from '../core/model/labState';
import { notReady } from '../core/model/readiness';
import { faultsNow, faultText } from '../core/view/faultText';
import { networkStatus } from '../core/network/networkStatus';
import { replicaLag } from '../core/view/nodeText';

/** The shape of `status --json`: a stable contract, see docs/CLI.md. `now` in milliseconds since 1970. */
export function statusJson(state: LabState, now: number): unknown {
  const missing = notReady(state);
  return {
    name: state.lab.name,
    masterName: state.lab.masterName,
    ready: missing.length === 0,
    notReady: missing,
    network: networkJson(state),
    nodes: nodesOf(state).map(node => nodeJson(state, node)),
    faults: faultsNow(state, now).map(faultJson),
  };
}

/** One active fault; also what `fault --json` and `heal --json` print. */
export function faultJson(active: ShownFault): unknown {
  const { id, fault, since, until } = active;
  return {
    id,
    type: fault.type,
    nodes: nodesOfFault(fault),
    fault,
    text: faultText(active),
    since: new Date(since).toISOString(),
    until: until === undefined ? null : new Date(until).toISOString(),
  };
}

function networkJson(state: LabState): unknown {
  if (!state.lab.network) return null;
  const pid = state.network?.life === 'gone' ? null : (state.network?.record?.pid ?? null);
  return { state: networkStatus(state), pid };
}

function nodeJson(state: LabState, node: NodeState): unknown {
  const { info, process, spec } = node;
  return {
    name: spec.name,
    kind: spec.kind,
    port: spec.port,
    address: nodeAddress(spec),
    pid: info?.processId ?? (process.life === 'gone' ? null : (process.record?.pid ?? null)),
    state: node.status,
    role: spec.kind === 'sentinel' && node.status !== 'running' ? null : (node.role ?? null),
    masterAddress:
      info?.role === 'replica' && info.masterHost ? `${info.masterHost}:${info.masterPort}` : null,
    linkStatus: info?.linkStatus ?? null,
    offset: info?.offset ?? null,
    lag: replicaLag(state, node).lag ?? null,
    version: info?.version ?? null,
    runId: info?.runId ?? null,
    portOwner: node.portOwner ?? null,
    view: viewJson(node),
  };
}

function viewJson({ view }: NodeState): unknown {
  if (!view) return null;
  return {
    masterAddress: `${view.masterHost}:${view.masterPort}`,
    sdown: view.flags.includes('s_down'),
    odown: view.flags.includes('o_down'),
    epoch: view.configEpoch,
    knownSentinels: view.knownSentinels,
    knownReplicas: view.knownReplicas,
    quorum: view.quorum,
    quorumOk: view.quorumOk,
  };
}
