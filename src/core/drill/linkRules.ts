import type { ActiveFault } from './activeFault';
import type { LinkRule } from '../network/linkRule';
import { isLinkFault, type LinkFault } from './fault';

/** The rules of the network, as far as faults make them: those that are active, and those of a fault that is just being applied. */
export function rulesOf(
  active: readonly Pick<ActiveFault, 'fault'>[],
  further: readonly LinkFault[] = [],
): readonly LinkRule[] {
  const faults = [...active.flatMap(({ fault }) => (isLinkFault(fault) ? [fault] : [])), ...further];
  return faults.flatMap(({ from, to, bothWays, ...rest }) => {
    const effect = effectOf(rest);
    return [{ from, to, effect }, ...(bothWays ? [{ from: to, to: from, effect }] : [])];
  });
}

/** Whether all that a fault does to links is among these rules. */
export function areRulesOf(fault: LinkFault, rules: readonly LinkRule[]): boolean {
  const known = new Set(rules.map(textOf));
  return rulesOf([], [fault]).every(rule => known.has(textOf(rule)));
}

function textOf({ from, to, effect }: LinkRule): string {
  const much = effect.type === 'delay' ? effect.milliseconds : effect.type === 'lossy' ? effect.share : '';
  return [from, to, effect.type, much].join(' ');
}

type WithoutEnds = LinkFault extends infer F
  ? F extends LinkFault
    ? Omit<F, 'from' | 'to' | 'bothWays'>
    : never
  : never;

function effectOf(fault: WithoutEnds): LinkRule['effect'] {
  switch (fault.type) {
    case 'cut':
      return { type: 'cut' };
    case 'delay':
      return { type: 'delay', milliseconds: fault.milliseconds };
    case 'lossy':
      return { type: 'lossy', share: fault.share };
  }
}
