import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './repoRoot';

/** One file of src/, named from the repository with forward slashes. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  /** What it imports, exports from, requires or imports late: as written. Types count too. */
  readonly imports: readonly string[];
}

/** All TypeScript files below a folder of the repository. */
export function readSources(folder: string): readonly SourceFile[] {
  return readdirSync(path.join(repoRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(?:ts|mts|cts|tsx)$/.test(name))
    .map(name => path.posix.join(folder, name.split(path.sep).join('/')))
    .toSorted()
    .map(name => {
      const text = readFileSync(path.join(repoRoot, name), 'utf8');
      return { name, text, imports: importsOf(text) };
    });
}

const importForms: readonly RegExp[] = [
  // import x from 'a'; import type { y } from 'a'; export { z } from 'a'; over several lines too
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  // import('a'), typeof import('a'), require('a'), import a = require('a')
  /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g,
];

export function importsOf(text: string): readonly string[] {
  return importForms.flatMap(form => Array.from(text.matchAll(form), match => match[1] ?? ''));
}

/** Where an import of a file leads: a file of the repository without its ending, or the name of a package. */
export function importTarget(file: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}

/** The text without its comments, for looking at what it does. Good enough for sources without `//` inside of a regular expression. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
