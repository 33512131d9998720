import assert from 'node:assert/strict';
import { languageId } from '../../../src/contributions';
import { looksLikeLog } from '../../../src/core/log/looksLikeLog';
import { fixture } from '../../support/fixtures';
import { compiled, contributedLanguage, sourcesOf } from '../../support/grammar';
import { everyDialect, otherLogs } from './support';

const language = contributedLanguage(languageId);
const { grammar } = language;
const begins = grammar.patterns.map(({ begin, match }) => compiled(begin ?? match ?? ''));

describe('the language of logs', () => {
  it('is contributed under the id that the code uses, with its grammar', () => {
    assert.equal(language.scopeName, grammar.scopeName);
    assert.ok(language.configuration);
  });

  for (const [name, line] of Object.entries(everyDialect)) {
    it(`is known by the first line: ${name}`, () => {
      assert.match(line, language.firstLine);
      assert.ok(looksLikeLog([line]));
      assert.ok(
        begins.some(pattern => pattern.test(line)),
        'the grammar knows the line',
      );
    });
  }

  it('is not that of other logs', () => {
    for (const line of otherLogs) {
      assert.doesNotMatch(line, language.firstLine);
      assert.equal(looksLikeLog([line]), false, line);
    }
  });

  it('is found behind lines that no server writes, but not far behind', () => {
    const line = everyDialect['3.0'] ?? '';
    assert.ok(looksLikeLog(['# collected at noon', '', line]));
    assert.equal(looksLikeLog([...Array<string>(500).fill('x'), line]), false);
  });

  it('has patterns that compile, and none that a long line holds up', () => {
    const all = [...grammar.patterns, ...Object.values(grammar.repository)].flatMap(sourcesOf);
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
