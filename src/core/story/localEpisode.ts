import type { LineTime } from '../log/logLine';
import { causalRank, type Ranked } from '../log/causalOrder';
import { voterOf } from './identities';
import type { Evidence, StoryLine } from './storyLine';

/** A moment in one file. */
export interface Moment extends Evidence {
  readonly at: number;
  readonly time: LineTime | undefined;
}

/** A vote as one file tells it. `voter` is undefined for the vote of the file's own Sentinel. */
export interface LocalVote extends Moment {
  readonly voter: string | undefined;
  readonly candidate: string;
  readonly epoch: number;
}

/** The words that end an attempt without success. */
export type AbortReason = 'not-elected' | 'no-good-slave' | 'slave-timeout' | 'master-timeout';

/** One failover of one master as one Sentinel saw it. What it did not see is undefined. */
export interface LocalEpisode {
  readonly file: string;
  masterName: string;
  epoch: number | undefined;
  /** The newest epoch this Sentinel had heard of when it switched: likely that of the failover, not certainly. */
  likelyEpoch: number | undefined;
  from: { readonly ip: string; readonly port: number } | undefined;
  to: { readonly ip: string; readonly port: number } | undefined;
  forced: boolean;
  sdown: Moment | undefined;
  odown: Moment | undefined;
  tried: Moment | undefined;
  elected: Moment | undefined;
  selected: LocalChoice | undefined;
  /** What the leader knew of all replicas when it chose one, or found none that is fit. */
  candidates: readonly KnownReplica[] | undefined;
  promoted: Moment | undefined;
  reconfigured: Moment | undefined;
  ended: Moment | undefined;
  endedByTimeout: boolean;
  switched: Moment | undefined;
  /** The address of the Sentinel whose configuration was taken over: the leader. */
  updateFrom: string | undefined;
  aborted: (Moment & { readonly reason: AbortReason }) | undefined;
  /** "I will not start a failover before …". */
  delayed: Moment | undefined;
  /** The old master after the switch: down, up again, told to be a replica. */
  oldMasterDown: Moment | undefined;
  oldMasterBack: Moment | undefined;
  oldMasterConverted: Moment | undefined;
  votes: LocalVote[];
  /** Lines that tell of it. */
  readonly lines: RankedLine[];
}

/** A line with what its place among the lines of other files is made from. */
export interface RankedLine extends Ranked {
  readonly line: number;
}

/** The replica that a leader chose. */
export interface LocalChoice extends Moment {
  readonly replica: { readonly ip: string; readonly port: number };
}

/** A replica as a Sentinel knew it. */
export interface KnownReplica {
  readonly address: string;
  readonly isDown: boolean;
}

/** What a Sentinel knows of one master beside its failovers. */
interface Watched {
  readonly replicas: Set<string>;
  readonly down: Set<string>;
  /** The newest failover that succeeded: its old master may come back. */
  switched: LocalEpisode | undefined;
}

const aborts: Readonly<Record<string, AbortReason>> = {
  '-failover-abort-not-elected': 'not-elected',
  '-failover-abort-no-good-slave': 'no-good-slave',
  '-failover-abort-slave-timeout': 'slave-timeout',
  '-failover-abort-master-timeout': 'master-timeout',
};

/** Reads the failovers that one file tells of. A down master alone is none: somebody must vote, try or switch. */
export class EpisodeReader {
  private readonly closed: LocalEpisode[] = [];
  private readonly open = new Map<string, LocalEpisode>();
  private epoch: number | undefined;
  private epochAt: (Moment & { readonly rank: number | undefined }) | undefined;
  private lastMaster: string | undefined;
  private forcedMaster: string | undefined;
  private rank: number | undefined;
  private readonly watched = new Map<string, Watched>();

  constructor(private readonly file: string) {}

  finish(): readonly LocalEpisode[] {
    for (const name of [...this.open.keys()]) this.close(name);
    return this.closed;
  }

  read(line: StoryLine): void {
    const { said } = line;
    const moment: Moment = { file: this.file, line: line.line, at: line.at, time: line.time };
    this.rank = causalRank(said, this.current()?.tried !== undefined);
    if (said.event === undefined) {
      this.readMessage(said, moment);
      return;
    }
    const master =
      said.master?.name ?? (said.event === '+switch-master' ? String(said.args['masterName']) : undefined);
    if (master !== undefined) this.lastMaster = master;
    switch (said.event) {
      case '+new-epoch':
        this.epoch = Number(said.args['epoch']);
        this.epochAt = { ...moment, rank: this.rank };
        // Whoever voted before is through with that vote; what comes now is another attempt on the same master.
        for (const [name, episode] of this.open) {
          const isOlder = episode.epoch !== undefined && episode.epoch < this.epoch;
          if (isOlder && episode.votes.length > 0 && !episode.elected) this.close(name, true);
        }
        return;
      case '+vote-for-leader':
        this.vote({
          ...moment,
          voter: undefined,
          candidate: String(said.args['leader']),
          epoch: Number(said.args['epoch']),
        });
        return;
      default:
        if (master !== undefined) this.readMasterEvent(said.event, master, said, moment);
    }
  }

