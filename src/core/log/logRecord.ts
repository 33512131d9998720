import { allMessages } from './allMessages';
import type { EventPhase } from './eventTable';
import type { LogLine } from './logLine';
import { MessageIndex } from './messageIndex';
import type { MessageSpec } from './messages/messageSpec';
import { recogniseEvent, type EventArgs } from './recogniseEvent';
import type { SentinelInstance } from './sentinelEvent';

/** What a line says, in one form for Sentinel events and all other messages. */
export interface Recognition {
  readonly id: string;
  /** The Sentinel event type exactly as written; undefined for other messages. */
  readonly event: string | undefined;
  readonly phase: EventPhase | undefined;
  readonly weight: 'detail' | 'routine' | 'noteworthy' | 'problem';
  readonly instance: SentinelInstance | undefined;
  readonly master: SentinelInstance | undefined;
  readonly args: EventArgs;
}

/**
 * A recogniser that remembers the messages it met last: a server in trouble says the same again and again, and a look into a map costs
 * a tenth of a recognition.
 */
export class RememberingRecogniser implements Recognises {
  private known = new Map<string, Recognition | undefined>();

  constructor(private readonly inner: Recogniser) {}

  recognise({ message }: LogLine): Recognition | undefined {
    if (message.length > longestRemembered) return this.inner.recogniseMessage(message);
    const found = this.known.get(message);
    if (found !== undefined || this.known.has(message)) return found;
    const said = this.inner.recogniseMessage(message);
    // Forgetting all at once is cheaper than to keep account of what is oldest.
    if (this.known.size >= mostRemembered) this.known = new Map();
    this.known.set(message, said);
    return said;
  }
}

const mostRemembered = 2_000;
const longestRemembered = 300;

/** Nobody writes longer messages; of a longer one only so much is looked at, so that a hostile line stays cheap. In characters. */
const longestMessage = 16_384;

/** What tells the meaning of a line. */
export interface Recognises {
  recognise(line: LogLine): Recognition | undefined;
}

/** Recognises lines. Make one and keep it: its index of all wordings is built once. */
export class Recogniser {
  private readonly index: MessageIndex;

  constructor(specs: readonly MessageSpec[] = allMessages) {
    this.index = new MessageIndex(specs);
  }

  /** Undefined: a message that no version we know writes. */
  recognise({ message }: LogLine): Recognition | undefined {
    return this.recogniseMessage(message);
  }

  /** The same for a message that has already lost its prefix. */
  recogniseMessage(whole: string): Recognition | undefined {
    const message = whole.length > longestMessage ? whole.slice(0, longestMessage) : whole;
    const event = recogniseEvent(message);
    if (event) {
      const { type, id, phase, weight, instance, master, args } = event;
      return { id, event: type, phase, weight, instance, master, args };
    }
    const found = this.index.find(message) ?? this.index.find(message.trim());
    if (!found) return undefined;
    const { spec, args } = found;
    return {
      id: spec.id,
      event: undefined,
      phase: undefined,
      weight: spec.weight ?? 'routine',
      instance: undefined,
      master: undefined,
      args,
    };
  }
}
