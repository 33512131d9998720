import * as l10n from '@vscode/l10n';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './repoRoot';

export type TestLanguage = 'en' | 'ko';

/** The texts of a test file are in this language from here on; English needs no bundle. */
export function useLanguage(language: TestLanguage): void {
  const file = path.join(repoRoot, `l10n/bundle.l10n.${language}.json`);
  l10n.config({ contents: language === 'en' ? {} : readFileSync(file, 'utf8') });
}
