import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { languageId } from '../../../src/contributions';
import { looksLikeLog } from '../../../src/core/log/looksLikeLog';
import { fixture } from '../../support/fixtures';
import { repoRoot } from '../../support/repoRoot';
import { everyDialect, otherLogs } from './support';

interface Pattern {
  readonly match?: string;
  readonly begin?: string;
  readonly patterns?: readonly Pattern[];
}
interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
}
interface Manifest {
  readonly contributes: {
    readonly languages: readonly {
      readonly id: string;
      readonly firstLine: string;
      readonly filenamePatterns: readonly string[];
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
const { contributes } = readJson('package.json') as Manifest;
const [language] = contributes.languages;
const [contributed] = contributes.grammars;
assert.ok(language && contributed);
const grammar = readJson(contributed.path) as Grammar;
/** Ruby's and JavaScript's forms differ in this alone. */
const compiled = (source: string): RegExp =>
  source.startsWith('(?i)') ? new RegExp(source.slice(4), 'i') : new RegExp(source);
const begins = grammar.patterns.map(({ begin, match }) => compiled(begin ?? match ?? ''));

describe('the language of logs', () => {
  it('is contributed under the id that the code uses, with its grammar', () => {
    assert.equal(language.id, languageId);
    assert.equal(contributed.language, languageId);
    assert.equal(contributed.scopeName, grammar.scopeName);
    assert.ok(readJson(language.configuration));
  });

  for (const [name, line] of Object.entries(everyDialect)) {
    it(`is known by the first line: ${name}`, () => {
      assert.match(line, new RegExp(language.firstLine));
      assert.ok(looksLikeLog([line]));
      assert.ok(
        begins.some(pattern => pattern.test(line)),
        'the grammar knows the line',
      );
    });
  }

  it('is not that of other logs', () => {
    for (const line of otherLogs) {
      assert.doesNotMatch(line, new RegExp(language.firstLine));
      assert.equal(looksLikeLog([line]), false, line);
    }
  });

  it('is found behind lines that no server writes, but not far behind', () => {
    const line = everyDialect['3.0'] ?? '';
    assert.ok(looksLikeLog(['# collected at noon', '', line]));
    assert.equal(looksLikeLog([...Array<string>(500).fill('x'), line]), false);
  });

  it('has patterns that compile, and none that a long line holds up', () => {
    const sources = (pattern: Pattern): string[] => [
      ...[pattern.match, pattern.begin].filter(source => source !== undefined),
      ...(pattern.patterns ?? []).flatMap(sources),
    ];
    const all = [...grammar.patterns, ...Object.values(grammar.repository)].flatMap(sources);
    assert.ok(all.length > 20);
    const hostile = ['a', '0', ' ', '"', "'", '-', '|', '+sdown ', 'ab:', '0000:'].map(text =>
      text.repeat(65_536 / text.length),
    );
    for (const source of all) {
      const pattern = compiled(source);
      for (const text of hostile) pattern.test(text);
    }
  }).timeout(30_000);

  it('colours every line of the note', () => {
    for (const port of [26379, 26380, 26381])
      for (const line of fixture(`logs/failover-sentinel-${port}.log`).trimEnd().split('\n'))
        assert.ok(line === '' || begins.some(pattern => pattern.test(line)), line);
  });
});
