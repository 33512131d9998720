import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MessageMemory, unknownMessage } from '../../../src/core/story/messageMemory';

describe('the memory of messages', () => {
  it('never takes one message for another, however few it can remember', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })), messages => {
        const memory = new MessageMemory<string>(8, 6);
        for (const message of messages) {
          const bytes = Buffer.from(`<${message}>`);
          const said = memory.recall(bytes, 1, bytes.length - 1);
          if (said === unknownMessage) memory.remember(bytes, 1, bytes.length - 1, message);
          else assert.equal(said, message);
        }
      }),
    );
  });

  it('remembers as many as it has room for, if they differ in one byte in their middle', () => {
    const memory = new MessageMemory<number>();
    const messages = Array.from({ length: 500 }, (_, port) =>
      Buffer.from(`replica :${20_000 + port} of mymaster`),
    );
    for (const [index, bytes] of messages.entries()) memory.remember(bytes, 0, bytes.length, index);
    for (const [index, bytes] of messages.entries())
      assert.equal(memory.recall(bytes, 0, bytes.length), index);
  });
});
