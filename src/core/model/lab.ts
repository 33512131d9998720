/** `server` keeps data (master or replica: that is a role, and roles change); `sentinel` watches. */
export type NodeKind = 'server' | 'sentinel';

/** All nodes of a lab listen here: a lab lives on one machine. */
export const labHost = '127.0.0.1';

/** One process of a lab as lab.json declares it. Paths are relative to the lab folder, with forward slashes. */
export interface NodeSpec {
  /** Named by port, not by role: `redis-6379`, `sentinel-26379`. */
  readonly name: string;
  readonly kind: NodeKind;
  /** The port by which everybody knows the node: its identity. */
  readonly port: number;
  /** Where its process listens: on that port, or behind it in a lab with a network. */
  readonly listenPort: number;
  /** The port this node replicates from in the first form of the lab; undefined for the first master and for Sentinels. */
  readonly replicaOf: number | undefined;
  /** A redis-server of its own; undefined: the lab's. */
  readonly server: string | undefined;
  readonly conf: string;
  /** lab.json names the conf: it belongs to the person, and is never written anew. */
  readonly hasOwnConf: boolean;
  readonly data: string;
  readonly log: string;
}

/** A lab as lab.json declares it, with every default filled in. */
export interface Lab {
  readonly name: string;
  /** The name by which Sentinels and clients know the master. */
  readonly masterName: string;
  /** How many Sentinels must agree that the master is down (+odown). */
  readonly quorum: number;
  readonly downAfterMilliseconds: number;
  /** In milliseconds; a failover is tried again after twice this time. */
  readonly failoverTimeout: number;
  readonly parallelSyncs: number;
  /** Path or program name of the redis-server for all nodes; undefined: the one that is found. */
  readonly server: string | undefined;
  /** Further directives for every data node, such as `min-replicas-to-write`. */
  readonly settings: Readonly<Record<string, string>>;
  /** The nodes reach each other through a process of the lab that can cut, delay and lose what they say. */
  readonly network: boolean;
  readonly nodes: readonly NodeSpec[];
}

export function serverNodes(lab: Lab): readonly NodeSpec[] {
  return lab.nodes.filter(node => node.kind === 'server');
}

export function sentinelNodes(lab: Lab): readonly NodeSpec[] {
  return lab.nodes.filter(node => node.kind === 'sentinel');
}

/** The node with this name or, as people say it, this port. */
export function findNode(lab: Lab, nameOrPort: string): NodeSpec | undefined {
  return lab.nodes.find(node => node.name === nameOrPort || String(node.port) === nameOrPort);
}

/** `127.0.0.1:6379`: how clients and Sentinels write a node's address. */
export function nodeAddress(node: NodeSpec): string {
  return `${labHost}:${node.port}`;
}

/** More than half of the Sentinels: what a failover needs, whatever the quorum is. */
export function majority(sentinelCount: number): number {
  return Math.floor(sentinelCount / 2) + 1;
}
