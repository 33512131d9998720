import assert from 'node:assert/strict';
import path from 'node:path';
import * as fc from 'fast-check';
import { ExplainedJson } from '../../../src/core/explain/explainedJson';
import { ExplainedLog, type KnownMessage } from '../../../src/core/explain/explainedLog';
import { explainLine } from '../../../src/core/explain/explainedLine';
import { Explainer } from '../../../src/core/explain/explainer';
import { LineContext } from '../../../src/core/explain/lineContext';
import { noNames } from '../../../src/core/explain/names';
import { ByteLines, type TakeByteLine } from '../../../src/core/log/byteLines';
import { Recogniser, RememberingRecogniser } from '../../../src/core/log/logRecord';
import { RecordReader } from '../../../src/core/log/recordReader';
import { MessageMemory } from '../../../src/core/story/messageMemory';
import { OutputBuffer } from '../../../src/cli/outputBuffer';
import { readExplainTexts } from '../../../src/node/files/explainTexts';
import { recordedScenarios } from '../../support/corpus';
import { hostileFile } from '../../support/hostile';
import { repoRoot } from '../../support/repoRoot';

const recogniser = new Recogniser();
const explainer = new Explainer(readExplainTexts(path.join(repoRoot, 'l10n'), 'en'), noNames);
const decode = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes).toString('utf8', start, end);

const tools = {
  json: new ExplainedJson(explainer),
  recogniser,
  remembering: new RememberingRecogniser(recogniser),
  // One for all: what a log before has left in it must not matter.
  memory: new MessageMemory<KnownMessage>(),
  decode,
  encode: (text: string) => Buffer.from(text),
};

function cut(log: Uint8Array, size: number, take: TakeByteLine, endPiece: () => void): void {
  const lines = new ByteLines();
  const memory = new Uint8Array(size);
  for (let at = 0; at < log.length; at += size) {
    const piece = log.subarray(at, at + size);
    memory.set(piece);
    lines.push(memory.subarray(0, piece.length), take);
    endPiece();
  }
  lines.end(take);
  endPiece();
}

function quickly(log: Uint8Array, size: number): string {
  const output = new OutputBuffer();
  const explained = new ExplainedLog('a "b".log', tools, new LineContext(undefined), output);
  cut(
    log,
    size,
    (bytes, start, end) => explained.read(bytes, start, end),
    () => explained.endPiece(),
  );
  explained.end();
  return Buffer.from(output.take()).toString();
}

function plainly(log: Uint8Array): string {
  const records = new RecordReader(recogniser);
  const context = new LineContext(undefined);
  let json = '';
  const take = (record: ReturnType<RecordReader['read']>): void => {
    if (record) json += `${JSON.stringify(explainLine('a "b".log', record, explainer, context))}\n`;
  };
  cut(
    log,
    Math.max(log.length, 1),
    (bytes, start, end) => take(records.read(decode(bytes, start, end))),
    () => undefined,
  );
  take(records.end());
  return json;
}

/** Prefixes at the edge of what is usual, and messages that are said again. */
const line = fc
  .tuple(
    fc.constantFrom('1', '12', '007', '0', '1234567890', '12345678901', ''),
    fc.constantFrom(':X ', ':M ', ':S ', ':C ', ':A ', ':x ', ': ', ':M'),
    fc.constantFrom('23 Nov', '3 Nov', '99 Feb', '23 nov', '23 Nov.', '23 Foo', '23-Nov'),
    fc.constantFrom(' 2026 ', ' 0099 ', ' ', ' 20x6 ', ' 2026-'),
    fc.constantFrom(
      '06:47:41.584',
      '23:59:59.999',
      '24:00:00.000',
      '10:60:00.000',
      '10:10:61.000',
      '10:10:10,000',
    ),
    fc.constantFrom(' # ', ' * ', ' . ', ' - ', ' x ', ' \0 ', ' #', '#  '),
    fc.constantFrom(
      'Connecting to MASTER 127.0.0.1:6379',
      '+sdown master mymaster 127.0.0.1 6379',
      '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380',
      '+slave slave 127.0.0.1:6379 127.0.0.1 6379 @ mymaster 127.0.0.1 6380',
      '+vote-for-leader 5fa1a4e1a8e44dfe8c4ffc0a4c3d0b1d7a2e9c55 1',
      '+try-failover master mymaster 127.0.0.1 6379',
      'words that nobody knows "quoted" \u{1F600}',
      '',
      ' ',
    ),
    fc.constantFrom(
      '\n',
      '\r\n',
      '\n\n',
      '\nno prefix\n',
      "\n  |    `-._   `._    /     _.-'    |     PID: 7\n",
    ),
  )
  .map(parts => parts.join(''));

const log = fc.oneof(
  fc.array(line, { maxLength: 30 }).map(lines => Buffer.from(lines.join(''))),
  hostileFile.map(file => Buffer.from(file)),
);

describe('a log that is explained from bytes to bytes', () => {
  it('says the same as line by line, wherever it is cut into pieces', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 2_000 }), (file, size) => {
        assert.equal(quickly(file, size), plainly(file));
      }),
      { numRuns: 400 },
    );
  });

  it('says the same of recorded logs', () => {
    for (const { name, logs } of recordedScenarios().filter(scenario => /^[e-i]_/.test(scenario.name)))
      for (const text of Object.values(logs)) {
        const file = Buffer.from(text);
        assert.equal(quickly(file, 1 << 16), plainly(file), name);
      }
  });

  it('writes line numbers of any length', () => {
    const text = '7:M 23 Nov 2026 06:47:41.584 * Connecting to MASTER 127.0.0.1:6379\n'.repeat(1_001);
    const lines = quickly(Buffer.from(text), 1 << 16)
      .trimEnd()
      .split('\n');
    assert.deepEqual(
      lines.map(one => (JSON.parse(one) as { line: number }).line),
      Array.from({ length: 1_001 }, (_, index) => index + 1),
    );
  });
});
