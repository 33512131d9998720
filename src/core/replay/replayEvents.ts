import type { NodeSpec } from '../model/lab';
import type { LabEvent } from '../model/labEvent';
import type { ObservedProcess } from '../model/runRecord';
import { livesOf, type LifeChange } from './lives';
import type { NodeBook } from './nodeBook';
import type { ReplayFault, ReplayLine } from './replayLine';
import type { Run } from './runs';
import { SentinelFacts } from './sentinelFacts';
import { sentinelStarts } from './sentinelStart';
import { ServerFacts, serverInfoText, type Place } from './serverFacts';

/** An event with its time, in milliseconds since 1970. */
export interface TimedEvent {
  readonly at: number;
  readonly event: LabEvent;
}

/** After so many lines others may have their turn. */
const linesAStep = 500;

/** What nodes logged and what was done to them, as the events of a lab that somebody watched; made in steps. */
export function* replayEvents(
  book: NodeBook,
  lines: readonly ReplayLine[],
  faults: readonly ReplayFault[],
): Generator<void, readonly TimedEvent[]> {
  const { changes, fresh } = livesOf(book, lines, faults);
  const maker = new EventMaker(book, lines, fresh);
  let next = 0;
  for (const [index, line] of lines.entries()) {
    for (let change = changes[next]; change && change.before <= index; change = changes[++next])
      maker.change(change);
    maker.read(line);
    if (index % linesAStep === 0) yield;
  }
  for (const change of changes.slice(next)) maker.change(change);
  return mergeFaults(maker.events, faults);
}

interface Track {
  readonly spec: NodeSpec;
  life: 'gone' | 'running' | 'frozen';
  process: ObservedProcess;
  isSilent: boolean;
  server: ServerFacts | undefined;
  /** What the last event said, so that the same is not said again. */
  told: string | undefined;
}

/** Keeps what is known of each node and says what changes. */
class EventMaker {
  readonly events: TimedEvent[] = [];
  private readonly tracks: ReadonlyMap<string, Track>;
  private readonly sentinels: ReadonlyMap<string, SentinelFacts>;
  /** Nodes with a log of their own. */
  private readonly logged: ReadonlySet<string>;
  /** The master as the Sentinels name it. */
  private master: Place | undefined;
  private at = 0;

  constructor(
    private readonly book: NodeBook,
    lines: readonly ReplayLine[],
    fresh: ReadonlySet<string>,
  ) {
    const { lab } = book;
    this.tracks = new Map(
      lab.nodes.map(spec => [
        spec.name,
        {
          spec,
          life: 'gone',
          process: { record: undefined, life: 'gone', exit: undefined },
          isSilent: false,
          server: undefined,
          told: undefined,
        },
      ]),
    );
    this.logged = new Set(lines.map(({ node }) => node));
    const { logged } = this;
    const starts = sentinelStarts(book, lines, fresh);
    this.sentinels = new Map(
      [...starts].flatMap(([name, start]) =>
        logged.has(name) ? [[name, new SentinelFacts(lab.masterName, start)] as const] : [],
      ),
    );
    this.master = [...starts].find(([name]) => logged.has(name))?.[1].master;
    const declared = lab.nodes.find(({ kind, replicaOf }) => kind === 'server' && replicaOf === undefined);
    this.master ??= declared && { host: book.hostOf(declared), port: declared.port };
  }

  change(change: LifeChange): void {
    const track = this.tracks.get(change.node);
    if (!track) return;
    this.at = Math.max(this.at, change.at);
    switch (change.what) {
      case 'start':
        this.start(track, change.run, change.at);
        break;
      case 'stop':
        this.end(track, { record: undefined, life: 'gone', exit: undefined });
        break;
      case 'crash': {
        const { signal, reason, at } = change;
        const exit = { pid: track.process.record?.pid ?? 0, code: undefined, signal, at, reason };
        this.end(track, { record: track.process.record, life: 'gone', exit });
        break;
      }
      case 'freeze':
      case 'thaw':
        if (track.life === 'gone') break;
        track.life = change.what === 'freeze' ? 'frozen' : 'running';
        this.observe(track, { ...track.process, life: track.life });
        track.told = undefined;
        if (change.what === 'freeze') break;
        // Sentinels that have another master by now do not say that it answers.
        track.isSilent = false;
        this.tell(track);
        break;
      case 'silent':
      case 'answers':
        track.isSilent = change.what === 'silent';
        if (track.isSilent) this.fail(track);
        else {
          track.told = undefined;
          this.tell(track);
        }
    }
    if (track.server) this.tellOthers();
  }

  read(line: ReplayLine): void {
    const track = this.tracks.get(line.node);
    if (!track) return;
    this.at = Math.max(this.at, line.at);
    const facts = this.sentinels.get(line.node);
    if (facts) this.readSentinel(track, facts, line);
    else if (track.server?.read(line) === true) {
      this.tell(track);
      this.tellOthers();
    }
  }

  private readSentinel(track: Track, facts: SentinelFacts, line: ReplayLine): void {
    const { said, head } = line.record;
    if (said?.event !== undefined) {
      const message = head.message.slice(said.event.length + 1);
      this.push({ type: 'sentinelPublished', node: line.node, at: this.at, channel: said.event, message });
    }
    const epochOf = (address: string): number | undefined => {
      const known = [...this.sentinels].find(([name]) => {
        const spec = this.tracks.get(name)?.spec;
        return spec && this.book.addressOf(spec) === address;
      });
      return known?.[1].configEpoch;
    };
    const isChanged = facts.read(line, epochOf);
    if (isChanged || said?.id === 'sentinel-id') this.tell(track);
    if (said?.event === '+switch-master' || said?.event === '+monitor') this.follow(facts.master);
  }

