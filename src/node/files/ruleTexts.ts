import type { RuleText, RuleTexts } from '../../core/diagnose/ruleTexts';
import { readTexts } from './textFiles';

/**
 * Reads the texts of the rules from `l10n/rules.<language>.json` and those of conf lines from `l10n/lint.<language>.json`; a language
 * without them gives the English ones.
 */
export function readRuleTexts(l10nFolder: string, language: string): RuleTexts {
  const rules = readTexts<RuleText>(l10nFolder, 'rules', language);
  const lines = readTexts<RuleText>(l10nFolder, 'lint', language);
  const names = new Set([...Object.keys(rules), ...Object.keys(lines)]);
  return Object.fromEntries(Array.from(names, name => [name, { ...rules[name], ...lines[name] }]));
}
