import * as l10n from '@vscode/l10n';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/**
 * Has `l10n.t` answer in a language from here on: from `bundle.l10n.<language>.json` of the folder l10n or, in the package, from the same
 * compressed, `dist/bundle.<language>.br` (scripts/lib/packTexts.mjs). Without either it stays English, which is in the program itself.
 *
 * Not by VS Code, which would read only the file that is not compressed: all programs read it in this one way.
 */
export function useProgramTexts(distFolder: string, language: string): void {
  const plain = path.join(distFolder, '..', 'l10n', `bundle.l10n.${language}.json`);
  const packed = path.join(distFolder, `bundle.${language}.br`);
  if (existsSync(plain)) l10n.config({ contents: readFileSync(plain, 'utf8') });
  else if (existsSync(packed))
    l10n.config({ contents: brotliDecompressSync(readFileSync(packed)).toString('utf8') });
}
