import assert from 'node:assert/strict';
import { LineContext, type LeaderOfEpoch } from '../../../src/core/explain/lineContext';
import { readLogLine } from '../../../src/core/log/logLine';
import { Recogniser } from '../../../src/core/log/logRecord';

const recogniser = new Recogniser();
const me = 'a'.repeat(40);
const other = 'b'.repeat(40);
const master = 'master mymaster 127.0.0.1 6379';
const oldMaster = 'slave 127.0.0.1:6379 127.0.0.1 6379 @ mymaster 127.0.0.1 6380';
const switched = '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380';

/** The variants of each message, as they are told while the log is read. */
function variants(messages: readonly string[], ownId?: string, leaderOf?: LeaderOfEpoch): string[] {
  const context = new LineContext(ownId, leaderOf);
  return messages.map(message => {
    const said = recogniser.recognise(readLogLine(`12:X 23 Nov 2026 06:47:41.584 # ${message}`));
    assert.ok(said, message);
    return context.read(said).join(' ');
  });
}

describe('LineContext', () => {
  it('tells a vote for itself from one for another, by its own id', () => {
    assert.deepEqual(variants([`+vote-for-leader ${me} 1`, `+vote-for-leader ${other} 2`], me), [
      'textSelf',
      'textOther',
    ]);
  });

  it('learns its id from the log', () => {
    assert.deepEqual(variants([`Sentinel ID is ${me}`, `+vote-for-leader ${me} 1`]).at(-1), 'textSelf');
  });

  it('takes a vote right after its own try as one for itself when no line has its id', () => {
    assert.equal(variants([`+try-failover ${master}`, `+vote-for-leader ${me} 1`]).at(-1), 'textSelf');
    assert.equal(variants([`+vote-for-leader ${other} 1`]).at(-1), 'textOther');
  });

  it('knows who led when the master moves', () => {
    assert.equal(
      variants([`+try-failover ${master}`, `+elected-leader ${master}`, switched]).at(-1),
      'textLeader',
    );
    assert.equal(variants([`+vote-for-leader ${other} 1`, switched], me).at(-1), 'textFollower');
  });

  it('does not take the leader of an aborted failover for that of the next', () => {
    const lines = [`+elected-leader ${master}`, `-failover-abort-no-good-slave ${master}`, switched];
    assert.equal(variants(lines).at(-1), 'textFollower');
  });

  it('knows the former master among the replicas, of each master its own', () => {
    assert.deepEqual(
      variants([
        switched,
        `+slave ${oldMaster}`,
        `+sdown ${oldMaster}`,
        '+sdown slave 127.0.0.1:6379 127.0.0.1 6379 @ another 127.0.0.1 7000',
        '+sdown slave 127.0.0.1:6381 127.0.0.1 6381 @ mymaster 127.0.0.1 6380',
        `-sdown ${oldMaster}`,
      ]),
      [
        'textFollower',
        'textAfterSwitch',
        'textOldMaster textReplica',
        'textReplica',
        'textReplica',
        'textOldMaster textReplica',
      ],
    );
  });

  it('calls the delay of a follower one thing, and that of one who tried another', () => {
    const delay = 'Next failover delay: I will not start a failover before Sun Dec 29 22:01:18 2024';
    assert.equal(variants([`+vote-for-leader ${other} 1`, delay], me).at(-1), 'textFollower');
    assert.equal(
      variants(
        [
          `+try-failover ${master}`,
          `+vote-for-leader ${me} 1`,
          `-failover-abort-not-elected ${master}`,
          delay,
        ],
        me,
      ).at(-1),
      'textTrier',
    );
    assert.equal(variants([delay]).at(-1), '');
  });

  it('marks the votes for the one who won', () => {
    const votes = [
      `127.0.0.1:26379 voted for ${me} 7`,
      `127.0.0.1:26380 voted for ${other} 7`,
      `127.0.0.1:26380 voted for ${other} 8`,
    ];
    assert.deepEqual(
      variants(votes, me, epoch => (epoch === 7 ? other : undefined)),
      ['', 'textWon', ''],
    );
  });
});
