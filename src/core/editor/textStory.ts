import type { StoryReader } from '../story/collect';
import { LogStoryBuilder, type LogStory, type StoryTools } from './logStory';

/** The story of lines that are in no file, such as some from the clipboard, with every one of them explained. */
export function textStory(
  lines: readonly string[],
  tools: StoryTools & { readonly story: StoryReader },
  { name, year }: { readonly name: string; readonly year: number },
): LogStory {
  const collector = tools.story.collector(name, year);
  for (const line of lines) collector.read(line);
  const builder = new LogStoryBuilder([collector.finish()], tools, true);
  const reader = builder.reader(0, year);
  for (const line of lines) reader.read(line);
  reader.end();
  return builder.finish();
}
