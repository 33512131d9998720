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
  recogniseMessage(message: string): Recognition | undefined {
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
