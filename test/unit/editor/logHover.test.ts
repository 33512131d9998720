import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { logHover } from '../../../src/core/editor/logHover';
import { recordAt } from '../../../src/core/editor/recordAt';
import { fixture } from '../../support/fixtures';
import { useLanguage, type TestLanguage } from '../../support/language';
import { anyLogText } from '../../support/logTexts';
import { documentOf, explainTools, linesOf } from './support';

/** The hover over a line, without the escapes of Markdown. */
function hover(text: string, line: number, language: TestLanguage = 'en'): string | undefined {
  const lines = linesOf(text.split('\n'));
  return logHover(
    lines,
    line,
    explainTools(language),
    documentOf(text, 'sentinel-26381.log'),
  )?.markdown.replaceAll('\\', '');
}

const leader = fixture('logs/failover-sentinel-26381.log');
const follower = fixture('logs/failover-sentinel-26380.log');

describe('the hover over a line of a log', () => {
  before(() => useLanguage('en'));

  it('explains it, and tells where it belongs', () => {
    assert.equal(
      hover(leader, 7),
      [
        'The vote of 127.0.0.1:26380 in epoch 1 went to sentinel-26381, which won and became the leader.',
        '- **Next:** The one with more than half of all known Sentinels, and at least the quorum, becomes the leader.',
        '---',
        'pid 28656, level warning  \n5fa1beae… is sentinel-26381  \nPart of: failover of mymaster, epoch 1: 6379 → 6380 (lines 1 to 16)',
      ].join('\n\n'),
    );
  });

  it('begins with the event in the words of the protocol', () => {
    assert.match(hover(leader, 1) ?? '', /^\*\*\+sdown\*\*\n\n/);
  });

  it('says what is benign', () => {
    assert.match(hover(follower, 5) ?? '', /- \*\*Normal:\*\* Not an error/);
    const oldMaster = hover(leader, 18) ?? '';
    assert.match(oldMaster, /normal after a failover/);
    assert.doesNotMatch(oldMaster, /Cause:|What to do:/);
  });

  it('is in Korean', () => {
    useLanguage('ko');
    try {
      const text = hover(follower, 5, 'ko') ?? '';
      assert.match(text, /\*\*정상:\*\*/);
      assert.match(text, /다음의 일부: mymaster 페일오버, 에포크 1/);
      assert.doesNotMatch(text, /\b(?:This|Normal|Part)\b/);
    } finally {
      useLanguage('en');
    }
  });

  it('names the problem, its cause and what to do', () => {
    const line =
      '12:M 23 Nov 2026 06:47:41.584 # Failed opening the temp RDB file temp-13.rdb (in server root dir /data) for saving: Permission denied';
    const text = hover(line, 1) ?? '';
    assert.match(text, /^\*\*Problem\*\*/);
    assert.match(text, /\*\*Cause:\*\*[^\n]*`dir`/);
    assert.match(text, /\*\*What to do:\*\*/);
  });

  it('says calmly that a message is not known, and nothing of text that is no log', () => {
    assert.match(
      hover('12:M 23 Nov 2026 06:47:41.584 * Hello from my module', 1) ?? '',
      /^No Redis or Valkey version/,
    );
    assert.equal(hover('hello\nworld', 2), undefined);
    assert.equal(hover(leader, 99), undefined);
  });

  it('has no markup, link or command from the log in it', () => {
    const evil = '[x](command:evil) <img src=x> **b** `c` ![y](http://z)';
    const lines = linesOf([
      `12:X 23 Nov 2026 06:47:41.584 # -cmd-link slave a 127.0.0.1 6380 @ m 127.0.0.1 6379 #${evil}`,
    ]);
    const { markdown = '' } = logHover(lines, 1, explainTools(), undefined) ?? {};
    assert.match(markdown, /evil/);
    assert.doesNotMatch(markdown, /(?<!\\)\[x|(?<!\\)<img|(?<!\\)\*\*b|(?<!\\)!(?:\[|\\\[)y\]/);
  });

  it('is that of the record for each of its lines', () => {
    const text = [
      '12:M 23 Nov 2026 06:47:41.584 # ',
      '*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***',
      'Reading the configuration file, at line 2',
      ">>> 'sav 1 1'",
      'Bad directive or wrong number of arguments',
      '12:M 23 Nov 2026 06:47:41.584 * Ready to accept connections',
    ].join('\n');
    const lines = linesOf(text.split('\n'));
    const known = documentOf(text).folded;
    for (const range of known)
      for (let line = range.first; line <= range.last; line++)
        assert.equal(recordAt(lines, line, explainTools().recogniser, known)?.line, range.first);
    assert.equal(recordAt(lines, 6, explainTools().recogniser, known)?.line, 6);
  });

  it('finds the record without knowing the rest of the text', () => {
    const lines = linesOf(leader.split('\n'));
    for (let line = 1; line <= lines.count; line++)
      assert.equal(recordAt(lines, line, explainTools().recogniser)?.line, line);
  });

  it('never throws', () => {
    const tools = explainTools();
    fc.assert(
      fc.property(anyLogText, fc.nat(70), fc.boolean(), (text, line, isKnown) => {
        const lines = linesOf(text.split(/\r?\n/));
        const found = logHover(lines, line, tools, isKnown ? documentOf(text) : undefined);
        assert.ok(found === undefined || (found.first <= line && line <= found.last));
      }),
    );
  });
});
