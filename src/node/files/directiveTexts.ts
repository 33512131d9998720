import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { DirectiveTexts } from '../../core/conf/directiveCatalog';

/**
 * Reads what directives do from `l10n/directives.<language>.*.json`; a language without such files gives the English ones. Synchronous:
 * a few files, read once when the first conf is looked at.
 */
export function readDirectiveTexts(l10nFolder: string, language: string): DirectiveTexts {
  const files = readdirSync(l10nFolder).filter(name => name.endsWith('.json'));
  const own = [language, language.split('-')[0] ?? '', 'en']
    .map(name => files.filter(file => file.startsWith(`directives.${name}.`)))
    .find(found => found.length > 0);
  return Object.assign(
    {},
    ...(own ?? []).map(
      name => JSON.parse(readFileSync(path.join(l10nFolder, name), 'utf8')) as DirectiveTexts,
    ),
  ) as DirectiveTexts;
}
