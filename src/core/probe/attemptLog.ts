import { errorClasses, type ErrorClass } from './errorClass';

/** How a write ended: acknowledged, or why not. */
export type AttemptResult = 'ok' | ErrorClass;

/**
 * How far a write came. `unsent`: it never left the client, so it cannot be there. `unanswered`: it was sent and no answer came, so it
 * may be there. `answered`: the server said yes or no.
 */
export type AttemptFate = 'unsent' | 'unanswered' | 'answered';

/** One write, tried once. */
export interface Attempt {
  /** Counted from 1 within its client. */
  readonly number: number;
  /** Milliseconds of the probe's clock. */
  readonly sentAt: number;
  /** When its result was known, milliseconds of the same clock. */
  readonly settledAt: number;
  readonly result: AttemptResult;
  readonly fate: AttemptFate;
  /** Place of the server in the record's list; undefined when the attempt reached none. */
  readonly server: number | undefined;
}

/** How many attempts make one block: 120 KB. */
const blockLength = 8_192;
const bytesPerAttempt = 8 + 4 + 2 + 1;
/** Bits of the column `outcome` beside the number of the result. */
const sentBit = 0x80;
const answeredBit = 0x40;
const resultBits = 0x1f;
/** Result 0 is `ok`, the others are places in the list of classes, from 1. */
const timeoutCode = errorClasses.indexOf('TIMEOUT') + 1;

/**
 * All attempts of one client, 15 bytes each: an hour of 1,000 writes a second takes 54 MB. An attempt that was begun and not settled is
 * one whose answer never came.
 */
export class AttemptLog {
  private readonly blocks: Block[] = [];
  private count = 0;

  /** Reads what {@link bytes} gave; the blocks must come in their order. */
  static fromBytes(blocks: Iterable<Uint8Array>): AttemptLog {
    const log = new AttemptLog();
    for (const bytes of blocks) {
      const block = Block.fromBytes(bytes);
      // Only the last one may be shorter than the others, and none may follow it.
      if (log.count % blockLength !== 0) throw new Error('a block of attempts is missing');
      log.blocks.push(block);
      log.count += block.length;
    }
    return log;
  }

  /** How many attempts there were: their numbers are 1 to this. */
  get length(): number {
    return this.count;
  }

  /** Notes a new attempt and gives its number. */
  begin(sentAt: number): number {
    const place = this.count % blockLength;
    if (place === 0) this.blocks.push(new Block(blockLength));
    const block = this.blocks[this.blocks.length - 1] as Block;
    block.sentAt[place] = sentAt;
    block.outcome[place] = sentBit | timeoutCode;
    return ++this.count;
  }

  /** Notes how an attempt ended. `latency` is in milliseconds since it was begun. */
  settle(
    number: number,
    end: {
      readonly result: AttemptResult;
      readonly fate: AttemptFate;
      readonly latency: number;
      readonly server: number | undefined;
    },
  ): void {
    const block = this.blockOf(number);
    const place = (number - 1) % blockLength;
    const code = end.result === 'ok' ? 0 : errorClasses.indexOf(end.result) + 1;
    const fate = end.fate === 'unsent' ? 0 : end.fate === 'unanswered' ? sentBit : sentBit | answeredBit;
    block.outcome[place] = fate | code;
    block.latency[place] = end.latency;
    block.server[place] = end.server === undefined ? 0 : end.server + 1;
  }

  at(number: number): Attempt {
    const block = this.blockOf(number);
    const place = (number - 1) % blockLength;
    const outcome = block.outcome[place] ?? 0;
    const code = outcome & resultBits;
    const sentAt = block.sentAt[place] ?? 0;
    const server = block.server[place] ?? 0;
    return {
      number,
      sentAt,
      settledAt: sentAt + (block.latency[place] ?? 0),
      result: code === 0 ? 'ok' : (errorClasses[code - 1] ?? 'other'),
      fate: outcome & answeredBit ? 'answered' : outcome & sentBit ? 'unanswered' : 'unsent',
      server: server === 0 ? undefined : server - 1,
    };
  }

  /** The attempts in the order of their numbers, which is that of their sending. */
  *[Symbol.iterator](): Generator<Attempt> {
    for (let number = 1; number <= this.count; number++) yield this.at(number);
  }

  /** All of it as blocks of bytes, for another process on the same machine. The bytes are the log's own: not to be changed. */
  *bytes(): Generator<Uint8Array> {
    for (const [index, block] of this.blocks.entries())
      yield block.bytes(Math.min(blockLength, this.count - index * blockLength));
  }

  private blockOf(number: number): Block {
    if (!Number.isInteger(number) || number < 1 || number > this.count)
      throw new RangeError(`there is no attempt ${number} among ${this.count}`);
    return this.blocks[Math.floor((number - 1) / blockLength)] as Block;
  }
}

/** Columns of so many attempts, one behind the other in one buffer; each begins where its type may. */
class Block {
  readonly sentAt: Float64Array;
  readonly latency: Float32Array;
  readonly server: Uint16Array;
  readonly outcome: Uint8Array;

  constructor(
    readonly length: number,
    private readonly buffer: ArrayBuffer = new ArrayBuffer(length * bytesPerAttempt),
  ) {
    this.sentAt = new Float64Array(buffer, 0, length);
    this.latency = new Float32Array(buffer, length * 8, length);
    this.server = new Uint16Array(buffer, length * 12, length);
    this.outcome = new Uint8Array(buffer, length * 14, length);
  }

  static fromBytes(bytes: Uint8Array): Block {
    if (bytes.length % bytesPerAttempt !== 0) throw new Error('a block of attempts is cut off');
    // Copied: a slice of a larger buffer need not begin where numbers may.
    return new Block(bytes.length / bytesPerAttempt, new Uint8Array(bytes).buffer);
  }

  bytes(used: number): Uint8Array {
    if (used === this.length) return new Uint8Array(this.buffer);
    const part = new Block(used);
    part.sentAt.set(this.sentAt.subarray(0, used));
    part.latency.set(this.latency.subarray(0, used));
    part.server.set(this.server.subarray(0, used));
    part.outcome.set(this.outcome.subarray(0, used));
    return new Uint8Array(part.buffer);
  }
}
