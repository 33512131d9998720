/** Not remembered: it has to be recognised. */
export const unknownMessage = Symbol('unknown message');

/** A power of two: how many messages are remembered at most. */
const size = 4_096;
/** A longer message is hardly ever said twice. */
const longest = 256;

/**
 * Remembers what messages say by their bytes. A replica that cannot sync says the same five lines again and again, up to thousands of
 * times a second; each of them becomes text and is recognised only once.
 */
export class MessageMemory<T> {
  /** The messages, each in a room of {@link longest} bytes, and their lengths: 0 where there is none. */
  private readonly bytes = new Uint8Array(size * longest);
  private readonly lengths = new Uint16Array(size);
  private readonly said: (T | undefined)[] = Array.from({ length: size }, () => undefined);

  /** What `bytes[start, end)` says, if that is remembered; {@link unknownMessage} if not. */
  recall(bytes: Uint8Array, start: number, end: number): T | typeof unknownMessage {
    const length = end - start;
    if (length > longest) return unknownMessage;
    const place = placeOf(bytes, start, end);
    if (this.lengths[place] !== length || !this.isSame(place * longest, bytes, start, length))
      return unknownMessage;
    return this.said[place] as T;
  }

  remember(bytes: Uint8Array, start: number, end: number, said: T): void {
    const length = end - start;
    if (length > longest) return;
    const place = placeOf(bytes, start, end);
    this.lengths[place] = length;
    this.bytes.set(bytes.subarray(start, end), place * longest);
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
  return (hash ^ (hash >>> 10)) & (size - 1);
}
