import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ProbeRecord } from '../../../src/core/probe/probeRecord';
import { RecordReader, recordLines, type ProbeLine } from '../../../src/node/probe/probeLines';
import { anyAttempts, recordOf } from './anyRecord';

function comparable({ clients, ...rest }: ProbeRecord): unknown {
  return { ...rest, clients: clients.map(({ client, attempts }) => ({ client, attempts: [...attempts] })) };
}

describe('a record as lines', () => {
  it('is the same at the other end', () => {
    fc.assert(
      fc.property(anyAttempts, anyAttempts, fc.nat({ max: 2_100 }), (sentinel, fixed, readCount) => {
        const reads = Array.from({ length: readCount }, (_, at) => ({
          at,
          port: 6380,
          result: 'ok' as const,
          behind: at % 3,
          staleMs: 0.5,
        }));
        const record = recordOf(
          { sentinel, fixed },
          { reads, stalls: [{ at: 5, ms: 300 }], otherErrors: ['ERR odd'] },
        );
        const reader = new RecordReader();
        const results = Array.from(recordLines(record), line =>
          reader.add(JSON.parse(JSON.stringify(line)) as ProbeLine),
        );
        const whole = results.pop();
        assert.ok(results.every(result => result === undefined));
        assert.deepEqual(comparable(whole!), comparable(record));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a server that did not tell its run id', () => {
    const record = recordOf({}, { servers: [{ port: 6379, runId: undefined }] });
    const reader = new RecordReader();
    const whole = Array.from(recordLines(record), line =>
      reader.add(JSON.parse(JSON.stringify(line)) as ProbeLine),
    ).at(-1);
    assert.deepEqual(whole?.servers, record.servers);
  });
});
