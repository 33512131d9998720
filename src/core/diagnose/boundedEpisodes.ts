import { EpisodeReader, type LocalEpisode } from '../story/localEpisode';
import type { StoryLine } from '../story/storyLine';
import { Occurrences } from './occurrences';

/** After so many lines that may tell of failovers the reader is renewed, so that it does not keep all of them. */
const renewal = 50_000;

/** The failovers that one file tells of: all of few, the first and the last of very many. */
export class BoundedEpisodes {
  private readonly kept = new Occurrences<LocalEpisode>();
  private reader: EpisodeReader;
  private lines = 0;

  constructor(private readonly file: string) {
    this.reader = new EpisodeReader(file);
  }

  read(line: StoryLine): void {
    this.reader.read(line);
    if (line.said.event !== undefined) this.lines++;
    if (this.lines < renewal) return;
    this.renew();
    this.reader = new EpisodeReader(this.file);
    this.lines = 0;
  }

  finish(): readonly LocalEpisode[] {
    this.renew();
    return this.kept.all;
  }

  private renew(): void {
    for (const episode of this.reader.finish()) this.kept.add(episode);
  }
}
