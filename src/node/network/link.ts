import type { Socket } from 'node:net';
import type { LinkCondition } from '../../core/network/linkRule';
import { LinkQueue } from '../../core/network/linkQueue';
import type { Random } from '../../core/network/loss';

/** What travels on a link beside bytes: the end of a connection, and its end by force. */
type Piece = Buffer | 'end' | 'reset';

/** More than this under way, in bytes, and the sender has to wait, as it has to for TCP's window. */
const window = 4 * 1024 * 1024;
/** More than this that the system did not take yet, in bytes, and the sender has to wait, too. */
const mostUnsent = 256 * 1024;

/** One direction of a connection: what comes from the source goes to the target, when and as the condition of the link has it. */
export class Link {
  private readonly queue: LinkQueue<Piece>;
  private timer: NodeJS.Timeout | undefined;
  /** The target has all it can take for now. */
  private isFull = false;
  private isHeld = false;

  constructor(
    private readonly source: Socket,
    private readonly target: Socket,
    random: Random,
  ) {
    this.queue = new LinkQueue(random);
    target.on('drain', () => {
      this.isFull = false;
      this.carry();
    });
    // What is still under way to somebody who is gone has no place to go.
    target.on('close', () => clearTimeout(this.timer));
  }

  /** Bytes under way. */
  get held(): number {
    return this.queue.bytes;
  }

  change(condition: LinkCondition): void {
    this.queue.change(condition, performance.now());
    this.carry();
  }

  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    this.carry();
  }

  /** Takes what the source sent. */
  send(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.queue.isOpen && !this.isFull && !this.isHeld) this.deliver(bytes);
    else this.queue.send(bytes, bytes.length, performance.now());
    this.carry();
  }

  /** The source has said all it will say. */
  end(): void {
    this.queue.send('end', 0, performance.now());
    this.carry();
  }

  /** The source is gone. */
  reset(): void {
    this.queue.send('reset', 0, performance.now());
    this.carry();
  }

  private carry(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (!this.isFull && !this.isHeld && !this.target.destroyed) {
      const now = performance.now();
      const piece = this.queue.receive(now);
      if (piece === undefined) {
        this.waitForNext(now);
        break;
      }
      this.deliver(piece);
    }
    if (this.isFull || this.isHeld || this.queue.bytes > window) this.source.pause();
    else this.source.resume();
  }

  private waitForNext(now: number): void {
    const next = this.queue.nextArrival;
    if (next !== undefined) this.timer = setTimeout(() => this.carry(), Math.max(0, next - now));
  }

  private deliver(piece: Piece): void {
    if (this.target.destroyed) return;
    if (piece === 'end') this.target.end();
    else if (piece === 'reset') this.target.resetAndDestroy();
    // After a write that is told to be too much, 'drain' comes.
    else this.isFull = !this.target.write(piece) && this.target.writableLength > mostUnsent;
  }
}
