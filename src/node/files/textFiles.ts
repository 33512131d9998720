import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/**
 * Reads the texts of an area, such as `rules` or `explain`, from the files of l10n that begin with `<area>.<language>`, as one table by
 * name; a language that has none gives the English ones. Synchronous: they are read once, when the first text is needed.
 *
 * In the package the files of a language are one compressed file, `dist/texts.<language>.br`, which takes half their room
 * (scripts/lib/packTexts.mjs).
 */
export function readTexts<T>(
  l10nFolder: string,
  area: string,
  language: string,
): Readonly<Record<string, T>> {
  for (const name of [language, language.split('-')[0] ?? '', 'en']) {
    const starts = [`${area}.${name}.`, `${area}.${name}/`];
    const belongs = (file: string): boolean => starts.some(start => file.startsWith(start));
    const tables = tablesIn(l10nFolder, belongs) ?? packedTables(l10nFolder, name, belongs);
    if (tables) return Object.assign({}, ...tables) as Readonly<Record<string, T>>;
  }
  return {};
}

/** Undefined: there is no such file. */
function tablesIn(l10nFolder: string, belongs: (file: string) => boolean): readonly object[] | undefined {
  const files = readdirSync(l10nFolder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.json') && belongs(file.split(path.sep).join('/')))
    .toSorted();
  return files.length === 0
    ? undefined
    : files.map(file => JSON.parse(readFileSync(path.join(l10nFolder, file), 'utf8')) as object);
}

function packedTables(
  l10nFolder: string,
  language: string,
  belongs: (file: string) => boolean,
): readonly object[] | undefined {
  const packed = path.join(l10nFolder, '..', 'dist', `texts.${language}.br`);
  if (!existsSync(packed)) return undefined;
  const tables = JSON.parse(brotliDecompressSync(readFileSync(packed)).toString('utf8')) as Record<
    string,
    object
  >;
  const own = Object.entries(tables).flatMap(([file, table]) => (belongs(file) ? [table] : []));
  return own.length === 0 ? undefined : own;
}
