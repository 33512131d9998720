import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { looksLikeLog } from '../../core/log/looksLikeLog';

/** Files that are Redis logs, and those that were named or found and are none. */
export interface FoundLogs {
  readonly logs: readonly string[];
  readonly leftOut: readonly { readonly file: string; readonly why: 'empty' | 'notRedis' | 'unreadable' }[];
  /** The folders have more files than are looked at. */
  readonly isCut: boolean;
}

/** A folder is looked through so deep, and for so many files: it may be a home folder. */
const deepest = 8;
/** See {@link FoundLogs.isCut}. */
export const mostFiles = 5_000;
/** Large enough for the logo and a crash report's beginning. */
const headSize = 65_536;

/** Finds the logs among files, and in folders and their folders. */
export async function findLogs(paths: readonly string[]): Promise<FoundLogs> {
  const files = new Set<string>();
  for (const name of paths) {
    const info = await stat(name).catch(() => undefined);
    if (info?.isDirectory()) await collect(name, deepest, files);
    else files.add(name);
  }
  const logs: string[] = [];
  const leftOut: FoundLogs['leftOut'][number][] = [];
  for (const file of files) {
    const kind = await kindOf(file);
    if (kind === 'log') logs.push(file);
    // In a folder only what calls itself a log was meant.
    else if (paths.includes(file) || /\.log(?:\.|$)/i.test(file)) leftOut.push({ file, why: kind });
  }
  return { logs: logs.toSorted(), leftOut, isCut: files.size >= mostFiles };
}

/** By its first lines. */
export async function fileLooksLikeLog(file: string): Promise<boolean> {
  return (await kindOf(file)) === 'log';
}

async function collect(folder: string, depth: number, files: Set<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (files.size >= mostFiles) return;
    const name = path.join(folder, entry.name);
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(name)))) files.add(name);
    else if (entry.isDirectory() && depth > 0 && !skipped.test(entry.name))
      await collect(name, depth - 1, files);
  }
}

/** Links to folders are not followed: they may go round in circles. */
async function isFile(name: string): Promise<boolean> {
  const info = await stat(name).catch(() => undefined);
  return info?.isFile() ?? false;
}

const skipped = /^(?:node_modules|\..*)$/;

async function kindOf(file: string): Promise<'log' | 'empty' | 'notRedis' | 'unreadable'> {
  try {
    const handle = await open(file, 'r');
    try {
      if (!(await handle.stat()).isFile()) return 'notRedis';
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(headSize), 0, headSize, 0);
      if (bytesRead === 0) return 'empty';
      return looksLikeLog(headLines(buffer.subarray(0, bytesRead))) ? 'log' : 'notRedis';
    } finally {
      await handle.close();
    }
  } catch {
    return 'unreadable';
  }
}

/** The lines of a file's beginning, in the encodings that `readLines` knows. */
function headLines(bytes: Buffer): readonly string[] {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = isLittle
    ? even.toString('utf16le')
    : isBig
      ? even.swap16().toString('utf16le')
      : bytes.toString();
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}
