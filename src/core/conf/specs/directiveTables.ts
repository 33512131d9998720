import { directiveDefaults, runtimeMasks } from '../directiveFacts.generated';
import { allDirectives } from './allDirectives';
import type { DirectiveSpec } from './directiveSpec';

/** What is known of every directive beside its versions. */
export interface DirectiveTables {
  readonly specs: ReadonlyMap<string, DirectiveSpec>;
  readonly defaults: Readonly<Record<string, string | readonly (readonly [bit: number, value: string])[]>>;
  readonly runtimeMasks: Readonly<Record<string, number>>;
}

/** Large, and needed only where somebody reads a conf: loaded late. */
export const directiveTables: DirectiveTables = {
  specs: allDirectives,
  defaults: directiveDefaults,
  runtimeMasks,
};
