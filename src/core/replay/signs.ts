import { majority } from '../model/lab';
import { attachedIds, connectingIds, linkedIds, replicaOfId, unlinkedIds } from './lineMeaning';
import type { NodeBook } from './nodeBook';
import type { ReplayLine } from './replayLine';

/**
 * What others say of a node. `lost`: somebody's connection to it ended; `down`, `up`, `rebooted`: the word of one Sentinel; `met`:
 * somebody reached it.
 */
export interface Sign {
  readonly says: 'lost' | 'down' | 'up' | 'rebooted' | 'met';
  readonly by: string;
  readonly index: number;
  readonly at: number;
}

/** Gathers what the logs of others say of each node. */
export class SignReader {
  readonly signs = new Map<string, Sign[]>();
  private readonly masterOf = new Map<string, string | undefined>();

  constructor(private readonly book: NodeBook) {
    for (const { name, replicaOf } of book.lab.nodes)
      if (replicaOf !== undefined)
        this.masterOf.set(name, book.lab.nodes.find(({ port }) => port === replicaOf)?.name);
  }

  read(line: ReplayLine, index: number): void {
    const { said } = line.record;
    if (!said) return;
    if (said.event === undefined) return this.readServer(line, said.id, said.args, index);
    if (!said.instance) return;
    const { type, ip, port } = said.instance;
    const about = this.book.find(type === 'sentinel' ? 'sentinel' : 'server', ip, port)?.name;
    const says = words[said.event];
    if (says) this.add(about, says, line, index);
  }

  private readServer(
    line: ReplayLine,
    id: string,
    args: Readonly<Record<string, unknown>>,
    index: number,
  ): void {
    if (connectingIds.has(id) || id === replicaOfId) {
      const master = this.book.find('server', String(args['host']), Number(args['port']));
      this.masterOf.set(line.node, master?.name);
      // Whoever told it to follow another master reached it.
      if (id === replicaOfId) this.add(line.node, 'met', line, index);
    } else if (unlinkedIds.has(id)) {
      if (id !== 'master-replica-sync-started') this.add(this.masterOf.get(line.node), 'lost', line, index);
    } else if (linkedIds.has(id)) {
      this.add(this.masterOf.get(line.node), 'met', line, index);
    } else if (id === 'connection-replica-lost') {
      this.add(this.book.findServer(String(args['replica']))?.name, 'lost', line, index);
    } else if (attachedIds.has(id) || id === 'replica-asks-synchronization') {
      this.add(this.book.findServer(String(args['replica']))?.name, 'met', line, index);
    }
  }

  private add(about: string | undefined, says: Sign['says'], { node, at }: ReplayLine, index: number): void {
    if (about === undefined || (about === node && says !== 'met')) return;
    const known = this.signs.get(about);
    const sign = { says, by: node, index, at };
    if (known) known.push(sign);
    else this.signs.set(about, [sign]);
  }
}

const words: Readonly<Record<string, Sign['says']>> = {
  '+sdown': 'down',
  '-sdown': 'up',
  '+reboot': 'rebooted',
  '+convert-to-slave': 'met',
};

/** A time in which a node did not answer. `from` and `to` are indexes of lines. */
export interface Silence {
  readonly from: Sign;
  to: Sign | undefined;
}

/**
 * When most Sentinels that ran had a node for down. One of them alone may be cut off itself. A new master makes Sentinels forget what
 * they thought of the old one, but not what was: it is down until somebody reaches it.
 */
export function silencesIn(
  signs: readonly Sign[],
  sentinelsAt: (index: number) => number,
): readonly Silence[] {
  const silences: Silence[] = [];
  const down = new Set<string>();
  for (const sign of signs) {
    if (sign.says === 'down') down.add(sign.by);
    else if (sign.says === 'up') down.delete(sign.by);
    else if (sign.says !== 'lost') down.clear();
    const isDown = down.size >= majority(sentinelsAt(sign.index));
    const open = silences.at(-1)?.to === undefined ? silences.at(-1) : undefined;
    if (isDown && !open) silences.push({ from: sign, to: undefined });
    else if (!isDown && open) open.to = sign;
  }
  return silences;
}
