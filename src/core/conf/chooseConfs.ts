import type { FoundConf } from './foundConf';

/** Names of files as they come with Redis; people copy them and leave the original lying beside the copies. */
const stockName = /^(?:redis|valkey|sentinel|redis\.windows(?:-service)?)\.conf$/i;

/**
 * The confs among all that were found which belong together, as a first choice for the person: those of the folder with the most,
 * and those elsewhere that are tied to them by `replicaof` or `sentinel monitor`. Of two on one port, an untouched file of the
 * installation stays out.
 */
export function chooseConfs(found: readonly FoundConf[]): readonly FoundConf[] {
  const folders = new Map<string, FoundConf[]>();
  for (const conf of found) {
    const folder = conf.path.slice(0, Math.max(0, conf.path.lastIndexOf('/')));
    folders.set(folder, [...(folders.get(folder) ?? []), conf]);
  }
  const [home = []] = [...folders.values()].toSorted((a, b) => weight(b) - weight(a));
  const chosen = home.filter(
    conf =>
      !(isStock(conf) && home.some(other => other !== conf && !isStock(other) && sharePort(conf, other))),
  );
  for (let grown = true; grown;) {
    const next = found.find(
      conf =>
        !home.includes(conf) &&
        !chosen.includes(conf) &&
        !chosen.some(other => sharePort(conf, other)) &&
        chosen.some(other => pointsTo(conf, other) || pointsTo(other, conf) || areFellows(conf, other)),
    );
    if (next) chosen.push(next);
    grown = next !== undefined;
  }
  return found.filter(conf => chosen.includes(conf));
}

/** Whether these confs make something worth offering as a lab: more than one node, tied together. */
export function isWorthAdopting(confs: readonly FoundConf[]): boolean {
  return (
    confs.length > 1 &&
    confs.some(({ kind }) => kind === 'server') &&
    confs.some(({ kind, replicaOf }) => kind === 'sentinel' || replicaOf !== undefined)
  );
}

function weight(confs: readonly FoundConf[]): number {
  return confs.length + (confs.some(({ kind }) => kind === 'sentinel') ? 0.5 : 0);
}

function isStock(conf: FoundConf): boolean {
  return stockName.test(conf.path.split('/').at(-1) ?? '');
}

function sharePort(a: FoundConf, b: FoundConf): boolean {
  return a.port.value === b.port.value;
}

function pointsTo(conf: FoundConf, other: FoundConf): boolean {
  if (other.kind !== 'server') return false;
  const ports = [conf.replicaOf?.port, ...conf.monitors.map(({ port }) => port)];
  return ports.includes(other.port.value);
}

/** Two Sentinels of one master, or two replicas of one, although its own conf is not there. */
function areFellows(a: FoundConf, b: FoundConf): boolean {
  if (a.replicaOf && b.replicaOf) return a.replicaOf.port === b.replicaOf.port;
  return a.monitors.some(mine =>
    b.monitors.some(({ name, port }) => name === mine.name && port === mine.port),
  );
}
