import type { MessageSpec } from './messages/messageSpec';
import { compileWording, matchWording, type MessageArgs, type Wording } from './wording';

/** A recognised message: which one it is, and its values. */
export interface RecognisedMessage {
  readonly spec: MessageSpec;
  readonly args: MessageArgs;
}

interface Candidate {
  readonly spec: MessageSpec;
  readonly wording: Wording;
}

/**
 * Finds which message a text is. The fixed text at the head of a wording is looked up by its first characters, so a line is held
 * against a few candidates and not against hundreds; wordings that begin with a value come last.
 */
export class MessageIndex {
  private readonly byHead = new Map<string, Candidate[]>();
  private readonly shortHeads: Candidate[] = [];

  constructor(specs: readonly MessageSpec[]) {
    for (const spec of specs) {
      for (const text of spec.wordings) this.add({ spec, wording: compileWording(text) });
    }
    // The wording with more fixed text says more: it is tried first.
    for (const candidates of [...this.byHead.values(), this.shortHeads])
      candidates.sort((a, b) => weight(b.wording) - weight(a.wording));
  }

  find(message: string): RecognisedMessage | undefined {
    return (
      this.firstMatch(this.byHead.get(message.slice(0, keyLength)), message) ??
      this.firstMatch(this.shortHeads, message)
    );
  }

  private add(candidate: Candidate): void {
    const { head, slots } = candidate.wording;
    if (head.length < keyLength && slots.length > 0) {
      this.shortHeads.push(candidate);
      return;
    }
    const key = head.slice(0, keyLength);
    const known = this.byHead.get(key);
    if (known) known.push(candidate);
    else this.byHead.set(key, [candidate]);
  }

  private firstMatch(
    candidates: readonly Candidate[] | undefined,
    message: string,
  ): RecognisedMessage | undefined {
    for (const { spec, wording } of candidates ?? []) {
      const args = matchWording(wording, message);
      if (args) return { spec, args };
    }
    return undefined;
  }
}

/** Long enough to tell most messages apart, short enough that most heads have it. */
const keyLength = 6;

function weight({ head, slots }: Wording): number {
  return head.length + slots.reduce((sum, slot) => sum + slot.after.length, 0);
}
