import * as fc from 'fast-check';
import { allMessages } from '../../src/core/log/allMessages';
import { eventTable } from '../../src/core/log/eventTable';
import { anyText } from './anyText';

const prefixes = [
  '4917:X 23 Nov 2026 06:47:41.584 # ',
  '4917:S 23 Nov 06:47:41.584 * ',
  '[4917] 29 Dec 21:55:17.711 # ',
  '4917:signal-handler (1766000000) ',
  'pid=1 role=sentinel timestamp="2024-10-24T10:00:00.123+02:00" level=warning message="',
  '{"pid":1,"role":"primary","timestamp":"23 Nov 2026 06:47:41.584","level":"notice","message":"',
  '',
];

/** Beginnings of every message and event that is known. */
const beginnings = [
  ...allMessages.flatMap(spec => spec.wordings),
  ...Object.keys(eventTable).flatMap(type => [
    `${type} `,
    `${type} master mymaster 127.0.0.1 6379 `,
    `${type} slave a b 1 @ m c 2`,
  ]),
];

/** A line that looks like one of a log up to somewhere, and goes on as it likes. */
export const hostileLine: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...prefixes), fc.constantFrom(...beginnings), fc.nat({ max: 80 }), anyText)
  .map(([prefix, beginning, length, rest]) => `${prefix}${beginning.slice(0, length)}${rest}`);

/** A file of such lines with all kinds of line ends, BOMs and NULs between them. */
export const hostileFile: fc.Arbitrary<Uint8Array> = fc
  .array(fc.tuple(hostileLine, fc.constantFrom('\n', '\r\n', '\r', '\0', '\uFEFF', '\n\n')), {
    maxLength: 40,
  })
  .map(parts => Buffer.from(parts.map(([line, end]) => `${line}${end}`).join(''), 'utf8'));
