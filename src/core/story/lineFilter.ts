import type { MessageSpec } from '../log/messages/messageSpec';
import { compileWording } from '../log/wording';

/**
 * Tells quickly whether a line can take part in the story: a million lines pass here, and nearly all of them leave again. It may say
 * yes too often, never no for a line that counts; the recogniser decides.
 */
export class LineFilter {
  /** Fixed beginnings of the messages that count, by their first character. */
  private readonly heads = new Map<number, string[]>();

  constructor(specs: readonly MessageSpec[]) {
    const heads = new Set(specs.flatMap(spec => spec.wordings.map(wording => compileWording(wording).head)));
    for (const head of heads) {
      if (head === '') continue;
      const code = head.charCodeAt(0);
      const known = this.heads.get(code);
      if (known) known.push(head);
      else this.heads.set(code, [head]);
    }
  }

  mayCount(text: string): boolean {
    const at = messageStart(text);
    if (at < 0) return true;
    const code = text.charCodeAt(at);
    if (code === plus || code === minus) return true;
    // "<id or address> voted for <id> <epoch>" has no fixed beginning.
    if (isHexDigit(code) && text.length - at < 130 && text.includes(' voted for ', at + 6)) return true;
    const heads = this.heads.get(code);
    return heads !== undefined && heads.some(head => text.startsWith(head, at));
  }
}

const plus = 43;
const minus = 45;
const colon = 58;
const blank = 32;
/** Length of `23 Nov 2026 06:47:41.584 # `, and of the same without a year. */
const stampWithYear = 27;
const stampWithoutYear = 22;

/** Where the message begins in the two most usual layouts; -1 where the line has to be read properly. */
function messageStart(text: string): number {
  const colonAt = text.indexOf(':');
  if (colonAt < 1 || colonAt > 8) return -1;
  const stamp = colonAt + 3;
  if (text.charCodeAt(stamp - 1) !== blank) return -1;
  if (text.charCodeAt(stamp + 14) === colon && text.charCodeAt(stamp + 25 + 1) === blank)
    return stamp + stampWithYear;
  if (text.charCodeAt(stamp + 9) === colon && text.charCodeAt(stamp + 20 + 1) === blank)
    return stamp + stampWithoutYear;
  return -1;
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}
