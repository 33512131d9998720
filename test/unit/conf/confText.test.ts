import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits, parseConf, printConf } from '../../../src/core/conf/confText';
import { anyText } from '../../support/anyText';

const confText = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          'port 6379',
          '# note',
          '',
          '  dir "a b"\t',
          'save 900 1',
          'bad "quote',
          'sentinel monitor m h 1 2',
        ),
        fc.string(),
        anyText,
      ),
      fc.constantFrom('\n', '\r\n', '\r', ''),
    ),
  )
  .map(parts => parts.map(([text, end]) => text + end).join(''));

describe('parseConf', () => {
  it('gives the text back byte for byte', () => {
    fc.assert(
      fc.property(confText, fc.boolean(), (text, hasBom) => {
        const whole = hasBom ? `\uFEFF${text}` : text;
        assert.equal(printConf(parseConf(whole)), whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells comments, blank lines, directives and lines that Redis cannot split', () => {
    const { lines } = parseConf('# one\r\n\r\n  port 6379\r\ndir "open\n');
    assert.deepEqual(
      lines.map(({ kind, end, words }) => [kind, end, words.map(({ value }) => value)]),
      [
        ['comment', '\r\n', []],
        ['blank', '\r\n', []],
        ['directive', '\r\n', ['port', '6379']],
        ['unbalanced', '\n', []],
      ],
    );
  });

  it('numbers lines as an editor does', () => {
    assert.deepEqual(
      parseConf('a\n\nb').lines.map(({ line, text }) => [line, text]),
      [
        [1, 'a'],
        [2, ''],
        [3, 'b'],
      ],
    );
  });
});

describe('applyEdits', () => {
  it('touches only its lines', () => {
    fc.assert(
      fc.property(confText, fc.nat(), (text, seed) => {
        const conf = parseConf(text);
        if (conf.lines.length === 0) return;
        const line = 1 + (seed % conf.lines.length);
        const edited = applyEdits(conf, [{ line, text: 'port 7000' }]);
        assert.equal(edited.lines.length, conf.lines.length);
        for (const [index, { text: now, end }] of edited.lines.entries()) {
          const before = conf.lines[index];
          assert.equal(end, before?.end);
          assert.equal(now, index + 1 === line ? 'port 7000' : before?.text);
        }
      }),
    );
  });

  it('keeps the kind of line ends, takes lines away, and makes several of one', () => {
    const conf = parseConf('\uFEFFport 1\r\nport 2\r\nport 3');
    assert.equal(
      printConf(
        applyEdits(conf, [
          { line: 1, text: null },
          { line: 3, text: 'port 4\nport 5' },
        ]),
      ),
      '\uFEFFport 2\r\nport 4\r\nport 5',
    );
  });
});
