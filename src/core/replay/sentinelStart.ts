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
    const known = first.get(node) ?? {
      master: undefined,
      epoch: undefined,
      hasMet: false,
      voters: new Set(),
      candidates: new Set(),
    };
    first.set(node, known);
    known.hasMet ||= said.event === '+sentinel';
    if (said.id === 'voted') known.voters.add(String(said.args['voter']));
    if (said.id === 'voted') known.candidates.add(String(said.args['candidate']));
    if (said.event === '+vote-for-leader') known.candidates.add(String(said.args['leader']));
    known.master ??= masterIn(said, lab.masterName);
    if (said.event === '+new-epoch') known.epoch ??= Number(said.args['epoch']);
  }
  const somebodys = [...first.values()].find(({ master }) => master)?.master;
  const servers = lab.nodes.filter(({ kind }) => kind === 'server');
  const all = lab.nodes.filter(({ kind }) => kind === 'sentinel');
  const declared = servers.find(({ replicaOf }) => replicaOf === undefined);
  const addresses = (specs: readonly NodeSpec[]): readonly string[] =>
    specs.map(spec => book.addressOf(spec));
  return new Map(
    lab.nodes.flatMap((spec): readonly (readonly [string, SentinelStart])[] => {
      if (spec.kind !== 'sentinel') return [];
      const said = first.get(spec.name);
      const isFresh = fresh.has(spec.name);
      // One that has met nobody since its start has the others from its conf, which is not here.
      const hasMetAll = isFresh && said?.hasMet === true;
      const others = isFresh && (hasMetAll || all.length === 1) ? [] : all.filter(node => node !== spec);
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
        sentinels: addresses(others),
        // Logs of some Sentinels are a part of the lab: the others vote in them, or are missing from the quorum.
        knowsAll:
          hasMetAll || (!(said && knowsMore(said, all.length)) && all.length >= Math.min(lab.quorum, 2)),
      };
      return [[spec.name, start]];
    }),
  );
}

interface First {
  master: Place | undefined;
  epoch: number | undefined;
  /** It has learnt of another Sentinel. */
  hasMet: boolean;
  /** Other Sentinels that told their vote: by address, or since 3.2 by id. */
  readonly voters: Set<string>;
  /** Ids. */
  readonly candidates: Set<string>;
}

/** Whether the log of a Sentinel speaks of others than those whose logs are here. */
function knowsMore({ voters, candidates }: First, sentinels: number): boolean {
  return voters.size > sentinels - 1 || candidates.size > sentinels;
}

function masterIn(
  { event, master, args }: NonNullable<ReplayLine['record']['said']>,
  masterName: string,
): Place | undefined {
  if (event === '+switch-master' && args['masterName'] === masterName)
    return { host: String(args['oldIp']), port: Number(args['oldPort']) };
  return master?.name === masterName ? { host: master.ip, port: master.port } : undefined;
}
