/**
 * Collects text as bytes. A million lines put together as strings first would be kept, moved and copied several times before they are
 * written; so each becomes bytes at once and is forgotten.
 */
export class OutputBuffer {
  private bytes = Buffer.allocUnsafe(1 << 20);
  private length = 0;

  add(text: string): void {
    // A UTF-16 unit takes at most three bytes.
    const needed = this.length + text.length * 3;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** What was collected, and begins anew: the bytes are only good until something is added. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
