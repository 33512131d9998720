import assert from 'node:assert/strict';
import { makeReport } from '../../../src/core/story/report';
import { readStory } from '../../support/corpus';

/** What a master and its replica log when the replica was away for longer than the backlog lasts, as each version has it. */
const logs = {
  'Redis 8.0, which sends the RDB over a connection of its own': {
    master: `
24874:M 23 Nov 2026 19:10:16.160 * Running mode=standalone, port=30420.
24874:M 23 Nov 2026 19:10:16.160 * Ready to accept connections tcp
24874:M 23 Nov 2026 19:10:19.344 * Connection with replica 127.0.0.1:30421 lost.
24874:M 23 Nov 2026 19:10:19.579 * Replica 127.0.0.1:30421 asks for synchronization
24874:M 23 Nov 2026 19:10:19.579 * Unable to partial resync with replica 127.0.0.1:30421 for lack of backlog (Replica request was: 426).
24874:M 23 Nov 2026 19:10:19.579 * Replica 127.0.0.1:30421 is capable of rdb channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated rdb channel.
24874:M 23 Nov 2026 19:10:19.580 * Replica 127.0.0.1:30421 asks for synchronization
24874:M 23 Nov 2026 19:10:19.580 * Full resync requested by replica 127.0.0.1:30421 (rdb-channel)
24874:M 23 Nov 2026 19:10:19.611 * Connection with replica (rdbchannel) 127.0.0.1:30421 lost.
24874:M 23 Nov 2026 19:10:19.611 * Synchronization with replica 127.0.0.1:30421 succeeded
`,
    replica: `
25064:S 23 Nov 2026 19:10:19.560 * Running mode=standalone, port=30421.
25064:S 23 Nov 2026 19:10:19.576 * Ready to accept connections tcp
25064:S 23 Nov 2026 19:10:19.577 * Connecting to MASTER 127.0.0.1:30420
25064:S 23 Nov 2026 19:10:19.577 * MASTER <-> REPLICA sync started
25064:S 23 Nov 2026 19:10:19.579 * Trying a partial resynchronization (request 6b7064d3e8c04c8e4748bbab65cb4d4cc0d9639b:426).
25064:S 23 Nov 2026 19:10:19.580 * PSYNC is not possible, initialize RDB channel.
25064:S 23 Nov 2026 19:10:19.600 * MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk
25064:S 23 Nov 2026 19:10:19.624 * MASTER <-> REPLICA sync: Finished with success
`,
  },
  'Valkey 9.1, which names what its backlog holds': {
    master: `
24519:M 23 Nov 2026 19:10:07.846 * Running mode=standalone, port=30420.
24519:M 23 Nov 2026 19:10:07.847 * Ready to accept connections tcp
24519:M 23 Nov 2026 19:10:12.490 * Replica 127.0.0.1:30421 asks for synchronization
24519:M 23 Nov 2026 19:10:12.490 * Unable to partial resync with replica 127.0.0.1:30421 for lack of backlog (Replica request was dd976578b0686f23ba12005265088286ef7cb7fe:440, and I can only reply with the range [2073332, 2095332]).
24519:M 23 Nov 2026 19:10:12.823 * Synchronization with replica 127.0.0.1:30421 succeeded
`,
    replica: `
24778:S 23 Nov 2026 19:10:12.400 * Running mode=standalone, port=30421.
24778:S 23 Nov 2026 19:10:12.450 * Connecting to PRIMARY 127.0.0.1:30420
24778:S 23 Nov 2026 19:10:12.450 * PRIMARY <-> REPLICA sync started
24778:S 23 Nov 2026 19:10:12.490 * Trying a partial resynchronization (request dd976578b0686f23ba12005265088286ef7cb7fe:440).
24778:S 23 Nov 2026 19:10:12.502 * Full resync from primary: dd976578b0686f23ba12005265088286ef7cb7fe:2095332
24778:S 23 Nov 2026 19:10:13.527 * PRIMARY <-> REPLICA sync: Finished with success
`,
  },
};

describe('a full sync for lack of backlog', () => {
  for (const [version, { master, replica }] of Object.entries(logs)) {
    const story = (name: string, text: string) => readStory(name, Buffer.from(text.trimStart()));
    const told = (...files: ReturnType<typeof story>[]): readonly (readonly unknown[])[] =>
      [...makeReport(files).syncs].map(sync => [sync.toldBy, sync.kind, sync.outcome, sync.whyFull]);

    it(`is one in both logs together: ${version}`, () => {
      assert.deepEqual(told(story('master.log', master), story('replica.log', replica)), [
        ['replica', 'full', 'succeeded', 'backlog'],
      ]);
    });

    it(`is one in the log of the master alone: ${version}`, () => {
      assert.deepEqual(told(story('master.log', master)), [['master', 'full', 'succeeded', 'backlog']]);
    });

    it(`is full in the log of the replica alone, which does not say why: ${version}`, () => {
      assert.deepEqual(told(story('replica.log', replica)), [['replica', 'full', 'succeeded', null]]);
    });
  }
});
