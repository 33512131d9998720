import type { Lab, NodeSpec } from '../model/lab';

/**
 * Which lane stands for whom the story speaks of. Nodes are known by their logs where those are given, else by their port: all nodes of
 * a lab are on one machine.
 */
export class LaneNames {
  private readonly byFile: ReadonlyMap<string, string>;

  /** `fileOf`: where the log of a node is, as the report names it. */
  constructor(
    private readonly lab: Lab,
    fileOf: (node: NodeSpec) => string,
  ) {
    this.byFile = new Map(lab.nodes.map(node => [fileOf(node), node.name]));
  }

  /** `address` is `host:port`, or the file of a node whose port nobody knows. */
  ofDataNode(address: string, file: string | null): string | undefined {
    return this.byFile.get(file ?? address) ?? this.byPort(address, 'server');
  }

  /** By the name that people give it, `sentinel-26379`. */
  ofSentinel(name: string): string | undefined {
    return this.byPort(name, 'sentinel') ?? this.byFile.get(name);
  }

  private byPort(text: string, kind: NodeSpec['kind']): string | undefined {
    const port = Number(/\d+$/.exec(text)?.[0]);
    return this.lab.nodes.find(node => node.kind === kind && node.port === port)?.name;
  }
}
