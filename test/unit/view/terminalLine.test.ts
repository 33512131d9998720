import assert from 'node:assert/strict';
import { terminalLine } from '../../../src/core/view/terminalLine';

const escapes = new RegExp(String.raw`\u001b\[[\d;]*m`, 'g');
const dim = '\x1b[2m';
const plain = '\x1b[0m';
/** The colour codes between the prefix and the message. */
const colorOf = (line: string): string => {
  const colored = terminalLine(line);
  return (
    colored.slice(colored.indexOf(plain) + plain.length).match(new RegExp(`^(?:${escapes.source})*`))?.[0] ??
    ''
  );
};
const prefixes = [
  '[264] 23 Nov 06:46:58.475 * ',
  '9662:M 23 Nov 06:50:41.995 * ',
  '9536:C 23 Nov 2026 07:03:34.408 * ',
  '12:X 01 Jan 2026 00:00:00.000 * ',
  '12:S 01 Jan 2026 00:00:00.000 * ',
];

describe('terminalLine', () => {
  for (const prefix of prefixes) {
    it(`steps the prefix back: ${prefix}`, () => {
      assert.equal(terminalLine(`${prefix}Ready`), `${dim}${prefix}${plain}Ready${plain}`);
    });
  }

  it('keeps every letter of the line', () => {
    const lines = [
      ...prefixes.map(prefix => `${prefix}+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380`),
      "      _.-``__ ''-._",
      '',
      'a line without a prefix',
      '9536:C 23 Nov 2026 07:03:34.408 # 한글 \t ',
    ];
    for (const line of lines) assert.equal(terminalLine(line).replace(escapes, ''), line);
  });

  it('leaves a line of another form as it is', () => {
    for (const line of ['=== REDIS BUG REPORT START ===', '|`-._`-...-` __...-.', '23 Nov 2026 # x'])
      assert.equal(terminalLine(line), line);
  });

  it('gives turning points, troubles and warnings colours of their own', () => {
    const at = (level: string, message: string): string =>
      colorOf(`9:X 23 Nov 2026 07:03:34.408 ${level} ${message}`);
    const good = at('#', '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380');
    const bad = at('#', '+odown master mymaster 127.0.0.1 6379 #quorum 2/2');
    const doubt = at('#', '+sdown master mymaster 127.0.0.1 6379');
    const other = at('*', '+slave slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379');
    assert.equal(new Set([good, bad, doubt, other, at('*', 'Ready')]).size, 5);
    assert.equal(at('#', '+promoted-slave slave x'), good);
    assert.equal(at('#', '-failover-abort-not-elected master x'), bad);
    assert.equal(at('#', 'Server started'), doubt);
    assert.equal(at('*', 'Ready'), '');
  });

  it('does not carry a colour into the next line', () => {
    assert.ok(terminalLine('9:X 23 Nov 2026 07:03:34.408 # +tilt #tilt mode entered').endsWith(plain));
  });
});
