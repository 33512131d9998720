import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Reads `l10n/<table>.<language>.json`, a table of texts by name; a language without it gives the English one. Synchronous: read once. */
export function readTextTable<T>(
  l10nFolder: string,
  table: string,
  language: string,
): Readonly<Record<string, T>> {
  for (const name of [language, language.split('-')[0], 'en']) {
    try {
      const text = readFileSync(path.join(l10nFolder, `${table}.${name}.json`), 'utf8');
      return JSON.parse(text) as Readonly<Record<string, T>>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return {};
}
