/** The named values of a message; numbers where the wording says so. */
export type MessageArgs = Readonly<Record<string, string | number>>;

type SlotKind = 'text' | 'int' | 'float' | 'word';

interface Slot {
  readonly name: string;
  readonly kind: SlotKind;
  /** The fixed text behind the value; empty at the end of the wording, or right before another value. */
  readonly after: string;
}

/**
 * A wording made ready for matching. It is matched from left to right without ever going back, so a line costs at most its length,
 * whatever is in it: a value of text ends where the fixed text behind it first stands.
 */
export interface Wording {
  /** The fixed text before the first value. */
  readonly head: string;
  readonly slots: readonly Slot[];
}

const slotForm = /\{(\w+)(?::(int|float|word))?\}/g;

export function compileWording(text: string): Wording {
  const plain = text.replaceAll('{{', '\u0001').replaceAll('}}', '\u0002');
  const restore = (part: string): string => part.replaceAll('\u0001', '{').replaceAll('\u0002', '}');
  const found = [...plain.matchAll(slotForm)];
  const slots = found.map((match, index) => ({
    name: match[1] ?? '',
    kind: (match[2] ?? 'text') as SlotKind,
    after: restore(plain.slice(match.index + match[0].length, found[index + 1]?.index ?? plain.length)),
  }));
  return { head: restore(plain.slice(0, found[0]?.index ?? plain.length)), slots };
}

/** The values of a message that has this wording, or undefined. Blanks at the end of the message do not count. */
export function matchWording({ head, slots }: Wording, message: string): MessageArgs | undefined {
  if (!message.startsWith(head)) return undefined;
  const last = slots.at(-1);
  if (!last) return message.length === head.length ? noArgs : undefined;
  const args: Record<string, string | number> = {};
  let at = head.length;
  for (const slot of slots) {
    const end = endOf(slot, slot === last, message, at);
    if (end < 0) return undefined;
    const value = message.slice(at, end);
    args[slot.name] = slot.kind === 'int' || slot.kind === 'float' ? Number(value) : value;
    at = end + slot.after.length;
  }
  return at === message.length ? args : undefined;
}

const noArgs: MessageArgs = {};

/** Where the value of a slot ends, with its fixed text behind it checked; -1 when it does not fit. */
function endOf(slot: Slot, isLast: boolean, message: string, start: number): number {
  if (slot.kind === 'text') {
    if (slot.after === '') return isLast ? message.length : endOfWord(message, start);
    if (isLast && message.endsWith(slot.after) && message.length - slot.after.length >= start)
      return message.length - slot.after.length;
    return message.indexOf(slot.after, start);
  }
  const end =
    slot.kind === 'word' ? endOfWord(message, start, slot.after) : endOfNumber(message, start, slot.kind);
  return end > start && message.startsWith(slot.after, end) ? end : -1;
}

/** No number of a server has more characters; a line of digits is not read to its end by every wording. */
const longestNumber = 40;

function endOfNumber(message: string, start: number, kind: SlotKind): number {
  let at = start;
  if (message.charCodeAt(at) === 45) at++;
  const limit = Math.min(message.length, start + longestNumber);
  for (; at < limit; at++) {
    const code = message.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    if (!isDigit && !(kind === 'float' && code === 46)) break;
  }
  return at;
}

/** Before a colon a word goes up to the last one: an IPv6 address has colons of its own. */
function endOfWord(message: string, start: number, after = ''): number {
  const blank = message.indexOf(' ', start);
  const limit = blank < 0 ? message.length : blank;
  if (after === '' || after.startsWith(' ')) return limit;
  if (after === ':') {
    const colon = message.lastIndexOf(':', limit - 1);
    return colon > start ? colon : limit;
  }
  const found = message.indexOf(after, start);
  return found < 0 || found > limit ? limit : found;
}
