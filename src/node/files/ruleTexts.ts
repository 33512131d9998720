import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RuleTexts } from '../../core/diagnose/ruleTexts';

/**
 * Reads the texts of the diagnosis rules from `l10n/rules.<language>.json`; a language without them gives the English ones.
 * Synchronous: one small file, read once.
 */
export function readRuleTexts(l10nFolder: string, language: string): RuleTexts {
  for (const name of [language, language.split('-')[0], 'en']) {
    try {
      return JSON.parse(readFileSync(path.join(l10nFolder, `rules.${name}.json`), 'utf8')) as RuleTexts;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return {};
}