  private readMessage(said: StoryLine['said'], moment: Moment): void {
    if (said.id === 'voted') {
      this.vote({
        ...moment,
        voter: voterOf(said),
        candidate: String(said.args['candidate']),
        epoch: Number(said.args['epoch']),
      });
    } else if (said.id === 'executing-user-requested-failover') {
      this.forcedMaster = String(said.args['masterName'] ?? said.args['master']);
    } else if (said.id === 'next-failover-delay-i-will-not-start') {
      const episode = this.current();
      if (episode) {
        episode.delayed = moment;
        this.note(episode, moment);
      }
    }
  }

  private readMasterEvent(event: string, master: string, said: StoryLine['said'], moment: Moment): void {
    const isAboutMaster = said.instance?.type === 'master';
    if (said.instance?.type === 'slave')
      this.readReplicaEvent(event, master, `${said.instance.ip}:${said.instance.port}`, moment);
    switch (event) {
      case '+sdown':
        if (isAboutMaster) this.episode(master, said, moment).sdown = moment;
        return;
      case '+odown':
        this.episode(master, said, moment).odown = moment;
        return;
      case '-sdown':
      case '-odown': {
        // The master is back: what has not become an attempt by now never will.
        const open = this.open.get(master);
        if (isAboutMaster && open && !open.tried && !open.switched && open.votes.length === 0)
          this.open.delete(master);
        return;
      }
      case '+try-failover': {
        const before = this.open.get(master);
        if (before?.tried) this.close(master);
        const episode = this.episode(master, said, moment);
        episode.tried = moment;
        episode.forced = this.forcedMaster === master;
        episode.epoch = this.epoch ?? episode.epoch;
        this.noteEpoch(episode);
        this.forcedMaster = undefined;
        return;
      }
      case '+elected-leader':
        this.episode(master, said, moment).elected = moment;
        return;
      case '+selected-slave':
        if (said.instance) {
          const { ip, port } = said.instance;
          const episode = this.episode(master, said, moment);
          episode.selected = { ...moment, replica: { ip, port } };
          episode.candidates = this.known(master);
        }
        return;
      case '+reset-master':
      case '-monitor':
        this.watched.delete(master);
        return;
      case '+promoted-slave':
        this.episode(master, said, moment).promoted = moment;
        return;
      case '+slave-reconf-done':
        this.episode(master, said, moment).reconfigured = moment;
        return;
      case '+failover-end-for-timeout':
        this.episode(master, said, moment).endedByTimeout = true;
        return;
      case '+failover-end':
        this.episode(master, said, moment).ended = moment;
        return;
      case '+config-update-from':
        if (said.instance)
          this.episode(master, said, moment).updateFrom = `${said.instance.ip}:${said.instance.port}`;
        return;
      case '+switch-master': {
        const episode = this.episode(master, said, moment);
        const { oldIp, oldPort, newIp, newPort } = said.args;
        episode.from = { ip: String(oldIp), port: Number(oldPort) };
        episode.to = { ip: String(newIp), port: Number(newPort) };
        episode.switched = moment;
        episode.likelyEpoch = this.epoch;
        this.close(master);
        // The lines that follow tell the replicas anew, the old master among them.
        this.watched.set(master, { replicas: new Set(), down: new Set(), switched: episode });
        return;
      }
      default: {
        const reason = aborts[event];
        if (reason) {
          const episode = this.episode(master, said, moment);
          episode.aborted = { ...moment, reason };
          if (reason === 'no-good-slave') episode.candidates = this.known(master);
          this.close(master);
        } else if (event.startsWith('+failover-state-') || event.startsWith('+slave-reconf-')) {
          const open = this.open.get(master);
          if (open) this.note(open, moment);
        }
      }
    }
  }

