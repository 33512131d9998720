import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'en' | 'ko';

/** The language of the system's locale where it is one of ours, else English. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  const locale =
    env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^ko\b|^ko_/i.test(locale) ? 'ko' : 'en';
}

/** Loads the texts of a language. English is in the program itself; the others lie in l10n/ beside the bundle's folder. */
export function useLanguage(language: Language, bundleFolder: string): void {
  current = language;
  const file = join(bundleFolder, '..', 'l10n', `bundle.l10n.${language}.json`);
  if (language !== 'en' && existsSync(file)) l10n.config({ fsPath: file });
}

/** The one chosen last. The library keeps its texts for the whole process, too. */
export function currentLanguage(): Language {
  return current;
}

let current: Language = 'en';
