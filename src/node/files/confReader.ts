import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readConfFile } from './readConfFile';

interface Kept<T> {
  /** What of the file's or folder's data on disk must be the same for the content to be. */
  readonly mark: string;
  readonly content: T;
}

type ConfContent = Awaited<ReturnType<typeof readConfFile>>;

/** Confs beside the one that is worked on, read again only when they have changed: a look at the disk in place of reading. */
export class ConfReader {
  private readonly files = new Map<string, Kept<ConfContent>>();
  private readonly folders = new Map<string, Kept<readonly string[]>>();

  /** At most so many files are kept. */
  constructor(private readonly most = 500) {}

  /** The text of a conf; undefined where there is none that can be read. The same object as long as the file is the same. */
  async read(file: string): Promise<ConfContent | undefined> {
    return this.kept(this.files, file, () => readConfFile(file));
  }

  /** The confs of a folder by their whole paths. */
  async confsIn(folder: string): Promise<readonly string[]> {
    const read = async (): Promise<readonly string[]> =>
      (await readdir(folder)).filter(name => /\.conf$/i.test(name)).map(name => path.join(folder, name));
    return (await this.kept(this.folders, folder, read)) ?? [];
  }

  private async kept<T>(
    map: Map<string, Kept<T>>,
    key: string,
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      const mark = await markOf(key);
      const known = map.get(key);
      if (known && known.mark === mark) return known.content;
      const content = await read();
      if (map.size >= this.most) map.clear();
      // What changed while it was read is read again the next time.
      if (mark !== undefined) map.set(key, { mark, content });
      return content;
    } catch {
      map.delete(key);
      return undefined;
    }
  }
}

/** Within this time after a change another one may leave the same times behind, in milliseconds. */
const settlingTime = 50;

/** Undefined: it was changed a moment ago, so that its times do not tell whether it changes again. */
async function markOf(file: string): Promise<string | undefined> {
  const { ino, size, mtimeMs, ctimeMs } = await stat(file);
  return Math.abs(Date.now() - ctimeMs) < settlingTime ? undefined : `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}
