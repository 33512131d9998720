import type { ServerVersion } from '../conf/serverVersion';
import type { FileClock } from '../log/lineTime';
import type { Dialect } from '../log/logLine';
import type { Recogniser } from '../log/logRecord';
import { RecordReader, type LogRecord } from '../log/recordReader';
import type { FileStory } from '../story/collect';
import { IdentityReader } from '../story/identities';
import { ConfErrorReader, type ConfError } from './confErrorReader';
import { BoundedEpisodes } from './boundedEpisodes';
import { DownReader, type DownTime } from './downReader';
import { factOf, type Fact } from './fact';
import { LinkReader, type LinkOutage } from './linkReader';
import { Occurrences } from './occurrences';
import { RunReader, type Run } from './runReader';

/** What rules ask about one log, whatever its size. */
export interface LogFacts {
  readonly file: string;
  /** By message id, or by the type of a Sentinel event (`+sdown`). */
  readonly occurrences: ReadonlyMap<string, Occurrences<Fact>>;
  readonly runs: readonly Run[];
  readonly outages: readonly LinkOutage[];
  /** What a Sentinel thought to be down, by `type address`. */
  readonly downTimes: ReadonlyMap<string, readonly DownTime[]>;
  readonly confErrors: readonly ConfError[];
  /** Its part of the story of failovers; syncs are left out. */
  readonly story: FileStory;
  readonly version: ServerVersion | undefined;
  readonly isSentinel: boolean;
  /** The dialect of most of its lines that have one. */
  readonly dialect: Dialect;
  readonly first: Fact | undefined;
  readonly last: Fact | undefined;
}

/** Reads one log for its diagnosis: one pass, bounded memory. */
export class LogFactsReader {
  private readonly records: RecordReader;
  private readonly occurrences = new Map<string, Occurrences<Fact>>();
  private readonly runs = new RunReader();
  private readonly links = new LinkReader();
  private readonly downs = new DownReader();
  private readonly confErrors: ConfErrorReader;
  private readonly identity: IdentityReader;
  private readonly episodes: BoundedEpisodes;
  private readonly dialects = new Map<Dialect, number>();
  private at = 0;
  private sentinelLines = 0;
  private first: Fact | undefined;
  private last: Fact | undefined;

  constructor(
    private readonly file: string,
    recogniser: Recogniser,
    private readonly clock: FileClock,
  ) {
    this.records = new RecordReader(recogniser);
    this.confErrors = new ConfErrorReader(file);
    this.identity = new IdentityReader(file);
    this.episodes = new BoundedEpisodes(file);
  }

  read(text: string): void {
    const record = this.records.read(text);
    if (record) this.take(record);
  }

  finish(): LogFacts {
    const record = this.records.end();
    if (record) this.take(record);
    const runs = this.runs.runs.all;
    return {
      file: this.file,
      occurrences: this.occurrences,
      runs,
      outages: this.links.outages.all,
      downTimes: new Map([...this.downs.times].map(([key, times]) => [key, times.all])),
      confErrors: this.confErrors.errors,
      story: {
        file: this.file,
        identity: this.identity.finish(),
        episodes: this.episodes.finish(),
        syncs: [],
        roles: [],
        offsets: [],
        marks: [],
      },
      version: runs.findLast(run => run.version)?.version,
      isSentinel: this.sentinelLines > 0,
      dialect: [...this.dialects].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'raw',
      first: this.first,
      last: this.last,
    };
  }

  private take(record: LogRecord): void {
    const { head } = record;
    if (head.time) this.at = this.clock.at(head.time);
    if (head.dialect !== 'raw') this.dialects.set(head.dialect, (this.dialects.get(head.dialect) ?? 0) + 1);
    this.confErrors.read(record);
    const fact = factOf(this.file, record, this.at);
    if (!fact) return;
    this.first ??= fact;
    this.last = fact;
    if (fact.event !== undefined || fact.id === 'sentinel-id' || fact.role === 'sentinel')
      this.sentinelLines++;
    const key = fact.event ?? fact.id;
    let known = this.occurrences.get(key);
    if (!known) {
      known = new Occurrences();
      this.occurrences.set(key, known);
    }
    known.add(fact);
    this.runs.read(fact);
    if (fact.event === undefined) this.links.read(fact);
    this.downs.read(fact);
    if (record.said && record.said.weight !== 'detail' && head.dialect !== 'raw') {
      const line = { line: fact.line, at: fact.at, time: fact.time, role: fact.role, said: record.said };
      this.identity.read(line);
      this.episodes.read(line);
    }
  }
}
