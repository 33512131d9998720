import { stat } from 'node:fs/promises';
import { LogStoryBuilder, type LogStory, type StoryTools } from '../../core/editor/logStory';
import type { FileStory } from '../../core/story/collect';
import { readLines } from './readLines';
import { readStories } from './readReport';

export interface ReadOptions {
  /** Called before each file is read, with how many readings are done and how many there are. */
  readonly report?: (file: string, done: number, total: number) => void;
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Reads log files as one story, with the lines it stands on. Each file is read twice, never as a whole: a log may be large. */
export async function readLogStory(
  files: readonly string[],
  tools: StoryTools,
  { report, signal }: ReadOptions = {},
): Promise<LogStory> {
  const total = files.length * 2;
  const stories: FileStory[] = [];
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    report?.(file, index, total);
    stories.push(...(await readStories([file])));
  }
  const builder = new LogStoryBuilder(stories, tools);
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    report?.(file, files.length + index, total);
    const reader = builder.reader(index, (await stat(file)).mtime.getFullYear());
    await readLines(file, lines => {
      signal?.throwIfAborted();
      for (const line of lines) reader.read(line);
    });
    reader.end();
  }
  return builder.finish();
}
