import * as v from 'valibot';

/**
 * What a link does to the bytes it carries. `cut`: holds them until the rule is gone. `delay`: each piece arrives that many
 * milliseconds later. `lossy`: with the probability `share` (0 to 1) a piece is lost and comes with its retransmission.
 */
export type LinkEffect =
  | { readonly type: 'cut' }
  | { readonly type: 'delay'; readonly milliseconds: number }
  | { readonly type: 'lossy'; readonly share: number };

/**
 * What happens to everything that travels from one end to the other, whoever opened the connection: what a master sends to its replica
 * travels from the master to the replica. An end is the name of a node, `client` for everybody who is none, or `client:NAME` for those
 * who call themselves `client-NAME`.
 */
export interface LinkRule {
  readonly from: string;
  readonly to: string;
  readonly effect: LinkEffect;
}

/** All that holds for one link at one time. */
export interface LinkCondition {
  readonly cut: boolean;
  /** In milliseconds. */
  readonly delay: number;
  /** The probability with which a piece is lost, 0 to 1. */
  readonly loss: number;
}

/** A link without any rule. */
export const clearLink: LinkCondition = { cut: false, delay: 0, loss: 0 };

/** The end of those who are no node. */
export const clientEnd = 'client';

/** The end of the clients with this name. */
export function namedClient(name: string): string {
  return `${clientEnd}:${name}`;
}

/** What the rules together do to the link: delays add up, and each loss is one more chance to be lost. */
export function linkCondition(rules: readonly LinkRule[], from: string, to: string): LinkCondition {
  const own = rules.filter(rule => isAt(rule.from, from) && isAt(rule.to, to));
  if (own.length === 0) return clearLink;
  let kept = 1;
  let delay = 0;
  let cut = false;
  for (const { effect } of own) {
    if (effect.type === 'cut') cut = true;
    else if (effect.type === 'delay') delay += effect.milliseconds;
    else kept *= 1 - effect.share;
  }
  return { cut, delay, loss: 1 - kept };
}

/** Whether a rule cuts any link from or to this node. */
export function isCutOff(rules: readonly LinkRule[], node: string): boolean {
  return rules.some(({ from, to, effect }) => effect.type === 'cut' && (from === node || to === node));
}

/** A rule for `client` is one for clients with names, too. */
function isAt(end: string, actual: string): boolean {
  return end === actual || (end === clientEnd && actual.startsWith(`${clientEnd}:`));
}

/** Longer than a person waits, in milliseconds. */
const longestDelay = 600_000;

const end = v.pipe(v.string(), v.nonEmpty());

/** The form of a list of rules that comes from elsewhere. */
export const linkRulesSchema = v.array(
  v.strictObject({
    from: end,
    to: end,
    effect: v.variant('type', [
      v.strictObject({ type: v.literal('cut') }),
      v.strictObject({
        type: v.literal('delay'),
        milliseconds: v.pipe(v.number(), v.minValue(0), v.maxValue(longestDelay)),
      }),
      v.strictObject({ type: v.literal('lossy'), share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
    ]),
  }),
);

/** The ends of the rules that are neither a node of the lab nor a client. */
export function unknownEnds(rules: readonly LinkRule[], nodes: ReadonlySet<string>): readonly string[] {
  const ends = rules.flatMap(({ from, to }) => [from, to]);
  const isKnown = (name: string): boolean =>
    nodes.has(name) || name === clientEnd || name.startsWith(`${clientEnd}:`);
  return [...new Set(ends.filter(name => !isKnown(name)))];
}
