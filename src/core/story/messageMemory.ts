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
  /** Which message of a full group has to go next. */
  private turn = 0;

  /**
   * `size`: how many messages are remembered at most, a power of two. `longest`: in bytes; a longer message is hardly ever said twice.
   */
  constructor(
    private readonly size = 4_096,
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
    const first = this.groupOf(bytes, start, end);
    for (let place = first; place < first + inGroup; place++)
      if (this.lengths[place] === length && this.isSame(place * this.longest, bytes, start, length))
        return this.said[place] as T;
    return unknownMessage;
  }

  /** Remembers a message that is not remembered yet. */
  remember(bytes: Uint8Array, start: number, end: number, said: T): void {
    const length = end - start;
    if (!this.hasRoom(length)) return;
    const place = this.roomIn(this.groupOf(bytes, start, end));
    this.lengths[place] = length;
    this.bytes.set(bytes.subarray(start, end), place * this.longest);
    this.said[place] = said;
  }

  /** The first place of the few in which a message can be. */
  private groupOf(bytes: Uint8Array, start: number, end: number): number {
    return hashOf(bytes, start, end) & (this.size - inGroup);
  }

  /** A free place of a group, or that of the message that has to go. */
  private roomIn(first: number): number {
    for (let place = first; place < first + inGroup; place++) if (this.lengths[place] === 0) return place;
    this.turn = (this.turn + 1) % inGroup;
    return first + this.turn;
  }

  private isSame(from: number, bytes: Uint8Array, start: number, length: number): boolean {
    const known = this.bytes;
    // From the end: there messages differ first.
    for (let at = length - 1; at >= 0; at--) if (known[from + at] !== bytes[start + at]) return false;
    return true;
  }
}

const inGroup = 8;

/** Of all bytes, two at a time: messages differ anywhere, often only in a port in their middle. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  let hash = length % 2 === 0 ? length : length + ((bytes[start] ?? 0) << 8);
  for (let at = start + (length % 2); at < end; at += 2)
    hash = Math.imul(hash ^ ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)), 0x9e_37_79_b1);
  return hash ^ (hash >>> 15);
}
