import type { ByteSink } from '../core/log/byteSink';

/**
 * Collects text as bytes. A million lines put together as strings first would be kept, moved and copied several times before they are
 * written; so each becomes bytes at once and is forgotten.
 */
export class OutputBuffer implements ByteSink {
  bytes = Buffer.allocUnsafe(1 << 20);
  length = 0;

  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  add(text: string): void {
    // A UTF-16 unit takes at most three bytes.
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** What was collected, and begins anew: the bytes are only good until something is added. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
