import type { StoryFile, StoryLine } from './storyLine';

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

export function identify(files: readonly StoryFile[]): Identities {
  const links = new Links();
  for (const file of files) for (const line of file.lines) linkFromLine(links, line);
  const drafts = files.map(file => draftOf(file, links));
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
  port: number | undefined;
  id: string | undefined;
  address: string | undefined;
  /** Addresses this file speaks of as other Sentinels: it is none of them. */
  readonly others: ReadonlySet<string>;
  /** What the file itself voted, by epoch: others may tell the same with its address. */
  readonly ownVotes: ReadonlyMap<number, string>;
}

function linkFromLine(links: Links, { said }: StoryLine): void {
  const { instance, event, args } = said;
  if (instance?.type === 'sentinel' && idForm.test(instance.name))
    links.add(instance.name, `${instance.ip}:${instance.port}`);
  if (event === '-dup-sentinel' || event === '+sentinel-address-switch') {
    const id = String(args['runid']);
    if (idForm.test(id)) links.add(id, `${String(args['ip'])}:${String(args['port'])}`);
  }
}

function draftOf({ file, lines }: StoryFile, links: Links): Draft {
  const others = new Set<string>();
  const ownVotes = new Map<number, string>();
  let id: string | undefined;
  let port: number | undefined;
  let isSentinel = false;
  let tried = false;
  for (const { said, role } of lines) {
    const { event, args } = said;
    if (event !== undefined || said.id === 'sentinel-id' || role === 'sentinel') isSentinel = true;
    if (said.id === 'sentinel-id') id = String(args['id'] ?? args['runid'] ?? id);
    if (said.id === runningModeId || said.id === readyId) port = Number(args['port'] ?? port);
    if (said.instance?.type === 'sentinel') others.add(`${said.instance.ip}:${said.instance.port}`);
    if (said.id === votedId && !idForm.test(voterOf(said))) others.add(voterOf(said));
    if (event === '+try-failover') tried = true;
    if (event === '+vote-for-leader') {
      // Right after it tries, a Sentinel votes for itself.
      if (tried) id ??= String(args['leader']);
      ownVotes.set(Number(args['epoch']), String(args['leader']));
      tried = false;
    }
  }
  const kind = isSentinel ? 'sentinel' : 'server';
  port ??= portInName(file, kind === 'sentinel' ? others : undefined);
  const linked = id === undefined ? undefined : links.addressOfId.get(id);
  return {
    file,
    kind,
    id,
    port,
    address: linked ?? (port === undefined ? undefined : addressWith(port, others)),
    others,
    ownVotes,
  };
}

const runningModeId = 'running-mode-port';
const readyId = 'ready-accept-connections';
const votedId = 'voted';

/** The voter of a `… voted for …` line: an id since 3.2, an address before. */
export function voterOf(said: StoryLine['said']): string {
  return String(said.args['voter']);
}

/** People name logs by port. A number that other files know as a Sentinel's port is taken, else one that looks like a port. */
function portInName(file: string, others: ReadonlySet<string> | undefined): number | undefined {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  const numbers = [...base.matchAll(/(?<!\d)(\d{4,5})(?!\d)/g)]
    .map(match => Number(match[1]))
    .filter(number => number > 1_023 && number < 65_536);
  const fitting = numbers.find(
    number => ![...(others ?? [])].some(address => address.endsWith(`:${number}`)),
  );
  return fitting;
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
