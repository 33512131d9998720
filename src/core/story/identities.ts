import { listenPortOf } from '../network/listenPort';
import type { StoryLine } from './storyLine';

/** What is known of the process that wrote a file. */
export interface FileIdentity {
  readonly file: string;
  readonly kind: 'sentinel' | 'server';
  readonly port: number | undefined;
  /** A Sentinel's id (run id before 3.2). */
  readonly id: string | undefined;
  readonly address: string | undefined;
}

/** Who is who over all files: Sentinels are named by id, by address, or both, depending on version and line. */
export interface Identities {
  readonly files: readonly FileIdentity[];
  readonly addressOfId: ReadonlyMap<string, string>;
  readonly idOfAddress: ReadonlyMap<string, string>;
}

const idForm = /^[0-9a-f]{40}$/;

/** Works out who is who once every file was read. */
export function identify(traces: readonly IdentityTrace[]): Identities {
  const links = new Links();
  for (const trace of traces) for (const [id, address] of trace.links) links.add(id, address);
  const drafts = traces.map(trace => draftOf(trace, links));
  for (const draft of drafts) if (draft.id && draft.address) links.add(draft.id, draft.address);
  eliminate(drafts, links);
  return {
    files: drafts.map(draft => complete(draft, links)),
    addressOfId: links.addressOfId,
    idOfAddress: links.idOfAddress,
  };
}

/** A Sentinel's id and its address, seen together somewhere. */
class Links {
  readonly addressOfId = new Map<string, string>();
  readonly idOfAddress = new Map<string, string>();

  add(id: string, address: string): void {
    this.addressOfId.set(id, address);
    this.idOfAddress.set(address, id);
  }
}

interface Draft {
  readonly file: string;
  readonly kind: 'sentinel' | 'server';
  readonly port: number | undefined;
  readonly id: string | undefined;
  address: string | undefined;
  readonly others: ReadonlySet<string>;
}

/** What one file gives away about who wrote it and about others. */
export interface IdentityTrace {
  readonly file: string;
  readonly isSentinel: boolean;
  readonly id: string | undefined;
  readonly port: number | undefined;
  /** Addresses this file speaks of as other Sentinels: it is none of them. */
  readonly others: ReadonlySet<string>;
  /** Ids with their addresses. */
  readonly links: ReadonlyMap<string, string>;
}

/** Reads the lines of one file for {@link IdentityTrace}. */
export class IdentityReader {
  private readonly others = new Set<string>();
  private readonly links = new Map<string, string>();
  private id: string | undefined;
  private port: number | undefined;
  private isSentinel = false;
  private tried = false;

  constructor(private readonly file: string) {}

  /** Once a line has shown it. */
  get isKnownSentinel(): boolean {
    return this.isSentinel;
  }

  read({ said, role }: StoryLine): void {
    const { args, event, instance } = said;
    if (event !== undefined || said.id === 'sentinel-id' || role === 'sentinel') this.isSentinel = true;
    if (said.id === 'sentinel-id') this.id = String(args['id'] ?? args['runId'] ?? this.id);
    if (said.id === runningModeId || said.id === readyId)
      this.port = Number(args['port'] ?? this.port) || this.port;
    if (said.id === votedId && !idForm.test(voterOf(said))) this.others.add(voterOf(said));
    if (instance?.type === 'sentinel') {
      const address = `${instance.ip}:${instance.port}`;
      this.others.add(address);
      if (idForm.test(instance.name)) this.links.set(instance.name, address);
    }
    if (event === '-dup-sentinel' || event === '+sentinel-address-switch') {
      const id = String(args['runid']);
      if (idForm.test(id)) this.links.set(id, `${String(args['ip'])}:${String(args['port'])}`);
    }
    if (event === '+try-failover') this.tried = true;
    if (event === '+vote-for-leader') {
      // Right after it tries, a Sentinel votes for itself.
      if (this.tried) this.id ??= String(args['leader']);
      this.tried = false;
    }
  }

  /** Takes a line of the ASCII logo. */
  readLogo(text: string): void {
    const found = / Port: (\d{1,5})\s*$/.exec(text);
    if (found) this.port ??= Number(found[1]);
  }

  finish(): IdentityTrace {
    const { file, isSentinel, id, port, others, links } = this;
    return { file, isSentinel, id, port, others, links };
  }
}

function draftOf({ file, isSentinel, id, port, others }: IdentityTrace, links: Links): Draft {
  const known =
    (port === undefined ? undefined : portAmongOthers(port, file)) ??
    portInName(file, isSentinel ? others : undefined);
  const linked = id === undefined ? undefined : links.addressOfId.get(id);
  return {
    file,
    kind: isSentinel ? 'sentinel' : 'server',
    id,
    port: known,
    address: linked ?? (known === undefined ? undefined : addressWith(known, others)),
    others,
  };
}

const runningModeId = 'running-mode-port';
const readyId = 'ready-accept-connections';
const votedId = 'voted';

/** The voter of a `… voted for …` line: an id since 3.2, an address before. */
export function voterOf(said: StoryLine['said']): string {
  return String(said.args['voter']);
}

/** The port by which the others know a node that says it listens on `port`: in a lab with a network the file has it in its name. */
function portAmongOthers(port: number, file: string): number {
  return portsInName(file).find(number => listenPortOf(number) === port) ?? port;
}

/** People name logs by port. A number that other files know as a Sentinel's port is taken, else one that looks like a port. */
function portInName(file: string, others: ReadonlySet<string> | undefined): number | undefined {
  const fitting = portsInName(file).find(
    number => ![...(others ?? [])].some(address => address.endsWith(`:${number}`)),
  );
  return fitting;
}

function portsInName(file: string): readonly number[] {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  return [...base.matchAll(/(?<!\d)(\d{4,5})(?!\d)/g)]
    .map(match => Number(match[1]))
    .filter(number => number > 1_023 && number < 65_536);
}

function addressWith(port: number, others: ReadonlySet<string>): string {
  const [first] = others;
  const ip = first === undefined ? '127.0.0.1' : first.slice(0, first.lastIndexOf(':'));
  // Only where all others are on one machine can the ip be theirs, too.
  const isSameMachine = [...others].every(address => address.startsWith(`${ip}:`));
  return isSameMachine ? `${ip}:${port}` : `127.0.0.1:${port}`;
}

/** A file that speaks of all Sentinels but one is that one's. */
function eliminate(drafts: readonly Draft[], links: Links): void {
  const all = new Set(drafts.flatMap(draft => [...draft.others]));
  for (let round = 0; round < drafts.length; round++) {
    const known = new Set(drafts.flatMap(draft => (draft.address === undefined ? [] : [draft.address])));
    for (const draft of drafts) {
      if (draft.kind !== 'sentinel' || draft.address !== undefined) continue;
      const left = [...all].filter(address => !draft.others.has(address) && !known.has(address));
      if (left.length !== 1 || left[0] === undefined) continue;
      draft.address = left[0];
      if (draft.id) links.add(draft.id, draft.address);
    }
  }
}

function complete(draft: Draft, links: Links): FileIdentity {
  const { file, kind, address } = draft;
  const id = draft.id ?? (address === undefined ? undefined : links.idOfAddress.get(address));
  const port =
    draft.port ?? (address === undefined ? undefined : Number(address.slice(address.lastIndexOf(':') + 1)));
  return { file, kind, port, id, address };
}
