import type { ExplainTexts } from '../../core/explain/explainTexts';
import { readTexts } from './textFiles';

/** Reads the explanations of a language from `l10n/explain.<language>/`; a language without them gives the English ones. */
export function readExplainTexts(l10nFolder: string, language: string): ExplainTexts {
  return readTexts(l10nFolder, 'explain', language);
}
