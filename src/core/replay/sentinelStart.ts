import type { NodeSpec } from '../model/lab';
import type { NodeBook } from './nodeBook';
import type { ReplayLine } from './replayLine';
import type { SentinelStart } from './sentinelFacts';
import type { Place } from './serverFacts';

/**
 * What each Sentinel knew when its log begins. Of one that begins with a start (`fresh`) every line that it learns is there; of one that
 * begins later it is taken that it knew all there were.
 */
export function sentinelStarts(
  book: NodeBook,
  lines: readonly ReplayLine[],
  fresh: ReadonlySet<string>,
): ReadonlyMap<string, SentinelStart> {
  const { lab } = book;
  const first = new Map<string, First>();
  for (const { node, kind, record } of lines) {
    const { said } = record;
    if (kind !== 'sentinel' || !said) continue;
    const known = first.get(node) ?? { master: undefined, epoch: undefined };
    first.set(node, known);
    known.master ??= masterIn(said, lab.masterName);
    if (said.event === '+new-epoch') known.epoch ??= Number(said.args['epoch']);
  }
  const somebodys = [...first.values()].find(({ master }) => master)?.master;
  const servers = lab.nodes.filter(({ kind }) => kind === 'server');
  const declared = servers.find(({ replicaOf }) => replicaOf === undefined);
  const addresses = (specs: readonly NodeSpec[]): readonly string[] =>
    specs.map(spec => book.addressOf(spec));
  return new Map(
    lab.nodes.flatMap((spec): readonly (readonly [string, SentinelStart])[] => {
      if (spec.kind !== 'sentinel') return [];
      const said = first.get(spec.name);
      const isFresh = fresh.has(spec.name);
      const place =
        said?.master ?? somebodys ?? (declared && { host: book.hostOf(declared), port: declared.port });
      const master = place && book.find('server', place.host, place.port);
      const start = {
        // A line says it, when a Sentinel that starts reads its conf.
        master: isFresh ? undefined : place,
        // The epochs before the first new one are all that can be known of.
        epoch: isFresh ? 0 : Math.max(0, (said?.epoch ?? 1) - 1),
        quorum: lab.quorum,
        replicas: isFresh ? [] : addresses(servers.filter(server => server !== master)),
        sentinels: isFresh
          ? []
          : addresses(lab.nodes.filter(node => node.kind === 'sentinel' && node !== spec)),
      };
      return [[spec.name, start]];
    }),
  );
}

interface First {
  master: Place | undefined;
  epoch: number | undefined;
}

function masterIn(
  { event, master, args }: NonNullable<ReplayLine['record']['said']>,
  masterName: string,
): Place | undefined {
  if (event === '+switch-master' && args['masterName'] === masterName)
    return { host: String(args['oldIp']), port: Number(args['oldPort']) };
  return master?.name === masterName ? { host: master.ip, port: master.port } : undefined;
}
