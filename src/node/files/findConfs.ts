import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readFoundConf, type FoundConf } from '../../core/conf/foundConf';

/** A conf on disk. */
export interface ConfOnDisk {
  /** Absolute. */
  readonly file: string;
  readonly found: FoundConf;
}

/** How many folders deep confs are looked for, in how many folders, how many files are read, and how large a conf may be, in bytes. */
const depth = 3;
const folderLimit = 2_000;
const fileLimit = 500;
const sizeLimit = 1_000_000;

/** The confs of Redis in a folder and below, whatever their names are; `.conf` and `.cfg` files are read to find out. */
export async function findConfs(folder: string): Promise<readonly ConfOnDisk[]> {
  const files = await list(resolve(folder), depth, { left: folderLimit });
  return readConfs(files.slice(0, fileLimit), folder);
}

/** Those of the files that are confs of Redis; they are named from `folder`. */
export async function readConfs(files: readonly string[], folder: string): Promise<readonly ConfOnDisk[]> {
  const read = await Promise.all(files.map(async file => readConf(resolve(file), resolve(folder))));
  return read.filter(conf => conf !== undefined);
}

/** The folder that holds all of the files; where that is only a folder `conf`, the one around it. */
export function homeOf(files: readonly string[]): string {
  const folders = files.map(file => dirname(resolve(file)));
  let home = folders[0] ?? resolve('.');
  while (
    !folders.every(folder => folder === home || folder.startsWith(home.endsWith(sep) ? home : home + sep))
  )
    home = dirname(home);
  return basename(home).toLowerCase() === 'conf' ? dirname(home) : home;
}

async function readConf(file: string, folder: string): Promise<ConfOnDisk | undefined> {
  try {
    if ((await stat(file)).size > sizeLimit) return undefined;
    const found = readFoundConf(relative(folder, file).split(sep).join('/'), await readFile(file, 'utf8'));
    return found && { file, found };
  } catch {
    // What may not be read is no conf that a lab could use.
    return undefined;
  }
}

async function list(folder: string, levels: number, budget: { left: number }): Promise<readonly string[]> {
  if (budget.left-- <= 0) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries
    .filter(entry => entry.isFile() && /\.(?:conf|cfg)$/i.test(entry.name))
    .map(entry => join(folder, entry.name))
    .toSorted();
  if (levels <= 1) return files;
  // First forms and other hidden things are nobody's confs.
  const inner = entries
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name)
    .toSorted();
  const below: string[] = [];
  for (const name of inner) below.push(...(await list(join(folder, name), levels - 1, budget)));
  return [...files, ...below];
}
