import { allMessages } from '../log/allMessages';
import { FileClock } from '../log/lineTime';
import { readLogLine } from '../log/logLine';
import { Recogniser } from '../log/logRecord';
import { LineFilter } from './lineFilter';
import { IdentityReader, type IdentityTrace } from './identities';
import { EpisodeReader, type LocalEpisode } from './localEpisode';
import { SyncReader, type Sync } from './syncs';
import type { StoryLine } from './storyLine';
import { storyMessageIds } from './storyMessages';

const storyMessages = allMessages.filter(spec => storyMessageIds.has(spec.id));

/** What all files of a report share: built once. */
export class StoryReader {
  private readonly recogniser = new Recogniser(storyMessages);
  private readonly filter = new LineFilter(storyMessages);

  /** `year` is for logs that do not write it. */
  collector(file: string, year: number): StoryCollector {
    return new StoryCollector(file, this.recogniser, this.filter, new FileClock(year));
  }
}

/** What one file adds to the story. */
export interface FileStory {
  /** As the person named it. */
  readonly file: string;
  readonly identity: IdentityTrace;
  readonly episodes: readonly LocalEpisode[];
  readonly syncs: readonly Omit<Sync, 'replica'>[];
}

/** Reads one file for the story. Feed it every line in order; lines without meaning cost almost nothing, and none is kept. */
export class StoryCollector {
  private readonly identity: IdentityReader;
  private readonly episodes: EpisodeReader;
  private readonly syncs: SyncReader;
  private line = 0;
  private at = 0;

  constructor(
    private readonly file: string,
    private readonly recogniser: Recogniser,
    private readonly filter: LineFilter,
    private readonly clock: FileClock,
  ) {
    this.identity = new IdentityReader(file);
    this.episodes = new EpisodeReader(file);
    this.syncs = new SyncReader(file);
  }

  read(text: string): void {
    this.line++;
    if (!this.filter.mayCount(text)) return;
    const parsed = readLogLine(text);
    if (parsed.dialect === 'raw') return;
    const said = this.recogniser.recognise(parsed);
    if (!said || said.weight === 'detail') return;
    const { time, role } = parsed;
    if (time) this.at = this.clock.at(time);
    const line: StoryLine = {
      line: this.line,
      at: this.at,
      time,
      role,
      said,
    };
    this.identity.read(line);
    this.episodes.read(line);
    this.syncs.read(line);
  }

  finish(): FileStory {
    return {
      file: this.file,
      identity: this.identity.finish(),
      episodes: this.episodes.finish(),
      syncs: this.syncs.finish(),
    };
  }
}