  /** Nodes without a log are what the Sentinels say. */
  private follow(master: Place | undefined): void {
    this.master = master;
    for (const track of this.tracks.values()) {
      if (track.spec.kind !== 'server' || !track.server) continue;
      if (!this.logged.has(track.spec.name)) this.assign(track.server, track);
      // The reducer takes the word of the Sentinel for every node on the new master's port.
      track.told = undefined;
      this.tell(track);
    }
  }

  private assign(facts: ServerFacts, { spec }: Track): void {
    const { master } = this;
    const isMaster = master && this.book.find('server', master.host, master.port) === spec;
    facts.role = isMaster === true ? 'master' : 'replica';
    facts.master = isMaster === true ? undefined : master;
    facts.link = 'up';
  }

  private start(track: Track, run: Run, at: number): void {
    const { spec } = track;
    track.life = 'running';
    track.isSilent = false;
    track.told = undefined;
    const pid = run.pid ?? 0;
    const isFirst = track.process.record === undefined;
    const record = {
      node: spec.name,
      port: spec.port,
      pid,
      startTime: String(at),
      executable: '',
      startedAt: at,
      runnerPid: undefined,
    };
    this.observe(track, { record, life: 'running', exit: undefined });
    if (spec.kind === 'server') {
      const replicaOf = this.book.lab.nodes.find(
        ({ kind, port }) => kind === 'server' && port === spec.replicaOf,
      );
      const named = replicaOf && { host: this.book.hostOf(replicaOf), port: replicaOf.port };
      // Of one that is back after a failover, the Sentinels know better than the lab.
      track.server = new ServerFacts(run, isFirst ? named : (this.masterUnless(spec) ?? named));
      if (!this.logged.has(spec.name)) this.assign(track.server, track);
    } else this.sentinels.get(spec.name)?.restart(run);
    if (run.start === undefined) this.tell(track);
  }

  private masterUnless(spec: NodeSpec): Place | undefined {
    const { master } = this;
    return master && this.book.find('server', master.host, master.port) !== spec ? master : undefined;
  }

  private end(track: Track, process: ObservedProcess): void {
    if (track.life === 'gone') return;
    track.life = 'gone';
    track.server = undefined;
    track.told = undefined;
    this.observe(track, process);
    this.tellOthers();
  }

  private observe(track: Track, process: ObservedProcess): void {
    track.process = process;
    this.push({ type: 'processObserved', node: track.spec.name, at: this.at, process });
  }

  private fail({ life, spec }: Track): void {
    if (life !== 'gone')
      this.push({ type: 'connectionFailed', node: spec.name, at: this.at, failure: 'timeout' });
  }

  /** Says what the node would answer now, if that is another thing than before. */
  private tell(track: Track): void {
    const { spec, life, server } = track;
    if (life !== 'running') return;
    const facts = this.sentinels.get(spec.name);
    if (facts) {
      const { info, reply, ckquorum } = facts;
      const text = [info, ckquorum, ...reply].join('\n');
      if (text === track.told) return;
      track.told = text;
      this.push({ type: 'sentinelReplied', node: spec.name, at: this.at, info, master: reply, ckquorum });
    } else if (server?.isReady === true) {
      server.link = this.linkOf(track);
      const text = serverInfoText(server, this.replicasOf(track));
      if (text === track.told) return;
      track.told = text;
      this.push({ type: 'infoReceived', node: spec.name, at: this.at, text });
    } else return;
    if (track.isSilent) this.fail(track);
  }

  /** A replica's link is told by its master, too; and that of one without a log only by whether the master is there. */
  private tellOthers(): void {
    for (const track of this.tracks.values())
      if (track.server?.role === 'master' || (track.server && !this.logged.has(track.spec.name)))
        this.tell(track);
  }

  private linkOf({ server, spec, isSilent }: Track): 'up' | 'down' {
    if (!server?.master || this.logged.has(spec.name)) return server?.link ?? 'down';
    if (isSilent) return 'down';
    const { host, port } = server.master;
    const master = this.tracks.get(this.book.find('server', host, port)?.name ?? '');
    return master?.life === 'running' && !master.isSilent ? 'up' : 'down';
  }

  private replicasOf({ spec, server }: Track): readonly string[] {
    const attached = new Set<string>();
    for (const other of this.tracks.values()) {
      const { server: facts } = other;
      if (!facts?.master || facts.role !== 'replica' || facts.link !== 'up' || other.isSilent) continue;
      if (this.book.find('server', facts.master.host, facts.master.port) === spec)
        attached.add(this.book.addressOf(other.spec));
    }
    // Its own log speaks for those that have none.
    for (const address of server?.replicas ?? [])
      if (this.book.findServer(address) === undefined && /:\d+$/.test(address)) attached.add(address);
    return [...attached];
  }

  private push(event: LabEvent): void {
    this.events.push({ at: this.at, event });
  }
}

/** Puts in what was on at every moment at which that changed. */
function mergeFaults(events: readonly TimedEvent[], faults: readonly ReplayFault[]): readonly TimedEvent[] {
  const shown = faults
    .map(({ fault, from, to }, index) => ({ id: `f${index + 1}`, fault, since: from, until: undefined, to }))
    .filter(({ since, to }) => to !== since);
  const moments = [...new Set(shown.flatMap(({ since, to }) => [since, ...(to === undefined ? [] : [to])]))];
  const own = moments
    .toSorted((a, b) => a - b)
    .map((at): TimedEvent => ({
      at,
      event: {
        type: 'faultsObserved',
        faults: shown.flatMap(({ to, ...fault }) =>
          fault.since <= at && (to === undefined || to > at) ? [fault] : [],
        ),
      },
    }));
  return own.length === 0 ? events : [...own, ...events].toSorted((a, b) => a.at - b.at);
}
