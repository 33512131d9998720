import { majority } from './lab';
import { labDefaults } from './labFile';

/** How many nodes of each kind a new lab gets, and their first ports. */
export interface LabShape {
  readonly replicas: number;
  readonly sentinels: number;
  readonly port: number;
  readonly sentinelPort: number;
}

/** Everything a person can choose when making a lab. */
export interface LabPlan extends LabShape {
  readonly name: string;
  readonly masterName: string;
  readonly quorum: number;
  readonly downAfterMilliseconds: number;
  readonly failoverTimeout: number;
  readonly parallelSyncs: number;
  readonly server: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  /** Whether links between nodes can be cut, delayed and made lossy. */
  readonly network: boolean;
}

/** The shapes offered first. The study note's own lab is the first of them. */
export const presets = [
  { id: 'pair', replicas: 1, sentinels: 0 },
  { id: 'three', replicas: 2, sentinels: 3 },
  { id: 'five', replicas: 2, sentinels: 5 },
] as const;

export function defaultPlan(name: string, shape: Partial<LabShape> = {}): LabPlan {
  const sentinels = shape.sentinels ?? 3;
  return {
    name,
    replicas: shape.replicas ?? 2,
    sentinels,
    port: shape.port ?? labDefaults.port,
    sentinelPort: shape.sentinelPort ?? labDefaults.sentinelPort,
    masterName: labDefaults.masterName,
    quorum: majority(sentinels),
    downAfterMilliseconds: labDefaults.downAfterMilliseconds,
    failoverTimeout: labDefaults.failoverTimeout,
    parallelSyncs: labDefaults.parallelSyncs,
    server: undefined,
    settings: {},
    network: false,
  };
}

/** The ports a plan will use: data nodes first, then Sentinels. */
export function planPorts(plan: LabShape): {
  readonly servers: readonly number[];
  readonly sentinels: readonly number[];
} {
  const run = (first: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => first + index);
  return { servers: run(plan.port, plan.replicas + 1), sentinels: run(plan.sentinelPort, plan.sentinels) };
}

/** The text of the lab.json for a plan; what equals a default is left out, so that the file stays short. A password is never in it. */
export function writeLabFile(plan: LabPlan, schema: string | undefined): string {
  const ports = planPorts(plan);
  const unless = <T>(value: T, usual: T): T | undefined => (value === usual ? undefined : value);
  const file = {
    $schema: schema,
    name: plan.name,
    masterName: plan.masterName,
    quorum: plan.sentinels > 0 ? plan.quorum : undefined,
    downAfterMilliseconds: plan.downAfterMilliseconds,
    failoverTimeout: plan.failoverTimeout,
    parallelSyncs: unless(plan.parallelSyncs, labDefaults.parallelSyncs),
    server: plan.server,
    network: unless(plan.network, false),
    servers: ports.servers.map((port, index) => (index === 0 ? { port } : { port, replicaOf: plan.port })),
    sentinels: ports.sentinels.map(port => ({ port })),
    set: Object.keys(plan.settings).length > 0 ? plan.settings : undefined,
  };
  const text = JSON.stringify(file, undefined, 2);
  // One node a line reads better than JSON's three.
  return `${text.replace(/\{\s+"port": (\d+)(?:,\s+"replicaOf": (\d+))?\s+\}/g, (_, port: string, master?: string) => (master ? `{ "port": ${port}, "replicaOf": ${master} }` : `{ "port": ${port} }`))}\n`;
}
