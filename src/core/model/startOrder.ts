import type { SentinelConfFacts, ServerConfFacts } from '../conf/confDocument';
import { sentinelNodes, serverNodes, type Lab, type NodeSpec } from './lab';

/** A lab's nodes in the order that is ready soonest: each group is started together when the group before it is up. */
export interface StartOrder {
  /** Data nodes whose conf makes them a master. */
  readonly masters: readonly NodeSpec[];
  readonly replicas: readonly NodeSpec[];
  readonly sentinels: readonly NodeSpec[];
}

/** What the confs on disk say now; servers and Sentinels rewrite them after a failover. */
export interface ConfFacts {
  readonly servers: ReadonlyMap<string, ServerConfFacts>;
  readonly sentinels: ReadonlyMap<string, SentinelConfFacts>;
}

/**
 * A Sentinel asks its master for its replicas when it connects and then only every 10 s, so replicas must be linked before Sentinels
 * start. The master is the one the Sentinels saved last, where they saved one: a former master that was down during the failover
 * still has a conf without `replicaof`, and starts after it.
 */
export function startOrder(lab: Lab, facts: ConfFacts): StartOrder {
  const servers = serverNodes(lab);
  const isMaster = (node: NodeSpec): boolean => {
    const conf = facts.servers.get(node.name);
    return conf ? conf.replicaOf === undefined : node.replicaOf === undefined;
  };
  const saved = [...facts.sentinels.values()].toSorted((a, b) => b.configEpoch - a.configEpoch)[0]?.monitored
    ?.port;
  const masters = servers
    .filter(isMaster)
    .toSorted((a, b) => Number(b.port === saved) - Number(a.port === saved));
  return { masters, replicas: servers.filter(node => !isMaster(node)), sentinels: sentinelNodes(lab) };
}
