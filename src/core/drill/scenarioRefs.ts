import type { NodeRef } from './nodeRef';
import type { Scenario } from './scenario';

/** The words for nodes that the expectations of a scenario use. */
export function expectedRefs({ expect }: Pick<Scenario, 'expect'>): readonly NodeRef[] {
  return expect.flatMap(expectation => {
    if (!('node' in expectation) || expectation.node === undefined) return [];
    return expectation.kind === 'promoted' && expectation.node === 'predicted' ? [] : [expectation.node];
  });
}
