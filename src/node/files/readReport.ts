import { stat } from 'node:fs/promises';
import { StoryReader, type FileStory } from '../../core/story/collect';
import { makeReport, type Report } from '../../core/story/report';
import { readLines } from './readLines';

/** Reads log files as one story. */
export async function readReport(files: readonly string[]): Promise<Report> {
  return makeReport(await readStories(files));
}

/** Reads what each file adds to the story. */
export async function readStories(files: readonly string[]): Promise<readonly FileStory[]> {
  const reader = new StoryReader();
  const stories: FileStory[] = [];
  for (const file of files) {
    const collector = reader.collector(file, await yearOf(file));
    await readLines(file, lines => {
      for (const line of lines) collector.read(line);
    });
    stories.push(collector.finish());
  }
  return stories;
}

/** A log that does not write the year was most likely last written in the year its file was changed. */
export async function yearOf(file: string): Promise<number> {
  const info = file === '-' ? undefined : await stat(file).catch(() => undefined);
  return (info?.mtime ?? new Date()).getFullYear();
}
