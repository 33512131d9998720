import * as fc from 'fast-check';
import { fixture } from './fixtures';

const realLines = [26379, 26380, 26381].flatMap(port =>
  fixture(`logs/failover-sentinel-${port}.log`).split('\n'),
);

/** Real lines in any order, cut anywhere, among lines that nobody would write. */
export const anyLogText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...realLines),
      fc.tuple(fc.constantFrom(...realLines), fc.nat(120)).map(([line, at]) => line.slice(0, at)),
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(
        '',
        ' ',
        '\0',
        '\uFEFF',
        '=== REDIS BUG REPORT START: Cut & paste starting from here ===',
      ),
    ),
    { maxLength: 60 },
  )
  .map(lines => lines.join('\n'));
