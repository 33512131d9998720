import { stat } from 'node:fs/promises';
import { ByteLines, type TakeByteLine } from '../../core/log/byteLines';
import type { CalendarDay } from '../../core/log/lineTime';
import { StoryReader, type FileStory } from '../../core/story/collect';
import { makeReport, type Report } from '../../core/story/report';
import { readBytes } from './readBytes';
import { decodeLine } from './readLines';

/** Reads log files as one story. */
export async function readReport(files: readonly string[]): Promise<Report> {
  return makeReport(await readStories(files));
}

/** Reads what each file adds to the story. */
export async function readStories(files: readonly string[]): Promise<readonly FileStory[]> {
  const reader = new StoryReader();
  const stories: FileStory[] = [];
  for (const file of files) {
    const collector = reader.collector(file, await lastChange(file));
    const lines = new ByteLines();
    const take: TakeByteLine = (bytes, start, end) => collector.readBytes(bytes, start, end, decodeLine);
    await readBytes(file, piece => lines.push(piece, take));
    lines.end(take);
    stories.push(collector.finish());
  }
  return stories;
}

/** The day on which a log was last written: what it says without a year is not younger. */
export async function lastChange(file: string): Promise<CalendarDay> {
  const info = file === '-' ? undefined : await stat(file).catch(() => undefined);
  const date = info?.mtime ?? new Date();
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
}
