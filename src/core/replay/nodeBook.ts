import { labHost, type Lab, type NodeKind, type NodeSpec } from '../model/lab';

/** Finds the nodes of a lab by the addresses under which logs speak of them. */
export class NodeBook {
  private readonly byAddress = new Map<string, NodeSpec>();
  private readonly byPort = new Map<string, NodeSpec | undefined>();

  /** `hosts`: where nodes are that are not on this machine, by their names. */
  constructor(
    readonly lab: Lab,
    private readonly hosts: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const spec of lab.nodes) {
      this.byAddress.set(`${spec.kind} ${this.addressOf(spec)}`, spec);
      const port = `${spec.kind} ${spec.port}`;
      this.byPort.set(port, this.byPort.has(port) ? undefined : spec);
    }
  }

  hostOf(spec: NodeSpec): string {
    return this.hosts.get(spec.name) ?? labHost;
  }

  addressOf(spec: NodeSpec): string {
    return `${this.hostOf(spec)}:${spec.port}`;
  }

  /** One machine has several names, so a port that only one node has is enough. */
  find(kind: NodeKind, host: string, port: number): NodeSpec | undefined {
    return this.byAddress.get(`${kind} ${host}:${port}`) ?? this.byPort.get(`${kind} ${port}`);
  }

  /** The data node at an address such as `127.0.0.1:6380`. */
  findServer(address: string): NodeSpec | undefined {
    const colon = address.lastIndexOf(':');
    return this.find('server', address.slice(0, colon), Number(address.slice(colon + 1)));
  }
}
