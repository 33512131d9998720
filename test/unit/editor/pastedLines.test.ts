import assert from 'node:assert/strict';
import { pastedLines } from '../../../src/core/editor/pastedLines';

const line = '[28656] 29 Dec 21:55:17.726 # +sdown master mymaster 127.0.0.1 6379';

describe('pasted lines', () => {
  it('come with any line ends, and without empty ones behind', () => {
    for (const end of ['\n', '\r\n', '\r'])
      assert.deepEqual(pastedLines(`${line}${end}${line}${end}${end}`), [line, line]);
  });

  it('lose what a terminal, a quote or an indented list put around them', () => {
    assert.deepEqual(pastedLines(`\u001B[33m${line}\u001B[0m`), [line]);
    assert.deepEqual(pastedLines(`> ${line}\n> ${line}`), [line, line]);
    assert.deepEqual(pastedLines(`    ${line}\n\n      ${line}`), [line, '', `  ${line}`]);
  });

  it('keep the blanks of a logo', () => {
    const logo = ['                _._', "           _.-``__ ''-._"];
    assert.deepEqual(pastedLines(logo.join('\n')), logo);
  });

  it('may be none', () => {
    assert.deepEqual(pastedLines(''), []);
    assert.deepEqual(pastedLines(' \n\n'), []);
  });
});
