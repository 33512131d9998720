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
 * Finds which message a text is. The fixed text at the head of every wording is in a tree of first differences: a few characters of the
 * line lead to the few wordings that it can have, and only these are held against it.
 */
export class MessageIndex {
  private readonly root: Branch;

  constructor(specs: readonly MessageSpec[]) {
    const candidates = specs
      .flatMap(spec => spec.wordings.map(text => ({ spec, wording: compileWording(text) })))
      // The wording with more fixed text says more: it is tried first. One that begins with a value, or nearly so, comes last.
      .toSorted((a, b) => rank(b.wording) - rank(a.wording));
    this.root = branchOf(candidates, []);
  }

  find(message: string): RecognisedMessage | undefined {
    let branch = this.root;
    for (;;) {
      const next = branch.next.get(message.charCodeAt(branch.at));
      if (next === undefined) break;
      branch = next;
    }
    for (const { spec, wording } of branch.candidates) {
      const args = matchWording(wording, message);
      if (args) return { spec, args };
    }
    return undefined;
  }
}

/** All wordings whose heads are alike up to `at`, and where they go on differently. */
interface Branch {
  readonly at: number;
  readonly next: ReadonlyMap<number, Branch>;
  /** What a line can be that leads here and no further: the best first. */
  readonly candidates: readonly Candidate[];
}

/** `shorter` are those whose head is the beginning of all heads here. Both lists are in order of rank. */
function branchOf(candidates: readonly Candidate[], shorter: readonly Candidate[]): Branch {
  const at = commonLength(candidates.map(({ wording }) => wording.head));
  const ending = candidates.filter(({ wording }) => wording.head.length === at);
  const here = [...ending, ...shorter].toSorted((a, b) => rank(b.wording) - rank(a.wording));
  const groups = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const { head } = candidate.wording;
    if (head.length === at) continue;
    const code = head.charCodeAt(at);
    const group = groups.get(code);
    if (group) group.push(candidate);
    else groups.set(code, [candidate]);
  }
  return {
    at,
    candidates: here,
    next: new Map([...groups].map(([code, group]) => [code, branchOf(group, here)])),
  };
}

function commonLength(heads: readonly string[]): number {
  const [first = '', ...others] = heads;
  let length = first.length;
  for (const head of others) {
    let at = 0;
    while (at < length && at < head.length && head.charCodeAt(at) === first.charCodeAt(at)) at++;
    length = at;
  }
  return length;
}

/** A head shorter than this says too little to be tried before others. */
const shortHead = 6;

function rank({ head, slots }: Wording): number {
  const fixed = head.length + slots.reduce((sum, slot) => sum + slot.after.length, 0);
  return head.length < shortHead && slots.length > 0 ? fixed - 1_000_000 : fixed;
}
