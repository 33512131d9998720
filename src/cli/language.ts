import { useProgramTexts } from '../node/files/programTexts';

export type Language = 'en' | 'ko';

/** The language of the system's locale where it is one of ours, else English. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  const locale =
    env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^ko\b|^ko_/i.test(locale) ? 'ko' : 'en';
}

/** Loads the texts of a language. */
export function useLanguage(language: Language, distFolder: string): void {
  current = language;
  useProgramTexts(distFolder, language);
}

/** The one chosen last. The library keeps its texts for the whole process, too. */
export function currentLanguage(): Language {
  return current;
}

let current: Language = 'en';
