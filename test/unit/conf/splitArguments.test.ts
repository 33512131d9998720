import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { splitArguments } from '../../../src/core/conf/splitArguments';
import { anyText } from '../../support/anyText';

/** The values of a line's words, or why it has none. */
function words(line: string): readonly string[] | string {
  const split = splitArguments(line);
  return typeof split === 'string' ? split : split.map(word => word.value);
}

describe('splitArguments', () => {
  // What sds.c, `sdssplitargs`, makes of each line.
  const table: readonly (readonly [what: string, line: string, expected: readonly string[] | string])[] = [
    ['an empty line', '', []],
    ['blanks only', ' \t \v\f\r', []],
    ['plain words between any blanks', '\tport  6379 \r', ['port', '6379']],
    ['a word in double quotes', 'dir "/my data"', ['dir', '/my data']],
    ['an empty word', 'requirepass ""', ['requirepass', '']],
    ['an empty word in single quotes', "requirepass ''", ['requirepass', '']],
    ['escapes in double quotes', String.raw`a "\n\r\t\b\a\\\""`, ['a', '\n\r\t\b\x07\\"']],
    ['an unknown escape: the character itself', String.raw`dir "C:\lab\conf\data"`, ['dir', 'C:labconfdata']],
    ['the bytes of one letter', String.raw`dir "/\xed\x95\x9c"`, ['dir', '/한']],
    [
      'the bytes of several letters between others',
      String.raw`a "x\xea\xb8\x80y\xC3\xA9\x21"`,
      ['a', 'x글yé!'],
    ],
    ['bytes that are no UTF-8', String.raw`a "\xff\xfe"`, ['a', '\xff\xfe']],
    ['a byte order mark as bytes', String.raw`a "\xef\xbb\xbfx"`, ['a', '\ufeffx']],
    ['half a byte: the letter x and a digit', String.raw`a "\x4"`, ['a', 'x4']],
    ['no hex digits', String.raw`a "\xzz"`, ['a', 'xzz']],
    ['an escaped backslash before x41', String.raw`a "\\x41"`, ['a', String.raw`\x41`]],
    [
      'no escapes in single quotes but the quote',
      String.raw`a 'it\'s \n "x"'`,
      ['a', String.raw`it's \n "x"`],
    ],
    ['backslashes outside of quotes', String.raw`dir C:\lab\new`, ['dir', String.raw`C:\lab\new`]],
    ['a quote inside of a word opens', 'a b"c d"', ['a', 'bc d']],
    ['a hash inside of a word', 'requirepass p#1 #2', ['requirepass', 'p#1', '#2']],
    ['letters outside ASCII', 'dir /실험/데이터', ['dir', '/실험/데이터']],
    ['blanks of other scripts are letters', 'dir /a\u3000b\u00a0c\ufeff', ['dir', '/a\u3000b\u00a0c\ufeff']],
    ['no end of double quotes', 'dir "/my data', 'unbalanced-quotes'],
    ['no end of single quotes', "dir '/my data", 'unbalanced-quotes'],
    ['something behind a closing quote', 'dir "a"b', 'unbalanced-quotes'],
    ['a second pair of quotes without a blank', `dir "a"'b'`, 'unbalanced-quotes'],
    ['the closing quote escaped', String.raw`dir "C:\lab\conf\data\"`, 'unbalanced-quotes'],
    ['a backslash as the last character', '"abc\\', 'unbalanced-quotes'],
  ];
  for (const [what, line, expected] of table) {
    it(`reads ${what}: ${JSON.stringify(line)}`, () => assert.deepEqual(words(line), expected));
  }

  it('lets a word go on behind a closing quote where the server does', () => {
    const split = splitArguments(`"foo"bar'baz'z "a b"`, true);
    assert.ok(typeof split !== 'string');
    assert.deepEqual(
      split.map(({ value }) => value),
      ['foobarbazz', 'a b'],
    );
    assert.equal(splitArguments('dir "a"b"', true), 'unbalanced-quotes');
  });

  it('tells where each word stands, quotes included', () => {
    const line = `  sentinel "auth-pass"  my'master' 한글\t`;
    const split = splitArguments(line);
    assert.ok(typeof split !== 'string');
    assert.deepEqual(
      split.map(({ start, end }) => line.slice(start, end)),
      ['sentinel', '"auth-pass"', "my'master'", '한글'],
    );
  });

  it('never throws, and its words lie in the line in order, apart from each other, without blanks at their ends', () => {
    const anyLine = fc.oneof(
      anyText,
      fc
        .array(fc.constantFrom('"', "'", '\\', 'x', '4', 'e', ' ', '\t', 'a', '한', '\v', '#'), {
          maxLength: 24,
        })
        .map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(anyLine, line => {
        const split = splitArguments(line);
        if (typeof split === 'string') return;
        let before = -1;
        for (const { start, end } of split) {
          assert.ok(start > before && end > start && end <= line.length);
          assert.doesNotMatch(line.slice(start, end), /^[ \t\n\v\f\r]|[ \t\n\r]$/);
          before = end;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves nothing out: a line without quotes and backslashes is its words', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[^\s"'\\\u0000]+$/)), parts => {
        assert.deepEqual(words(parts.join(' ')), parts);
      }),
    );
  });
});
