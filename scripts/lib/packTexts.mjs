// The texts of l10n as compressed files for the package: alone, they would take twice the room.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from './paths.mjs';

const folder = path.join(root, 'l10n');

/** The texts of a program as a whole, which it needs from its start on. */
const bundle = /^bundle\.l10n\.(\w+)\.json$/;

/**
 * Writes `texts.br`, which src/node/files/textFiles.ts reads, with all languages together (an English text and its translation have much
 * in common), and for each language `bundle.<language>.br`, which src/node/files/programTexts.ts reads.
 * @param {string} [target]
 * @param {number} [quality] less is faster, and takes more room
 */
export function packTexts(target = path.join(root, 'dist'), quality = constants.BROTLI_MAX_QUALITY) {
  /** @param {string} text */
  const compressed = text =>
    brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.json'))
    .map(file => file.split(path.sep).join('/'));
  /** @param {string} file */
  const isEnglish = file => /^\w+\.en\b/.test(file);
  const texts = files.filter(file => !bundle.test(file)).toSorted();
  const lines = [...texts.filter(isEnglish), ...texts.filter(file => !isEnglish(file))].map(
    file => `${file}\t${jsonOf(file)}`,
  );
  writeFileSync(path.join(target, 'texts.br'), compressed(lines.join('\n')));
  for (const file of files) {
    const language = bundle.exec(file)?.[1];
    if (language) writeFileSync(path.join(target, `bundle.${language}.br`), compressed(jsonOf(file)));
  }
}

/** In one line. @param {string} file */
function jsonOf(file) {
  return JSON.stringify(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
}
