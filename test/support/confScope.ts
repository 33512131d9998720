import path from 'node:path';
import { DirectiveCatalog } from '../../src/core/conf/directiveCatalog';
import type { ConfKind } from '../../src/core/conf/directives';
import { parseVersionOfPerson } from '../../src/core/conf/editor/confFile';
import type { ConfScope } from '../../src/core/conf/editor/confHover';
import { directiveTables } from '../../src/core/conf/specs/directiveTables';
import { readDirectiveTexts } from '../../src/node/files/directiveTexts';
import { repoRoot } from './repoRoot';

/** The real tables and texts, for one version and kind of conf. */
export function confScope(version: string, kind: ConfKind = 'server', language = 'en'): ConfScope {
  const parsed = parseVersionOfPerson(version);
  if (!parsed) throw new Error(`no version: ${version}`);
  return { kind, version: parsed, catalog: confCatalog(language) };
}

export function confCatalog(language = 'en'): DirectiveCatalog {
  return new DirectiveCatalog(directiveTables, readDirectiveTexts(path.join(repoRoot, 'l10n'), language));
}
