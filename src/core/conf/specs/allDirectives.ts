import { directivesAtoL } from './directivesAtoL';
import { directivesMtoZ } from './directivesMtoZ';
import type { DirectiveSpec } from './directiveSpec';
import { sentinelDirectives } from './sentinelDirectives';
import { windowsDirectives } from './windowsDirectives';

/** Every directive of every known version by its name in lower case; Sentinel's with their sub-command, such as `sentinel monitor`. */
export const allDirectives: ReadonlyMap<string, DirectiveSpec> = new Map(
  [...directivesAtoL, ...directivesMtoZ, ...sentinelDirectives, ...windowsDirectives].map(spec => [
    spec.name,
    spec,
  ]),
);