  /** A vote names no master: it belongs to the one that was spoken of last. A vote in a newer epoch belongs to a new attempt. */
  private vote(vote: LocalVote): void {
    this.epoch = Math.max(this.epoch ?? 0, vote.epoch);
    const name = this.masterOfVote(vote);
    const known = name === undefined ? undefined : this.open.get(name);
    if (
      known &&
      known.epoch !== undefined &&
      vote.epoch > known.epoch &&
      (known.votes.length > 0 || known.tried)
    )
      this.close(known.masterName, true);
    if (name === undefined) return;
    // A reply can come after the attempt was given up.
    const over = this.closed.findLast(other => other.masterName === name && other.epoch === vote.epoch);
    if (over && this.open.get(name)?.epoch !== vote.epoch) {
      over.votes.push(vote);
      this.note(over, vote);
      return;
    }
    const episode = this.open.get(name) ?? this.begin(name);
    episode.epoch = vote.epoch;
    if (episode.votes.length === 0) this.noteEpoch(episode);
    episode.votes.push(vote);
    this.note(episode, vote);
  }

  /** Whoever leads the failover of one master and votes in a newer epoch, votes for another one that is down, too. */
  private masterOfVote({ epoch }: LocalVote): string | undefined {
    const last = this.current();
    if (!last?.elected || epoch === last.epoch) return this.lastMaster;
    const other = [...this.open.values()].find(open => open !== last && !open.tried);
    return other?.masterName ?? this.lastMaster;
  }

  private known(master: string): readonly KnownReplica[] {
    const { replicas, down } = this.watch(master);
    return [...replicas].map(address => ({ address, isDown: down.has(address) }));
  }

  private current(): LocalEpisode | undefined {
    return this.lastMaster === undefined ? undefined : this.open.get(this.lastMaster);
  }

  private episode(master: string, said: StoryLine['said'], moment: Moment): LocalEpisode {
    const episode = this.open.get(master) ?? this.begin(master);
    if (said.master && said.master.port > 0) episode.from ??= { ip: said.master.ip, port: said.master.port };
    this.note(episode, moment);
    return episode;
  }

  /** Numbers only: a log of many failovers has many such lines. */
  private note(episode: LocalEpisode, { line, at }: Moment): void {
    episode.lines.push({ line, at, rank: this.rank });
  }

  private noteEpoch(episode: LocalEpisode): void {
    const { epochAt } = this;
    if (epochAt && episode.lines.every(({ line }) => line !== epochAt.line))
      episode.lines.push({
        line: epochAt.line,
        at: epochAt.at,
        rank: epochAt.rank,
      });
  }

  private watch(master: string): Watched {
    let watched = this.watched.get(master);
    if (!watched) {
      watched = { replicas: new Set(), down: new Set(), switched: undefined };
      this.watched.set(master, watched);
    }
    return watched;
  }

  /** Follows the replicas of a master: who there is, who is down, and whether the old master comes back. */
  private readReplicaEvent(event: string, master: string, address: string, moment: Moment): void {
    const { replicas, down, switched } = this.watch(master);
    const old =
      switched?.from && `${switched.from.ip}:${switched.from.port}` === address ? switched : undefined;
    switch (event) {
      case '+slave':
        replicas.add(address);
        return;
      case '+sdown':
        down.add(address);
        if (old) old.oldMasterDown ??= moment;
        return;
      case '-sdown':
        down.delete(address);
        if (old) old.oldMasterBack ??= moment;
        return;
      case '+convert-to-slave':
        if (old) old.oldMasterConverted ??= moment;
        return;
      default:
    }
  }

  private begin(masterName: string): LocalEpisode {
    const episode: LocalEpisode = {
      file: this.file,
      masterName,
      epoch: undefined,
      likelyEpoch: undefined,
      from: undefined,
      to: undefined,
      forced: false,
      sdown: undefined,
      odown: undefined,
      tried: undefined,
      elected: undefined,
      selected: undefined,
      candidates: undefined,
      promoted: undefined,
      reconfigured: undefined,
      ended: undefined,
      endedByTimeout: false,
      switched: undefined,
      updateFrom: undefined,
      aborted: undefined,
      delayed: undefined,
      oldMasterDown: undefined,
      oldMasterBack: undefined,
      oldMasterConverted: undefined,
      votes: [],
      lines: [],
    };
    this.open.set(masterName, episode);
    return episode;
  }

  /** Ends an episode. `goesOn`: the master is still down, so the next attempt begins with what was seen of it. */
  private close(master: string, goesOn = false): void {
    const episode = this.open.get(master);
    if (!episode) return;
    this.open.delete(master);
    if (episode.tried || episode.switched || episode.votes.length > 0) this.closed.push(episode);
    if (goesOn || (episode.aborted && episode.sdown)) {
      const next = this.begin(master);
      next.sdown = episode.sdown;
      next.odown = episode.odown;
      next.from = episode.from;
    }
  }
}
