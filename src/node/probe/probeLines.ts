import { AttemptLog } from '../../core/probe/attemptLog';
import type { ProbeClientName } from '../../core/probe/probeConfig';
import type { ProbeEvent } from '../../core/probe/probeEvent';
import type { ProbeRecord, ReplicaRead } from '../../core/probe/probeRecord';

/** A line that the probe prints: something that happened, or a piece of the record, which ends with `end`. */
export type ProbeLine =
  | ProbeEvent
  | { readonly type: 'failed'; readonly message: string }
  | ({ readonly type: 'record'; readonly clients: readonly ProbeClientName[] } & Omit<
      ProbeRecord,
      'clients' | 'reads'
    >)
  | { readonly type: 'attempts'; readonly client: ProbeClientName; readonly data: string }
  | { readonly type: 'reads'; readonly reads: readonly ReplicaRead[] }
  | { readonly type: 'end' };

/** The word that ends a probe in good order, as a line on its standard input. */
export const stopLine = JSON.stringify({ do: 'stop' });

/** How many reads one line has. */
const readsPerLine = 1_000;

/** A record as lines; attempts go as the bytes they are. */
export function* recordLines(record: ProbeRecord): Generator<ProbeLine> {
  const { clients, reads, ...rest } = record;
  yield { type: 'record', ...rest, clients: clients.map(({ client }) => client) };
  for (const { client, attempts } of clients)
    for (const bytes of attempts.bytes())
      yield {
        type: 'attempts',
        client,
        data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
      };
  for (let from = 0; from < reads.length; from += readsPerLine)
    yield { type: 'reads', reads: reads.slice(from, from + readsPerLine) };
  yield { type: 'end' };
}

/** Puts a record together from its lines. */
export class RecordReader {
  private head: Extract<ProbeLine, { type: 'record' }> | undefined;
  private readonly blocks = new Map<ProbeClientName, Uint8Array[]>();
  private readonly reads: ReplicaRead[] = [];

  /** Gives the record with its last line, undefined before. */
  add(line: ProbeLine): ProbeRecord | undefined {
    switch (line.type) {
      case 'record':
        this.head = line;
        break;
      case 'attempts': {
        const blocks = this.blocks.get(line.client) ?? [];
        blocks.push(Buffer.from(line.data, 'base64'));
        this.blocks.set(line.client, blocks);
        break;
      }
      case 'reads':
        this.reads.push(...line.reads);
        break;
      case 'end':
        return this.whole();
      default:
    }
    return undefined;
  }

  private whole(): ProbeRecord | undefined {
    if (!this.head) return undefined;
    const { type: _, clients, ...rest } = this.head;
    return {
      ...rest,
      servers: rest.servers.map(({ port, runId }) => ({ port, runId })),
      clients: clients.map(client => ({
        client,
        attempts: AttemptLog.fromBytes(this.blocks.get(client) ?? []),
      })),
      reads: this.reads,
    };
  }
}
