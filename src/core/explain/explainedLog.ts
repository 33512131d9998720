import type { ByteSink } from '../log/byteSink';
import type { Recogniser, Recognition, Recognises } from '../log/logRecord';
import { RecordReader, type LogRecord } from '../log/recordReader';
import type { DecodeLine } from '../story/collect';
import { unknownMessage, type MessageMemory } from '../story/messageMemory';
import type { ExplainedJson } from './explainedJson';
import type { TextVariant } from './explainTexts';
import type { LineContext } from './lineContext';
import { longestHead, usualMessageStart, writeUsualHead } from './usualHead';

/** What {@link ExplainedLog} works with: one of each for all files. */
export interface ExplainTools {
  readonly json: ExplainedJson;
  readonly recogniser: Recogniser;
  /** For lines that go the long way. */
  readonly remembering: Recognises;
  /** The messages met last. What is in it does not depend on the file. */
  readonly memory: MessageMemory<KnownMessage>;
  readonly decode: DecodeLine;
  /** Makes UTF-8 of a text. */
  readonly encode: (text: string) => Uint8Array;
}

/** A message with its explanations as bytes, by the situation it was said in: nearly always in none. */
export interface KnownMessage {
  readonly text: string;
  readonly said: Recognition | undefined;
  readonly explained: Map<string, Uint8Array>;
}

/** A line in a usual layout; `message` is where its message begins. */
interface UsualLine {
  bytes: Uint8Array;
  start: number;
  message: number;
  end: number;
  number: number;
  known: KnownMessage;
}

/**
 * Explains a file as JSON, from bytes to bytes. Of a line in a usual layout whose message was met before nothing becomes text: its
 * prefix is copied, and its explanation is at hand. All others take the way of RecordReader and ExplainedJson, which gives the same.
 *
 * A usual line is held until the next one: should that have no prefix, it may belong to it, and both go the long way.
 */
export class ExplainedLog {
  private readonly records: RecordReader;
  private readonly intro: Uint8Array;
  private count = 0;
  private held: UsualLine | undefined;

  constructor(
    private readonly file: string,
    private readonly tools: ExplainTools,
    private readonly context: LineContext,
    private readonly sink: ByteSink,
  ) {
    this.records = new RecordReader(tools.remembering);
    this.intro = tools.encode(`{"file":${JSON.stringify(file)},"line":`);
  }

  /** Takes the next line, `bytes[start, end)`. The bytes must stay as they are until {@link endPiece}. */
  read(bytes: Uint8Array, start: number, end: number): void {
    const number = ++this.count;
    const message = usualMessageStart(bytes, start, end);
    const known = message < 0 ? unknownMessage : this.know(bytes, message, end);
    if (known === unknownMessage) {
      this.readLong(this.tools.decode(bytes, start, end), number);
      return;
    }
    const { held } = this;
    if (held) {
      this.write(held);
      held.bytes = bytes;
      held.start = start;
      held.message = message;
      held.end = end;
      held.number = number;
      held.known = known;
    } else {
      this.writeRecord(this.records.end());
      this.held = { bytes, start, message, end, number, known };
    }
  }

  /** The bytes of the lines so far will be used again. */
  endPiece(): void {
    const { held } = this;
    if (!held) return;
    held.bytes = Uint8Array.from(held.bytes.subarray(held.start, held.end));
    held.message -= held.start;
    held.end -= held.start;
    held.start = 0;
  }

  end(): void {
    if (this.held) this.write(this.held);
    this.held = undefined;
    this.writeRecord(this.records.end());
  }

  /** The line belongs to no usual ones, and the one before it may have to take it in. */
  private readLong(text: string, number: number): void {
    const { held, records, tools } = this;
    this.held = undefined;
    if (held) {
      records.goOnAt(held.number);
      records.read(tools.decode(held.bytes, held.start, held.end));
    } else {
      records.goOnAt(number);
    }
    this.writeRecord(records.read(text));
  }

  private know(bytes: Uint8Array, message: number, end: number): KnownMessage | typeof unknownMessage {
    const { memory, recogniser, decode } = this.tools;
    const found = memory.recall(bytes, message, end);
    if (found !== unknownMessage || !memory.hasRoom(end - message)) return found;
    const text = decode(bytes, message, end);
    const known = { text, said: recogniser.recogniseMessage(text), explained: new Map() };
    memory.remember(bytes, message, end, known);
    return known;
  }

  private write(line: UsualLine): void {
    const { known } = line;
    const { sink, intro } = this;
    const variants = known.said ? this.context.read(known.said) : noVariants;
    const situation = variants.length < 2 ? (variants[0] ?? '') : variants.join(' ');
    const explained = known.explained.get(situation) ?? this.explain(known, variants, situation);
    sink.reserve(intro.length + longestHead + explained.length);
    sink.bytes.set(intro, sink.length);
    const at = writeUsualHead(sink.bytes, sink.length + intro.length, line);
    sink.bytes.set(explained, at);
    sink.length = at + explained.length;
  }

  private explain(
    { text, said, explained }: KnownMessage,
    variants: readonly TextVariant[],
    situation: string,
  ): Uint8Array {
    const bytes = this.tools.encode(`${this.tools.json.meaningIn(text, said, variants)}\n`);
    explained.set(situation, bytes);
    return bytes;
  }

  private writeRecord(record: LogRecord | undefined): void {
    if (!record) return;
    const [head, meaning] = this.tools.json.of(this.file, record, this.context);
    this.sink.add(head);
    this.sink.add(meaning);
    this.sink.add('\n');
  }
}

const noVariants: readonly TextVariant[] = [];
