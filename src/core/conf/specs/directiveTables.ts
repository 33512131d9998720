import { directiveDefaults, runtimeMasks } from '../directiveFacts.generated';
import type { DirectiveSpec } from './directiveSpec';
import { directivesAtoL } from './directivesAtoL';

/** What is known of every directive beside its versions. */
export interface DirectiveTables {
  readonly specs: readonly DirectiveSpec[];
  readonly defaults: Readonly<Record<string, string | readonly (readonly [bit: number, value: string])[]>>;
  readonly runtimeMasks: Readonly<Record<string, number>>;
}

/** Large, and needed only where somebody reads a conf: a file of its own, see scripts/build.mjs. */
export const directiveTables: DirectiveTables = {
  specs: [...directivesAtoL],
  defaults: directiveDefaults,
  runtimeMasks,
};
