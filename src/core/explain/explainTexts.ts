/**
 * The explanation of one message in one language. Values stand in it as `{name}`: those of the message, and `{instance}` and
 * `{master}` of a Sentinel event.
 */
export interface ExplainText {
  /** What the line means, from the view of the node that wrote it. */
  readonly text: string;
  /** What normally follows. */
  readonly next?: string;
  /** Why a line that looks bad is harmless. */
  readonly benign?: string;
  readonly cause?: string;
  readonly fix?: string;
  /** In place of `text` where the lines before it tell more: see {@link TextVariant}. */
  readonly [variant: `text${string}`]: string | undefined;
}

/** By message id. */
export type ExplainTexts = Readonly<Record<string, ExplainText>>;

/** In which of several situations a line was written. A message has texts for those that matter to it. */
export type TextVariant =
  | 'textSelf'
  | 'textOther'
  | 'textWon'
  | 'textMaster'
  | 'textReplica'
  | 'textSentinel'
  | 'textOldMaster'
  | 'textAfterSwitch'
  | 'textLeader'
  | 'textFollower'
  | 'textTrier';

const slot = /\{(\w+)\}/g;

/** Puts values into a text. A value that is not there leaves a question mark: a text must never break because a line is cut. */
export function fillText(text: string, valueOf: (name: string) => string | undefined): string {
  return fillParts(partsOf(text), valueOf);
}

/** A text taken apart once: fixed text and names of values in turn, fixed text first and last. */
export type TextParts = readonly string[];

export function partsOf(text: string): TextParts {
  return text.split(slot);
}

/** {@link fillText} for a text that was taken apart before. */
export function fillParts(parts: TextParts, valueOf: (name: string) => string | undefined): string {
  let filled = parts[0] ?? '';
  for (let at = 1; at < parts.length; at += 2)
    filled += (valueOf(parts[at] ?? '') ?? '?') + (parts[at + 1] ?? '');
  return filled;
}
