import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A file of l10n: its name there, with forward slashes, and its JSON. */
interface TextFile {
  readonly name: string;
  text(): string;
}

/**
 * Reads the texts of an area, such as `rules` or `explain`, from the files of l10n that begin with `<area>.<language>`, as one table by
 * name; a language that has none gives the English ones. Synchronous: they are read once, when the first text is needed.
 *
 * In the package there is no such folder: its files are together in one compressed file, `dist/texts.br` (scripts/lib/packTexts.mjs).
 */
export function readTexts<T>(
  l10nFolder: string,
  area: string,
  language: string,
): Readonly<Record<string, T>> {
  const files = existsSync(l10nFolder)
    ? filesIn(l10nFolder)
    : packedFiles(path.join(l10nFolder, '..', 'dist', 'texts.br'));
  for (const tried of [language, language.split('-')[0] ?? '', 'en']) {
    const starts = [`${area}.${tried}.`, `${area}.${tried}/`];
    const own = files.filter(({ name }) => starts.some(start => name.startsWith(start)));
    const tables = own.map(file => JSON.parse(file.text()) as Record<string, T>);
    if (tables.length > 0) return Object.assign({}, ...tables) as Readonly<Record<string, T>>;
  }
  return {};
}

function filesIn(l10nFolder: string): readonly TextFile[] {
  return readdirSync(l10nFolder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.json'))
    .toSorted()
    .map(file => ({
      name: file.split(path.sep).join('/'),
      text: () => readFileSync(path.join(l10nFolder, file), 'utf8'),
    }));
}

/** A line for each file: its name, a tab, its JSON. */
function packedFiles(packed: string): readonly TextFile[] {
  return brotliDecompressSync(readFileSync(packed))
    .toString('utf8')
    .split('\n')
    .map(line => {
      const end = line.indexOf('\t');
      return { name: line.slice(0, end), text: () => line.slice(end + 1) };
    });
}
