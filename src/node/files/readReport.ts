import { stat } from 'node:fs/promises';
import { StoryReader } from '../../core/story/collect';
import { makeReport, type Report } from '../../core/story/report';
import { readLines } from './readLines';

/** Reads log files as one story. */
export async function readReport(files: readonly string[]): Promise<Report> {
  const reader = new StoryReader();
  const stories = [];
  for (const file of files) {
    const collector = reader.collector(file, await yearOf(file));
    await readLines(file, lines => {
      for (const line of lines) collector.read(line);
    });
    stories.push(collector.finish());
  }
  return makeReport(stories);
}

/** A log that does not write the year was most likely last written in the year its file was changed. */
async function yearOf(file: string): Promise<number> {
  const info = file === '-' ? undefined : await stat(file).catch(() => undefined);
  return (info?.mtime ?? new Date()).getFullYear();
}
