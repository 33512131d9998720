import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ExplainTexts } from '../../core/explain/explainTexts';

/**
 * Reads the explanations of a language from `l10n/explain.<language>/`; a language without them gives the English ones. Synchronous:
 * a few small files, read once when the first line is explained.
 */
export function readExplainTexts(l10nFolder: string, language: string): ExplainTexts {
  const folder = [`explain.${language}`, `explain.${language.split('-')[0]}`, 'explain.en']
    .map(name => path.join(l10nFolder, name))
    .find(isThere);
  if (folder === undefined) return {};
  return Object.assign(
    {},
    ...readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .map(name => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as ExplainTexts),
  ) as ExplainTexts;
}

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}
