import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { quoteArgument, quotePath } from '../../../src/core/conf/quoteArgument';
import { splitArguments } from '../../../src/core/conf/splitArguments';
import { anyText } from '../../support/anyText';

/** The value that Redis reads from a conf line with this as its only argument. */
function readBack(quoted: string): string | undefined {
  const words = splitArguments(`requirepass ${quoted}`);
  return typeof words === 'string' || words.length !== 2 ? undefined : words[1]?.value;
}

describe('quoteArgument', () => {
  const table: readonly (readonly [value: string, quoted: string])[] = [
    ['secret', 'secret'],
    ['p@ss:w,rd', 'p@ss:w,rd'],
    ['', '""'],
    ['two words', '"two words"'],
    ['say "no"', String.raw`"say \"no\""`],
    ["it's", `"it's"`],
    ['back\\slash', String.raw`"back\\slash"`],
    ['#hash', '"#hash"'],
    ['tab\tnew\nline', String.raw`"tab\tnew\nline"`],
    ['bell\x07back\bescape\x1bdelete\x7f', String.raw`"bell\aback\bescape\x1bdelete\x7f"`],
    ['한글', '한글'],
    ['한 글', '"한 글"'],
  ];
  for (const [value, quoted] of table) {
    it(`writes ${JSON.stringify(value)} as ${quoted}`, () => {
      assert.equal(quoteArgument(value), quoted);
      assert.equal(readBack(quoted), value);
    });
  }

  it('gives every value without NUL back when it is read, on one line', () => {
    const value = fc.oneof(
      anyText,
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('"', "'", '\\', 'x', '41', ' ', '\n', '\r', '\t', '#', '한'), {
          maxLength: 20,
        })
        .map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(value, text => {
        const given = text.replaceAll('\0', '');
        const quoted = quoteArgument(given);
        assert.doesNotMatch(quoted, /[\r\n\0]/);
        assert.equal(readBack(quoted), given);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('quotePath', () => {
  it('writes a Windows path with forward slashes in quotes, the form that worked with blanks too', () => {
    assert.equal(quotePath('C:\\lab\\conf\\my data', true), '"C:/lab/conf/my data"');
    assert.equal(quotePath('C:\\temp\\new', true), '"C:/temp/new"');
    assert.equal(quotePath('C:\\lab\\data\\', true), '"C:/lab/data/"');
    assert.equal(quotePath('\\\\server\\share\\실험', true), '"//server/share/실험"');
  });

  it('leaves a backslash in a name of other systems what it is', () => {
    assert.equal(quotePath('/home/a\\b', false), String.raw`"/home/a\\b"`);
    assert.equal(readBack(quotePath('/home/a\\b', false)), '/home/a\\b');
  });

  it('always quotes, so that the path can be edited to one with blanks', () => {
    assert.equal(quotePath('/srv/lab', false), '"/srv/lab"');
  });

  it('writes Windows paths without any backslash, and every path so that it is read back', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, windows) => {
        const given = text.replaceAll('\0', '');
        const quoted = quotePath(given, windows);
        assert.equal(readBack(quoted), windows ? given.replaceAll('\\', '/') : given);
      }),
    );
  });
});

describe('Redis 2.8.2101 for Windows', () => {
  // What the real program did with each form of `dir`: the folder it used, or why it stopped.
  const seen: readonly (readonly [line: string, read: string])[] = [
    [String.raw`dir C:\lab\conf\data`, String.raw`C:\lab\conf\data`],
    [String.raw`dir "C:\lab\conf\data"`, 'C:labconfdata'],
    [String.raw`dir "C:\temp\new"`, 'C:\temp\new'],
    [String.raw`dir "C:\\lab\\conf\\my data"`, String.raw`C:\lab\conf\my data`],
    [String.raw`dir 'C:\lab\conf\my data'`, String.raw`C:\lab\conf\my data`],
    ['dir "C:/lab/conf/my data"', 'C:/lab/conf/my data'],
    [String.raw`dir "C:\lab\conf\data\"`, 'unbalanced-quotes'],
    [String.raw`dir "C:\\nope\\x"`, String.raw`C:\nope\x`],
  ];
  for (const [line, read] of seen) {
    it(`read ${line} as splitArguments does`, () => {
      const words = splitArguments(line);
      assert.equal(typeof words === 'string' ? words : words[1]?.value, read);
    });
  }

  it('saw two words in an unquoted path with a blank', () => {
    const words = splitArguments(String.raw`dir C:\lab\conf\my data`);
    assert.equal(words.length, 3);
  });
});
