import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './repoRoot';

/** A rule of a TextMate grammar, as far as tests look at it. */
export interface Pattern {
  readonly include?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly name?: string;
  readonly patterns?: readonly Pattern[];
}

/** A TextMate grammar. */
export interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
}

/** A language as package.json contributes it. */
export interface ContributedLanguage {
  readonly firstLine: RegExp;
  /** What package.json says of the grammar's scope. */
  readonly scopeName: string;
  readonly grammar: Grammar;
  /** The language's configuration file, read. */
  readonly configuration: unknown;
}

interface Manifest {
  readonly contributes: {
    readonly languages: readonly {
      readonly id: string;
      readonly firstLine: string;
      readonly configuration: string;
    }[];
    readonly grammars: readonly {
      readonly language: string;
      readonly scopeName: string;
      readonly path: string;
    }[];
  };
}

const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(repoRoot, name), 'utf8'));

export function contributedLanguage(id: string): ContributedLanguage {
  const { contributes } = readJson('package.json') as Manifest;
  const language = contributes.languages.find(each => each.id === id);
  const contributed = contributes.grammars.find(each => each.language === id);
  assert.ok(language && contributed, `package.json contributes ${id} with a grammar`);
  return {
    firstLine: new RegExp(language.firstLine),
    scopeName: contributed.scopeName,
    grammar: readJson(contributed.path) as Grammar,
    configuration: readJson(language.configuration),
  };
}

/** An expression of a grammar: Ruby's has flags within it, that of today's Node has not. */
export function compiled(source: string): RegExp {
  const plain = source.replace(/^\(\?i\)/, '').replaceAll('(?i:', '(?:');
  return new RegExp(plain, plain === source ? '' : 'i');
}

/** All expressions of a rule and the rules within it. */
export function sourcesOf({ match, begin, end, patterns = [] }: Pattern): string[] {
  return [
    ...[match, begin, end].filter(source => source !== undefined),
    ...patterns.flatMap(each => sourcesOf(each)),
  ];
}
