import { randomBytes } from 'node:crypto';
import type { NodeSpec } from '../../core/model/lab';
import type { DrillKeys } from '../../lab/drill/drillPorts';
import { openConnection } from '../redis/connection';

/** How many commands are sent before their answers are waited for. */
const keysAtOnce = 500;

/** Numbered keys in the servers of a lab. */
export class NumberedKeys implements DrillKeys {
  private readonly prefix = `drill:${randomBytes(4).toString('hex')}:`;

  constructor(private readonly passwordOf: (node: NodeSpec) => Promise<string | undefined>) {}

  async write(
    master: NodeSpec,
    first: number,
    count: number,
    bytes: number,
    signal: AbortSignal,
  ): Promise<void> {
    const value = 'x'.repeat(bytes);
    const redis = await this.connect(master);
    try {
      for (const keys of this.batches(first, first + count - 1)) {
        signal.throwIfAborted();
        await Promise.all(keys.map(key => redis.set(key, value)));
      }
    } finally {
      redis.disconnect();
    }
  }

  async count(node: NodeSpec, last: number): Promise<number> {
    const redis = await this.connect(node);
    try {
      let found = 0;
      for (const keys of this.batches(1, last)) found += await redis.exists(keys);
      return found;
    } finally {
      redis.disconnect();
    }
  }

  async remove(master: NodeSpec, last: number): Promise<void> {
    const redis = await this.connect(master);
    try {
      for (const keys of this.batches(1, last)) await redis.del(keys);
    } finally {
      redis.disconnect();
    }
  }

  private async connect(node: NodeSpec): ReturnType<typeof openConnection> {
    return openConnection(node.listenPort, await this.passwordOf(node));
  }

  private *batches(first: number, last: number): Generator<string[]> {
    for (let from = first; from <= last; from += keysAtOnce) {
      const size = Math.min(keysAtOnce, last - from + 1);
      yield Array.from({ length: size }, (_, index) => `${this.prefix}${from + index}`);
    }
  }
}
