import { circular, masterOf, type AdoptContext } from './adoptMaster';
import { fatalProblems, looseEnds, type AdoptProblem } from './adoptProblems';
import type { FoundConf } from './foundConf';

/** One node of a lab that is made of existing confs. */
export interface AdoptedNode {
  readonly conf: FoundConf;
  /** As lab.json names it: by port. */
  readonly name: string;
  /** The port it replicates from in lab.json; undefined for the first master and for Sentinels. */
  readonly replicaOf: number | undefined;
}

/** What existing confs are together. With a problem of severity `error` no lab can be made of them. */
export interface Adoption {
  readonly nodes: readonly AdoptedNode[];
  readonly masterPort: number | undefined;
  /** Undefined: there is no Sentinel. */
  readonly watch: WatchFacts | undefined;
  readonly problems: readonly AdoptProblem[];
}

/** What the Sentinels' confs say about the master. Times are milliseconds; where a conf gives none it is Sentinel's own default. */
export interface WatchFacts {
  readonly masterName: string;
  readonly quorum: number;
  readonly downAfterMilliseconds: number;
  readonly failoverTimeout: number;
  readonly parallelSyncs: number;
}

/** What must be changed comes first. */
const order: readonly AdoptProblem['severity'][] = ['error', 'warning', 'info'];

/** Defaults of a Sentinel whose conf does not say (sentinel.c, `sentinel_default_down_after` and so on). */
const sentinelDefaults = { downAfterMilliseconds: 30_000, failoverTimeout: 180_000, parallelSyncs: 1 };

/**
 * Works out the topology of existing confs from their `port`, `replicaof` and `sentinel monitor` lines, and says what is wrong.
 * Nothing is changed: lab.json only points to the files.
 */
export function adoptConfs(confs: readonly FoundConf[], context: AdoptContext): Adoption {
  const servers = confs.filter(({ kind }) => kind === 'server');
  const sentinels = confs.filter(({ kind }) => kind === 'sentinel');
  const masterPort = masterOf(servers, sentinels, context);
  const nodes = [...servers, ...sentinels].map(conf => ({
    conf,
    name: `${conf.kind === 'server' ? 'redis' : 'sentinel'}-${conf.port.value}`,
    replicaOf:
      conf.kind === 'sentinel' || conf.port.value === masterPort ? undefined : replicaPort(conf, masterPort),
  }));
  return {
    nodes,
    masterPort,
    watch: watchFacts(sentinels),
    problems: [
      ...fatalProblems(servers, sentinels, masterPort, context),
      ...circular(servers, context),
      ...looseEnds(servers, sentinels, context),
    ].toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)),
  };
}

/** A second master that the Sentinels know as a replica becomes one again as soon as they run. */
function replicaPort({ replicaOf }: FoundConf, masterPort: number | undefined): number | undefined {
  return replicaOf?.port ?? masterPort;
}

function watchFacts(sentinels: readonly FoundConf[]): WatchFacts | undefined {
  const first = sentinels.find(({ monitors }) => monitors.length > 0);
  const monitor = first?.monitors[0];
  if (!first || !monitor) return undefined;
  const option = (name: string, usual: number): number => {
    const value = Number(first.options.get(`${name} ${monitor.name}`));
    return Number.isInteger(value) && value > 0 ? value : usual;
  };
  return {
    masterName: monitor.name,
    quorum: monitor.quorum,
    downAfterMilliseconds: option('down-after-milliseconds', sentinelDefaults.downAfterMilliseconds),
    failoverTimeout: option('failover-timeout', sentinelDefaults.failoverTimeout),
    parallelSyncs: option('parallel-syncs', sentinelDefaults.parallelSyncs),
  };
}
