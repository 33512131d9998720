/** Where bytes are collected. Whoever writes makes room first, writes at `length` and moves it on. */
export interface ByteSink {
  /** Another array after {@link reserve} where the old one was too small. */
  readonly bytes: Uint8Array;
  length: number;
  /** Makes room for so many bytes behind `length`. */
  reserve(count: number): void;
  add(text: string): void;
}
