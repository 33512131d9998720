// The texts of a language as one compressed file for the package: alone, the files take twice the room. src/node/files/textFiles.ts
// reads it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from './paths.mjs';

/** `rules.ko.json`, `directives.en.directivesAtoL.json`, `explain.ko/events.json`; the bundles are read by VS Code itself. */
const textFile = /^(?!bundle\.)\w+\.(\w+)[./].*json$/;

/**
 * The content of all files of texts by their names in l10n, by language.
 * @returns {Map<string, Record<string, unknown>>}
 */
export function textsByLanguage() {
  const folder = path.join(root, 'l10n');
  /** @type {Map<string, Record<string, unknown>>} */
  const languages = new Map();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const name = file.split(path.sep).join('/');
    const language = textFile.exec(name)?.[1];
    if (!language) continue;
    const tables = languages.get(language) ?? {};
    tables[name] = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    languages.set(language, tables);
  }
  return languages;
}

/** Writes `dist/texts.<language>.br`. */
export function packTexts() {
  for (const [language, tables] of textsByLanguage())
    writeFileSync(
      path.join(root, `dist/texts.${language}.br`),
      brotliCompressSync(JSON.stringify(tables), { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } }),
    );
}
