import { FileClock, isoText } from '../log/lineTime';
import { readLogLine } from '../log/logLine';
import type { Recogniser } from '../log/logRecord';
import type { StoryFile, StoryLine } from './storyLine';

/** Gathers the lines of one file that take part in the story. Feed it every line in order; lines without meaning cost almost nothing. */
export class StoryCollector {
  private readonly clock: FileClock;
  private readonly lines: StoryLine[] = [];
  private line = 0;
  private at = 0;

  /** `year` is for logs that do not write it. */
  constructor(
    private readonly file: string,
    private readonly recogniser: Recogniser,
    year: number,
  ) {
    this.clock = new FileClock(year);
  }

  read(text: string): void {
    this.line++;
    const parsed = readLogLine(text);
    const said = parsed.dialect === 'raw' ? undefined : this.recogniser.recognise(parsed);
    if (!said) return;
    const { time, role } = parsed;
    if (time) this.at = this.clock.at(time);
    if (!takesPart(said)) return;
    this.lines.push({ line: this.line, at: this.at, time: time ? isoText(time) : undefined, role, said });
  }

  finish(): StoryFile {
    return { file: this.file, lines: this.lines };
  }
}

/** Events about links and scripts, and messages of detail, tell nothing of a failover or a sync. */
function takesPart(said: { readonly weight: string; readonly event: string | undefined }): boolean {
  return said.weight !== 'detail';
}
