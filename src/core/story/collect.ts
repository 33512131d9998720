import { allMessages } from '../log/allMessages';
import { FileClock, type CalendarDay } from '../log/lineTime';
import { readLogLine, type LineRole, type LineTime } from '../log/logLine';
import { Recogniser, type Recognition } from '../log/logRecord';
import { isLogoWithPort, LineFilter, messageStart, noPrefix } from './lineFilter';
import { IdentityReader, type IdentityTrace } from './identities';
import { EpisodeReader, type LocalEpisode } from './localEpisode';
import { OffsetReader, type OffsetMark } from './choice';
import { RoleReader, type RoleSpan } from './roles';
import { SyncReader, type LocalSync } from './syncs';
import { readStamp, roleOf, stampWithoutYear, stampWithYear } from './usualPrefix';
import { WatchReader, type WatchMark } from './watchedNodes';
import { meaningOf, type Meaning } from './meaning';
import { MessageMemory, unknownMessage } from './messageMemory';
import type { StoryLine } from './storyLine';
import { storyMessageIds } from './storyMessages';

const storyMessages = allMessages.filter(spec => storyMessageIds.has(spec.id));

/** What all files of a report share: built once. */
export class StoryReader {
  private readonly recogniser = new Recogniser(storyMessages);
  private readonly filter = new LineFilter(storyMessages);

  /** `changed` is the day on which the file was last written: for logs that do not write the year. */
  collector(file: string, changed: CalendarDay | number): StoryCollector {
    return new StoryCollector(file, this.recogniser, this.filter, new FileClock(changed));
  }
}

/** What one file adds to the story. */
export interface FileStory {
  /** As the person named it. */
  readonly file: string;
  readonly identity: IdentityTrace;
  readonly episodes: readonly LocalEpisode[];
  readonly syncs: Iterable<LocalSync>;
  /** Of the node that wrote the file, where it is a data node. */
  readonly roles: readonly RoleSpan[];
  readonly offsets: readonly OffsetMark[];
  /** Of the nodes that the writer watches, where it is a Sentinel. */
  readonly marks: readonly WatchMark[];
}

/** Makes text of `bytes[start, end)`, as UTF-8. */
export type DecodeLine = (bytes: Uint8Array, start: number, end: number) => string;

/**
 * Reads one file for the story. Feed it every line in order; lines without meaning never become text, and no line is kept.
 */
export class StoryCollector {
  private readonly identity: IdentityReader;
  private readonly episodes: EpisodeReader;
  private readonly syncs = new SyncReader();
  private readonly roles = new RoleReader();
  private readonly offsets = new OffsetReader();
  private readonly marks = new WatchReader();
  private readonly memory = new MessageMemory<Meaning | undefined>();
  /** One for all lines: readers take what they need of it and keep none. */
  private readonly current: { -readonly [Field in keyof StoryLine]: StoryLine[Field] } = {
    line: 0,
    at: 0,
    time: undefined,
    role: undefined,
    said: nothingSaid,
  };
  private line = 0;
  private at = 0;
  private letter = 0;

  constructor(
    private readonly file: string,
    private readonly recogniser: Recogniser,
    private readonly filter: LineFilter,
    private readonly clock: FileClock,
  ) {
    this.identity = new IdentityReader(file);
    this.episodes = new EpisodeReader(file);
  }

  /** Takes the next line as text. */
  read(text: string): void {
    this.line++;
    const parsed = readLogLine(text);
    if (parsed.dialect === 'raw') this.identity.readLogo(text);
    else this.take(this.recognised(parsed.message), parsed.role, parsed.time);
  }

  /** Takes the next line as bytes, `bytes[start, end)`: much faster, because most lines never become text. */
  readBytes(bytes: Uint8Array, start: number, end: number, decode: DecodeLine): void {
    this.line++;
    const at = messageStart(bytes, start, end);
    if (at === noPrefix) {
      if (isLogoWithPort(bytes, start, end)) this.identity.readLogo(decode(bytes, start, end));
      return;
    }
    if (at < 0) this.readOther(decode(bytes, start, end));
    else this.readUsual(bytes, start, at, end, decode);
  }

  finish(): FileStory {
    return {
      file: this.file,
      identity: this.identity.finish(),
      episodes: this.episodes.finish(),
      syncs: this.syncs.finish(),
      roles: this.identity.isKnownSentinel ? [] : this.roles.finish(),
      offsets: this.offsets.finish(),
      marks: this.marks.finish(),
    };
  }

  /** A line in one of the usual layouts: nothing of it becomes text that was there before, or that nobody needs. */
  private readUsual(
    bytes: Uint8Array,
    start: number,
    message: number,
    end: number,
    decode: DecodeLine,
  ): void {
    const length = bytes[message - stampWithYear - 1] === blank ? stampWithYear : stampWithoutYear;
    const letter = bytes[message - length - 2] ?? 0;
    const counts = this.filter.mayCount(bytes, message, end);
    if (letter === this.letter && !counts) return;
    const time = readStamp(bytes, message - length, length);
    if (!time) return this.readOther(decode(bytes, start, end));
    this.letter = letter;
    this.take(counts ? this.remembered(bytes, message, end, decode) : undefined, roleOf(letter), time);
  }

  private remembered(bytes: Uint8Array, start: number, end: number, decode: DecodeLine): Meaning | undefined {
    const known = this.memory.recall(bytes, start, end);
    if (known !== unknownMessage) return known;
    const meaning = this.recognised(decode(bytes, start, end));
    this.memory.remember(bytes, start, end, meaning);
    return meaning;
  }

  private recognised(message: string): Meaning | undefined {
    return meaningOf(this.recogniser.recogniseMessage(message));
  }

  private readOther(text: string): void {
    const parsed = readLogLine(text);
    if (parsed.dialect === 'raw') return;
    this.take(this.recognised(parsed.message), parsed.role, parsed.time);
  }

  private take(meaning: Meaning | undefined, role: LineRole | undefined, time: LineTime | undefined): void {
    if (time) this.at = this.clock.at(time);
    const { current: line } = this;
    if (meaning) {
      line.line = this.line;
      line.at = this.at;
      line.time = time;
      line.role = role;
      line.said = meaning.said;
      if (meaning.forIdentity || role === 'sentinel') this.identity.read(line);
      if (meaning.forEpisodes) this.episodes.read(line);
      if (meaning.forSyncs) this.syncs.read(line);
      if (meaning.forOffsets) this.offsets.read(line);
      if (meaning.isEvent) {
        this.marks.read(line);
        return;
      }
    }
    // A Sentinel has no role.
    if (this.identity.isKnownSentinel) return;
    if (meaning?.forRoles === true) this.roles.read(line);
    else this.roles.readLetter(role, this.line, this.at, time);
  }
}

const blank = 32;

const nothingSaid: Recognition = {
  id: '',
  event: undefined,
  phase: undefined,
  weight: 'detail',
  instance: undefined,
  master: undefined,
  args: {},
};
