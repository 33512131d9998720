import { stat } from 'node:fs/promises';
import { ByteLines, type TakeByteLine } from '../../core/log/byteLines';
import { StoryReader, type FileStory } from '../../core/story/collect';
import { makeReport, type Report } from '../../core/story/report';
import { readBytes } from './readBytes';

/** Reads log files as one story. */
export async function readReport(files: readonly string[]): Promise<Report> {
  return makeReport(await readStories(files));
}

/** Reads what each file adds to the story. */
export async function readStories(files: readonly string[]): Promise<readonly FileStory[]> {
  const reader = new StoryReader(decodeLine);
  const stories: FileStory[] = [];
  for (const file of files) {
    const collector = reader.collector(file, await yearOf(file));
    const lines = new ByteLines();
    const take: TakeByteLine = (bytes, start, end) => collector.readBytes(bytes, start, end);
    await readBytes(file, piece => lines.push(piece, take));
    lines.end(take);
    stories.push(collector.finish());
  }
  return stories;
}

/** A log that does not write the year was most likely last written in the year its file was changed. */
async function yearOf(file: string): Promise<number> {
  const info = file === '-' ? undefined : await stat(file).catch(() => undefined);
  return (info?.mtime ?? new Date()).getFullYear();
}

function decodeLine(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
