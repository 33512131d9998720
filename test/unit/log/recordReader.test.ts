import assert from 'node:assert/strict';
import { Recogniser } from '../../../src/core/log/logRecord';
import { RecordReader, type LogRecord } from '../../../src/core/log/recordReader';

const recogniser = new Recogniser();

function read(lines: readonly string[]): LogRecord[] {
  const reader = new RecordReader(recogniser);
  return [...lines.map(line => reader.read(line)), reader.end()].filter(record => record !== undefined);
}
const shape = (records: readonly LogRecord[]): [number, string | undefined, number][] =>
  records.map(({ line, said, more }) => [line, said?.id, more.length + 1]);

describe('RecordReader', () => {
  it('gives each line with a prefix as a record of its own', () => {
    const records = read([
      '12:M 23 Nov 2026 06:47:41.584 * Ready to accept connections',
      '12:M 23 Nov 2026 06:47:41.585 * something that no version says',
    ]);
    assert.deepEqual(shape(records), [
      [1, 'ready-accept-connections', 1],
      [2, undefined, 1],
    ]);
  });

  it('takes the logo as one record, though it has no prefix', () => {
    const records = read([
      '12:M 23 Nov 06:47:41.584 # Server initialized',
      '                _._                                                  ',
      "           _.-``__ ''-._                                             ",
      '12:M 23 Nov 06:47:41.585 * Ready to accept connections',
    ]);
    assert.deepEqual(
      shape(records).map(([line, , lines]) => [line, lines]),
      [
        [1, 1],
        [2, 2],
        [4, 1],
      ],
    );
  });

  it('takes a block of config errors as one record, though it has no prefix', () => {
    const [record, ...others] = read([
      '*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***',
      'Reading the configuration file, at line 21',
      ">>> 'nonsense 1'",
      'Bad directive or wrong number of arguments',
    ]);
    assert.equal(record?.line, 1);
    assert.match(record?.said?.id ?? '', /fatal-config-file-error/);
    assert.ok(others.every(({ said }) => said !== undefined));
  });

  it('recognises a message that begins with a line break', () => {
    const records = read([
      '12:M 23 Nov 2026 06:47:41.584 # ',
      '',
      '=== REDIS BUG REPORT START: Cut & paste starting from here ===',
      '12:M 23 Nov 2026 06:47:41.585 # Redis 7.0.15 crashed by signal: 11, si_code: 0',
    ]);
    assert.deepEqual(shape(records)[0], [1, 'redis-bug-report-start-cut-paste-starting', 3]);
    assert.equal(records.length, 2);
  });

  it('loses no line of a text that is no log', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `a line of something else ${index}`);
    assert.deepEqual(
      read(lines).map(({ line, head }) => [line, head.message]),
      lines.map((line, index) => [index + 1, line]),
    );
  });

  it('lets a record grow only so far', () => {
    const records = read([
      '12:M 23 Nov 2026 06:47:41.584 * Ready to accept connections',
      ...Array.from({ length: 5_000 }, () => 'noise'),
    ]);
    assert.equal(records[0]?.more.length, 2_000);
    assert.equal(
      records.reduce((sum, { more }) => sum + more.length + 1, 0),
      5_001,
    );
  });
});
