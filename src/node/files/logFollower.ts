import { watch, type FSWatcher } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Disposable } from '../../lab/emitter';
import { findLastLines } from './findLastLines';

/** Watching can miss a change on some file systems; this often, in milliseconds, the file is looked at anyway. */
const lookAgain = 1_000;
/** A line longer than this, in characters, is cut: nobody reads on, and memory stays bounded. */
const longestLine = 1_048_576;
const chunkSize = 65_536;

/** Where reading begins: at the start of the file, with its last lines, or only with what is appended from now on. */
export type FollowFrom =
  | { readonly fromStart: boolean; readonly lastLines?: undefined }
  | { readonly fromStart?: undefined; readonly lastLines: number };

/**
 * Follows a file that a server appends to, and gives whole lines with the number of the first of them. The file may not exist yet; when
 * it is replaced, removed or cut short (rotation, a reset lab), reading begins anew and numbers count from 1 again. Of a file that is
 * followed from its end, numbers count from there.
 */
export class LogFollower implements Disposable {
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;
  private isStale = false;
  private isDisposed = false;
  private isGone = false;
  private position: number | undefined;
  private inode: number | undefined;
  private decoder = new StringDecoder('utf8');
  private rest = '';
  private nextLine = 1;

  constructor(
    private readonly file: string,
    private readonly onLines: (lines: readonly string[], firstLine: number) => void,
    private readonly from: FollowFrom,
  ) {
    if (from.fromStart === true) this.position = 0;
  }

  /** Reads what is there by now and goes on following. */
  async start(): Promise<void> {
    if (this.position === undefined) await this.findBeginning();
    if (this.isDisposed) return;
    this.watch();
    this.timer = setInterval(() => this.look(), lookAgain);
    await this.read();
  }

  /** Reads to the end of the file once; a call while one runs makes that one look again. */
  async read(): Promise<void> {
    this.isStale = true;
    this.reading ??= this.readWhileStale().finally(() => (this.reading = undefined));
    await this.reading;
  }

  private async findBeginning(): Promise<void> {
    const handle = await open(this.file, 'r').catch(() => undefined);
    if (!handle) {
      this.position = 0;
      return;
    }
    try {
      const { size, ino } = await handle.stat();
      this.inode = ino;
      const count = this.from.lastLines ?? 0;
      const found = count === 0 ? { position: size, line: 1 } : await findLastLines(handle, size, count);
      this.position = found.position;
      this.nextLine = found.line;
    } catch {
      this.position = 0;
    } finally {
      await handle.close();
    }
  }

  private watch(): void {
    this.watcher?.close();
    this.watcher = undefined;
    try {
      const name = basename(this.file);
      this.watcher = watch(dirname(this.file), (_event, changed) => {
        if (changed === null || changed === name) void this.read();
      });
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      // The folder is not there yet or cannot be watched; looking once a second is enough.
    }
  }

  private look(): void {
    // A folder that was removed and made again is another one for the watcher.
    if (!this.watcher || this.isGone) this.watch();
    void this.read();
  }

  private async readWhileStale(): Promise<void> {
    while (this.isStale && !this.isDisposed) {
      this.isStale = false;
      await this.readOnce();
    }
  }

  private async readOnce(): Promise<void> {
    const info = await stat(this.file).catch(() => undefined);
    if (!info) this.isGone = true;
    // Most looks end here: the file is as it was.
    if (!info || (!this.isGone && info.size === this.position && info.ino === this.inode)) return;
    const handle = await open(this.file, 'r').catch(() => undefined);
    if (!handle) return;
    try {
      await this.readFrom(handle);
    } catch {
      // It cannot be read now, such as a folder in its place; it is looked at again.
    } finally {
      await handle.close();
    }
  }

  private async readFrom(handle: FileHandle): Promise<void> {
    const { size, ino } = await handle.stat();
    const isOther = this.inode !== undefined && (this.isGone || ino !== this.inode);
    if (size < (this.position ?? 0) || isOther) this.beginAnew();
    this.isGone = false;
    this.inode = ino;
    while ((this.position ?? 0) < size && !this.isDisposed) {
      const { bytesRead, buffer } = await handle.read({
        buffer: Buffer.allocUnsafe(Math.min(chunkSize, size - (this.position ?? 0))),
        position: this.position ?? 0,
      });
      if (bytesRead === 0) return;
      this.position = (this.position ?? 0) + bytesRead;
      this.take(this.decoder.write(buffer.subarray(0, bytesRead)));
    }
  }

  private beginAnew(): void {
    this.position = 0;
    this.rest = '';
    this.nextLine = 1;
    this.decoder = new StringDecoder('utf8');
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = (lines.pop() ?? '').slice(0, longestLine);
    if (lines.length === 0 || this.isDisposed) return;
    const first = this.nextLine;
    this.nextLine += lines.length;
    this.onLines(
      lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, longestLine)),
      first,
    );
  }

  dispose(): void {
    this.isDisposed = true;
    clearInterval(this.timer);
    this.watcher?.close();
  }
}
