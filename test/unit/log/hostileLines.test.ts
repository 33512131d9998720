import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { allMessages } from '../../../src/core/log/allMessages';
import { ByteLines, longestLine } from '../../../src/core/log/byteLines';
import { isoText, momentOf } from '../../../src/core/log/lineTime';
import { readLogLine } from '../../../src/core/log/logLine';
import { Recogniser } from '../../../src/core/log/logRecord';
import { RecordReader } from '../../../src/core/log/recordReader';
import { compileWording } from '../../../src/core/log/wording';
import { anyText } from '../../support/anyText';
import { hostileFile, hostileLine } from '../../support/hostile';

const recogniser = new Recogniser();

function byteLines(bytes: Uint8Array, cuts: readonly number[]): readonly string[] {
  const lines = new ByteLines();
  const found: string[] = [];
  const take = (piece: Uint8Array, start: number, end: number): void => {
    found.push(Buffer.from(piece.subarray(start, end)).toString('latin1'));
  };
  // One memory for all pieces, as the reader of files has it.
  const memory = Buffer.alloc(bytes.length);
  let at = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    const piece = bytes.subarray(at, cut);
    memory.set(piece);
    lines.push(memory.subarray(0, piece.length), take);
    at = cut;
  }
  lines.end(take);
  return found;
}

describe('any line', () => {
  it('is read and recognised without an error, and its message is a part of it or, in JSON, in it', () => {
    fc.assert(
      fc.property(fc.oneof(hostileLine, anyText), text => {
        const line = readLogLine(text);
        recogniser.recognise(line);
        if (line.dialect !== 'json') assert.ok(text.includes(line.message));
      }),
      { numRuns: 2_000 },
    );
  });

  it('with a time gives a time that can be read again', () => {
    fc.assert(
      fc.property(hostileLine, text => {
        const { time } = readLogLine(text);
        if (time && time.ofDay >= 0) assert.equal(typeof isoText(time), 'string');
        if (time?.year !== undefined && time.offset === undefined)
          assert.equal(momentOf(isoText(time)), Date.UTC(time.year, time.month - 1, time.day) + time.ofDay);
      }),
    );
  });

  it('becomes part of exactly one record, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileLine, anyText), { maxLength: 50 }), lines => {
        const reader = new RecordReader(recogniser);
        const records = [...lines.map(line => reader.read(line)), reader.end()].filter(
          record => record !== undefined,
        );
        let next = 1;
        for (const record of records) {
          assert.equal(record.line, next);
          next += 1 + record.more.length;
        }
        assert.equal(next, lines.length + 1);
      }),
    );
  });
});

describe('a file cut into pieces', () => {
  it('gives the same lines wherever it is cut', () => {
    fc.assert(
      fc.property(hostileFile, fc.array(fc.nat({ max: 3_000 }), { maxLength: 8 }), (file, wanted) => {
        const cuts = wanted.map(cut => Math.min(cut, file.length));
        const whole = byteLines(file, []);
        assert.deepEqual(byteLines(file, cuts), whole);
        const text = Buffer.from(file).toString('latin1');
        const lines = text.split('\n').map(line => line.replace(/\r$/, ''));
        assert.deepEqual(whole, lines.at(-1) === '' && !text.endsWith('\r') ? lines.slice(0, -1) : lines);
      }),
    );
  });

  it('has its longest lines cut', () => {
    const line = 'x'.repeat(longestLine + 500);
    const file = Buffer.from(`${line}\nshort\n${line}`);
    const lengths = [longestLine, 5, longestLine];
    assert.deepEqual(
      byteLines(file, []).map(found => found.length),
      lengths,
    );
    assert.deepEqual(
      byteLines(file, [1_000, longestLine, longestLine + 100, file.length - 3]).map(found => found.length),
      lengths,
    );
  });
});

describe('a line of 64 KB that leads on to the end', () => {
  /** For every wording, its head and then what stands behind its values again and again, never quite right. */
  const hostile = (length: number): readonly string[] => [
    ...allMessages.flatMap(spec =>
      spec.wordings.flatMap(wording => {
        const { head, slots } = compileWording(wording);
        const afters = slots.map(({ after }) => after.slice(0, -1)).join('');
        return slots.length === 0 ? [] : [`${head}${`${afters || 'a'} `.repeat(length)}`.slice(0, length)];
      }),
    ),
    `+sdown ${'master a '.repeat(length)}`.slice(0, length),
    `+sdown master ${'a'.repeat(length)}`.slice(0, length),
    `+switch-master ${'a '.repeat(length)}`.slice(0, length),
    `{"pid":${'['.repeat(length)}`.slice(0, length),
    `pid=${'1'.repeat(length)}`,
    '1'.repeat(length),
    '+'.repeat(length),
  ];

  const cost = (lines: readonly string[]): number => {
    const started = performance.now();
    for (const line of lines) recogniser.recognise(readLogLine(line));
    return performance.now() - started;
  };

  it('costs as much more as it is longer: nothing runs away', () => {
    const short = hostile(4_096);
    const long = hostile(65_536);
    cost(short);
    const best = (lines: readonly string[]): number => Math.min(...[1, 2, 3].map(() => cost(lines)));
    // 16 times the length; going back over the line would cost 256 times as much.
    const ratio = best(long) / Math.max(best(short), 0.5);
    assert.ok(ratio < 90, `${ratio.toFixed(0)} times as much for 16 times the length`);
  });
});
