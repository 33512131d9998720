import { labHost, majority, type Lab, type NodeKind, type NodeSpec } from '../model/lab';
import { labDefaults } from '../model/labFile';
import type { Report } from '../story/report';
import type { ReplayLine } from './replayLine';

/** What log files are the logs of. */
export interface LoggedLab {
  /** `log` of a node is its file as the report has it, empty where there is none. */
  readonly lab: Lab;
  /** Where nodes are, by their names. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** What is known of a lab beside its logs. */
export interface LabFacts {
  readonly name?: string;
  readonly masterName?: string;
  /** Of its Sentinels: `quorum`, `down-after-milliseconds` … */
  readonly settings?: Readonly<Record<string, string>>;
  /** For what a report does not tell: Sentinels' lines `+monitor` and `+odown` have name and quorum of the master. */
  readonly lines?: readonly Pick<ReplayLine, 'record'>[];
}

/** A lab of the nodes that log files speak of, named as labs name them: `redis-6379`, `sentinel-26379`. */
export function labOfReport(report: Report, facts: LabFacts = {}): LoggedLab {
  const places = [
    ...report.dataNodes.map(({ address, file }) => ({ kind: 'server' as const, address, file: file ?? '' })),
    // A data node that nobody speaks of, and that does not say its port.
    ...report.nodes.flatMap(({ kind, file, address, port }) =>
      kind === 'server' && report.dataNodes.every(node => node.file !== file)
        ? [{ kind, address: address ?? `${labHost}:${port ?? 0}`, file }]
        : [],
    ),
    ...report.nodes.flatMap(({ kind, file, address, port }) =>
      kind === 'sentinel' ? [{ kind, address: address ?? `${labHost}:${port ?? 0}`, file }] : [],
    ),
  ].map(place => ({ ...place, ...split(place.address) }));
  const first = firstMaster(report);
  const names = new Map<string, number>();
  const hosts = new Map<string, string>();
  const nodes = places.map((place): NodeSpec => {
    const { kind, host, port, file } = place;
    const isOnly = places.every(other => other === place || other.kind !== kind || other.port !== port);
    const name = uniqueName(plainName(kind, isOnly ? String(port) : `${host}:${port}`), names);
    if (host !== labHost) hosts.set(name, host);
    return {
      name,
      kind,
      port,
      listenPort: port,
      replicaOf:
        kind === 'server' && first !== undefined && place.address !== first ? split(first).port : undefined,
      server: undefined,
      conf: '',
      hasOwnConf: false,
      data: '',
      log: file,
    };
  });
  const said = masterIn(facts.lines ?? []);
  const setting = (name: string): number | undefined => Number(facts.settings?.[name]) || undefined;
  return {
    hosts,
    lab: {
      name: facts.name ?? '',
      masterName: facts.masterName ?? said.name ?? labDefaults.masterName,
      quorum:
        setting('quorum') ?? said.quorum ?? majority(nodes.filter(({ kind }) => kind === 'sentinel').length),
      downAfterMilliseconds: setting('down-after-milliseconds') ?? labDefaults.downAfterMilliseconds,
      failoverTimeout: setting('failover-timeout') ?? labDefaults.failoverTimeout,
      parallelSyncs: setting('parallel-syncs') ?? labDefaults.parallelSyncs,
      server: undefined,
      settings: {},
      network: false,
      nodes,
    },
  };
}

function plainName(kind: NodeKind, place: string): string {
  return `${kind === 'server' ? 'redis' : 'sentinel'}-${place}`;
}

/** Two logs can be of the same node, or of nodes that nobody can tell apart. */
function uniqueName(name: string, names: Map<string, number>): string {
  const count = (names.get(name) ?? 0) + 1;
  names.set(name, count);
  return count === 1 ? name : `${name}-${count}`;
}

/** The address of the first master: that of the first failover, else the first of the data nodes that was one. */
function firstMaster({ failovers, dataNodes }: Report): string | undefined {
  const from = failovers[0]?.from;
  if (from) return `${from.ip}:${from.port}`;
  const masters = dataNodes.filter(({ roles }) => roles[0]?.role === 'master');
  return masters.toSorted((a, b) => (a.roles[0]?.from ?? '').localeCompare(b.roles[0]?.from ?? ''))[0]
    ?.address;
}

function masterIn(lines: readonly Pick<ReplayLine, 'record'>[]): {
  readonly name: string | undefined;
  readonly quorum: number | undefined;
} {
  let name: string | undefined;
  let quorum: number | undefined;
  for (const {
    record: { said },
  } of lines) {
    if (said?.event === undefined) continue;
    name ??=
      said.master?.name ?? (said.event === '+switch-master' ? String(said.args['masterName']) : undefined);
    if (said.event === '+monitor' || said.event === '+odown')
      quorum ??= Number(said.args['quorum']) || undefined;
    if (name !== undefined && quorum !== undefined) break;
  }
  return { name, quorum };
}

function split(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}
