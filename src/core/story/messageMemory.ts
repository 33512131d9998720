/** Not remembered: it has to be recognised. */
export const unknownMessage = Symbol('unknown message');

/**
 * Remembers what messages say by their bytes. A replica that cannot sync says the same five lines again and again, up to thousands of
 * times a second; each of them becomes text and is recognised only once.
 */
export class MessageMemory<T> {
  /** The messages, each in a room of `longest` bytes, and their lengths: 0 where there is none. */
  private readonly bytes: Uint8Array;
  private readonly lengths: Uint16Array;
  private readonly said: (T | undefined)[];

  /**
   * `size`: how many messages are remembered at most, a power of two. `longest`: in bytes; a longer message is hardly ever said twice.
   */
  constructor(
    private readonly size = 1_024,
    private readonly longest = 256,
  ) {
    this.bytes = new Uint8Array(size * longest);
    this.lengths = new Uint16Array(size);
    this.said = Array.from({ length: size }, () => undefined);
  }

  /** Whether messages of this length are remembered. */
  hasRoom(length: number): boolean {
    return length > 0 && length <= this.longest;
  }

  /** What `bytes[start, end)` says, if that is remembered; {@link unknownMessage} if not. */
  recall(bytes: Uint8Array, start: number, end: number): T | typeof unknownMessage {
    const length = end - start;
    if (!this.hasRoom(length)) return unknownMessage;
    const place = placeOf(bytes, start, end) & (this.size - 1);
    if (this.lengths[place] !== length || !this.isSame(place * this.longest, bytes, start, length))
      return unknownMessage;
    return this.said[place] as T;
  }

  remember(bytes: Uint8Array, start: number, end: number, said: T): void {
    const length = end - start;
    if (!this.hasRoom(length)) return;
    const place = placeOf(bytes, start, end) & (this.size - 1);
    this.lengths[place] = length;
    this.bytes.set(bytes.subarray(start, end), place * this.longest);
    this.said[place] = said;
  }

  private isSame(from: number, bytes: Uint8Array, start: number, length: number): boolean {
    const known = this.bytes;
    // From the end: there messages differ first.
    for (let at = length - 1; at >= 0; at--) if (known[from + at] !== bytes[start + at]) return false;
    return true;
  }
}

/** From the length, the middle and the last bytes: the beginnings of messages are alike, their ends differ. */
function placeOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = Math.max(start, end - 12); at < end; at++) hash = Math.imul(hash, 31) + (bytes[at] ?? 0);
  hash = Math.imul(hash, 31) + (bytes[(start + end) >> 1] ?? 0);
  hash = Math.imul(hash, 31) + (bytes[start + 4] ?? 0);
  return hash ^ (hash >>> 10);
}
