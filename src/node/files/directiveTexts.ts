import type { DirectiveTexts } from '../../core/conf/directiveCatalog';
import { readTexts } from './textFiles';

/** Reads what directives do from `l10n/directives.<language>.*.json`; a language without such files gives the English ones. */
export function readDirectiveTexts(l10nFolder: string, language: string): DirectiveTexts {
  return readTexts(l10nFolder, 'directives', language);
}
