import * as l10n from '@vscode/l10n';
import type { AdoptProblem } from './adoptProblems';
import type { FoundConf } from './foundConf';

/** What the machine adds to the confs. */
export interface AdoptContext {
  readonly windows: boolean;
  /** Names and addresses of this machine beside the loopback ones, in lower case. */
  readonly ownHosts: readonly string[];
}

/** Whether a host of a `replicaof` or `monitor` line is this machine. */
export function isThisMachine(host: string, { ownHosts }: AdoptContext): boolean {
  const name = host.toLowerCase();
  return /^127(?:\.\d+){3}$/.test(name) || ['localhost', '::1'].includes(name) || ownHosts.includes(name);
}

/**
 * The port of the first master: the only data node without `replicaof`; of several, the one that the Sentinels monitor, if they know
 * the others as replicas: such confs are left by a failover whose old master has not come back yet.
 */
export function masterOf(
  servers: readonly FoundConf[],
  sentinels: readonly FoundConf[],
  context: AdoptContext,
): number | undefined {
  const masters = servers.filter(({ replicaOf }) => !replicaOf);
  if (masters.length <= 1) return masters[0]?.port.value;
  const monitored = new Set(
    sentinels.flatMap(({ monitors }) =>
      monitors.filter(({ host }) => isThisMachine(host, context)).map(({ port }) => port),
    ),
  );
  const known = new Set(sentinels.flatMap(({ knownReplicas }) => knownReplicas));
  const watched = masters.filter(({ port }) => monitored.has(port.value));
  const others = masters.filter(conf => conf !== watched[0]);
  return watched.length === 1 && others.every(({ port }) => known.has(port.value))
    ? watched[0]?.port.value
    : undefined;
}

/** Replicas that follow each other in a circle never get any data. */
export function circular(servers: readonly FoundConf[], context: AdoptContext): readonly AdoptProblem[] {
  const next = new Map(
    servers.flatMap(({ port, replicaOf }) =>
      replicaOf && isThisMachine(replicaOf.value, context) ? [[port.value, replicaOf.port] as const] : [],
    ),
  );
  const inCircle = servers.find(({ port }) => {
    let at = next.get(port.value);
    for (let steps = 0; at !== undefined && steps < servers.length; steps++) {
      if (at === port.value) return true;
      at = next.get(at);
    }
    return false;
  });
  if (!inCircle) return [];
  return [
    {
      id: 'circle',
      severity: 'error',
      file: inCircle.path,
      line: inCircle.replicaOf?.line ?? 0,
      message: l10n.t(
        'Node {0} would replicate from itself, directly or over others. Take the replicaof line out of the conf of the master.',
        inCircle.port.value,
      ),
    },
  ];
}
