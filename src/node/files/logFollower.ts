import { watch, type FSWatcher } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Disposable } from '../../lab/emitter';

/** Watching can miss a change on some file systems; this often, in milliseconds, the file is looked at anyway. */
const lookAgain = 1_000;
/** A line longer than this, in characters, is cut: nobody reads on, and memory stays bounded. */
const longestLine = 1_048_576;
const chunkSize = 65_536;

/**
 * Follows a file that a server appends to, from where it ends now or from its start, and gives whole lines. The file may not exist yet;
 * when it is replaced or cut short (rotation), reading begins anew.
 */
export class LogFollower implements Disposable {
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;
  private isStale = false;
  private isDisposed = false;
  private position: number | undefined;
  private inode: number | undefined;
  private decoder = new StringDecoder('utf8');
  private rest = '';

  constructor(
    private readonly file: string,
    private readonly onLines: (lines: readonly string[]) => void,
    options: { readonly fromStart: boolean },
  ) {
    if (options.fromStart) this.position = 0;
  }

  /** Reads what is there by now and goes on following. */
  async start(): Promise<void> {
    if (this.position === undefined) {
      const info = await stat(this.file).catch(() => undefined);
      this.position = info?.size ?? 0;
      this.inode = info?.ino;
    }
    try {
      const name = basename(this.file);
      this.watcher = watch(dirname(this.file), (_event, changed) => {
        if (changed === null || changed === name) void this.read();
      });
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      // The folder cannot be watched; looking once a second is enough.
    }
    this.timer = setInterval(() => void this.read(), lookAgain);
    await this.read();
  }

  /** Reads to the end of the file once; a call while one runs makes that one look again. */
  async read(): Promise<void> {
    this.isStale = true;
    this.reading ??= this.readWhileStale().finally(() => (this.reading = undefined));
    await this.reading;
  }

  private async readWhileStale(): Promise<void> {
    while (this.isStale && !this.isDisposed) {
      this.isStale = false;
      await this.readOnce();
    }
  }

  private async readOnce(): Promise<void> {
    const handle = await open(this.file, 'r').catch(() => undefined);
    if (!handle) return;
    try {
      const { size, ino } = await handle.stat();
      if (size < (this.position ?? 0) || (this.inode !== undefined && ino !== this.inode)) this.beginAnew();
      this.inode = ino;
      while ((this.position ?? 0) < size && !this.isDisposed) {
        const { bytesRead, buffer } = await handle.read({
          buffer: Buffer.alloc(chunkSize),
          position: this.position ?? 0,
        });
        if (bytesRead === 0) return;
        this.position = (this.position ?? 0) + bytesRead;
        this.take(this.decoder.write(buffer.subarray(0, bytesRead)));
      }
    } finally {
      await handle.close();
    }
  }

  private beginAnew(): void {
    this.position = 0;
    this.rest = '';
    this.decoder = new StringDecoder('utf8');
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = (lines.pop() ?? '').slice(0, longestLine);
    if (lines.length > 0)
      this.onLines(lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, longestLine)));
  }

  dispose(): void {
    this.isDisposed = true;
    clearInterval(this.timer);
    this.watcher?.close();
  }
}
