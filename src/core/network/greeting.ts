import { readCommand, writeCommand } from './readCommand';

/** Who opened a connection, by what it said first. */
export type Opener =
  /** `id` is the first eight characters of the Sentinel's. */
  | { readonly kind: 'sentinel'; readonly id: string }
  /** `port` is the one by which the replica is known. */
  | { readonly kind: 'replica'; readonly port: number }
  | { readonly kind: 'client'; readonly name: string | undefined };

/** What may go on to the server now, and who speaks, once that is known: everything from there on is theirs. */
export interface Heard {
  readonly opener: Opener | undefined;
  readonly bytes: Uint8Array;
}

/** Whoever has said so much without a word about who it is, is a client. */
const longestGreeting = 65_536;

/** Commands that come before the one which tells: everybody may begin with them. */
const telling = new Set(['PING', 'AUTH', 'HELLO', 'CLIENT', 'SELECT', 'REPLCONF']);

/**
 * Listens to the beginning of a connection until it is clear who opened it. A Sentinel sends `CLIENT SETNAME sentinel-<id>-cmd` or
 * `-pubsub` (sentinel.c, `sentinelSetClientName`), a replica `REPLCONF listening-port <port>` (replication.c, `syncWithMaster`), a
 * client of ours `CLIENT SETNAME client-<name>`; anybody else is a client without a name.
 *
 * A replica that knows no announced port (before 3.2) tells the one on which it listens: `publicPort` gives the one by which the lab
 * knows it, and the master is told that.
 */
export class Greeting {
  private rest: Uint8Array = new Uint8Array();
  private pings = 0;

  constructor(private readonly publicPort: (listenPort: number) => number | undefined) {}

  hear(bytes: Uint8Array): Heard {
    const all = joined(this.rest, bytes);
    let at = 0;
    while (at < all.length) {
      const command = readCommand(all, at);
      if (command === undefined) break;
      const opener = command === null ? clientWithoutName : this.openerOf(command.words);
      if (opener === undefined) {
        at = command?.end ?? all.length;
        continue;
      }
      this.rest = new Uint8Array();
      return command === null || opener.kind !== 'replica'
        ? { opener, bytes: all }
        : this.introduce(opener.port, command.words, all, { from: at, to: command.end });
    }
    this.rest = all.slice(at);
    if (this.rest.length > longestGreeting) return { opener: clientWithoutName, bytes: all };
    return { opener: undefined, bytes: all.slice(0, at) };
  }

  /** What was said without an end, when nothing more will come. */
  get unfinished(): Uint8Array {
    return this.rest;
  }

  /** Undefined: this command does not tell yet. A replica pings once; only a client pings again before it says anything else. */
  private openerOf(words: readonly string[]): Opener | undefined {
    if (words[0]?.toUpperCase() === 'PING' && this.pings++ > 0) return clientWithoutName;
    return openerOf(words);
  }

  private introduce(
    port: number,
    words: readonly string[],
    all: Uint8Array,
    place: { readonly from: number; readonly to: number },
  ): Heard {
    const known = this.publicPort(port);
    if (known === undefined || known === port) return { opener: { kind: 'replica', port }, bytes: all };
    const at = words.findIndex(word => word.toLowerCase() === 'listening-port') + 1;
    const told = writeCommand(words.with(at, String(known)));
    const bytes = joined(joined(all.subarray(0, place.from), told), all.subarray(place.to));
    return { opener: { kind: 'replica', port: known }, bytes };
  }
}

const clientWithoutName: Opener = { kind: 'client', name: undefined };

function openerOf(words: readonly string[]): Opener | undefined {
  const [command = '', ...args] = words;
  const name = command.toUpperCase();
  // Telnet's empty line is no command.
  if (words.length === 0) return undefined;
  if (!telling.has(name)) return clientWithoutName;
  const value = (option: string): string | undefined => {
    const at = args.findIndex(word => word.toLowerCase() === option);
    return at < 0 ? undefined : args[at + 1];
  };
  if (name === 'REPLCONF') {
    const port = Number(value('listening-port') ?? 'none');
    return Number.isInteger(port) ? { kind: 'replica', port } : undefined;
  }
  const said = name === 'CLIENT' || name === 'HELLO' ? value('setname') : undefined;
  return said === undefined ? undefined : named(said);
}

function named(name: string): Opener {
  const sentinel = /^sentinel-([0-9a-f]{8})-(?:cmd|pubsub)$/.exec(name)?.[1];
  if (sentinel !== undefined) return { kind: 'sentinel', id: sentinel };
  return name.startsWith('client-') ? { kind: 'client', name: name.slice(7) } : clientWithoutName;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
