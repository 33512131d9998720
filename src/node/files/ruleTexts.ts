import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RuleTexts } from '../../core/diagnose/ruleTexts';

/**
 * Reads the texts of the rules from `l10n/rules.<language>.json` and those of conf lines from `l10n/lint.<language>.json`; a language
 * without them gives the English ones. Synchronous: two small files, read once.
 */
export function readRuleTexts(l10nFolder: string, language: string): RuleTexts {
  const rules = readTexts(l10nFolder, 'rules', language);
  const lines = readTexts(l10nFolder, 'lint', language);
  const names = new Set([...Object.keys(rules), ...Object.keys(lines)]);
  return Object.fromEntries(Array.from(names, name => [name, { ...rules[name], ...lines[name] }]));
}

function readTexts(l10nFolder: string, table: string, language: string): RuleTexts {
  for (const name of [language, language.split('-')[0], 'en']) {
    try {
      return JSON.parse(readFileSync(path.join(l10nFolder, `${table}.${name}.json`), 'utf8')) as RuleTexts;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return {};
}
