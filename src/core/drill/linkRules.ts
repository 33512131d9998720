import type { ActiveFault } from './activeFault';
import { isLinkFault, type LinkFault } from './fault';

/** What the network of a lab does to everything that travels in one direction between two ends. */
export interface DirectedRule {
  /** The name of a node, `client` or `client:NAME`. */
  readonly from: string;
  readonly to: string;
  readonly effect:
    | { readonly type: 'cut' }
    | { readonly type: 'delay'; readonly milliseconds: number }
    | { readonly type: 'lossy'; readonly share: number };
}

/** The rules of the network, as far as faults make them: those that are active, and those of a fault that is just being applied. */
export function rulesOf(
  active: readonly Pick<ActiveFault, 'fault'>[],
  further: readonly LinkFault[] = [],
): readonly DirectedRule[] {
  const faults = [...active.flatMap(({ fault }) => (isLinkFault(fault) ? [fault] : [])), ...further];
  return faults.flatMap(({ from, to, bothWays, ...rest }) => {
    const effect = effectOf(rest);
    return [{ from, to, effect }, ...(bothWays ? [{ from: to, to: from, effect }] : [])];
  });
}

type WithoutEnds = LinkFault extends infer F
  ? F extends LinkFault
    ? Omit<F, 'from' | 'to' | 'bothWays'>
    : never
  : never;

function effectOf(fault: WithoutEnds): DirectedRule['effect'] {
  switch (fault.type) {
    case 'cut':
      return { type: 'cut' };
    case 'delay':
      return { type: 'delay', milliseconds: fault.milliseconds };
    case 'lossy':
      return { type: 'lossy', share: fault.share };
  }
}
