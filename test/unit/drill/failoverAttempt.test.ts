import assert from 'node:assert/strict';
import { lastAttempt } from '../../../src/core/drill/failoverAttempt';
import { readLogLine } from '../../../src/core/log/logLine';
import { Recogniser } from '../../../src/core/log/logRecord';
import { readSentinelEvent } from '../../../src/core/log/sentinelEvent';

const recogniser = new Recogniser();
const id = 'a'.repeat(40);

/** The attempt that these messages of one log leave, as their number, counted from 1. */
function attemptIn(...messages: readonly string[]): number | undefined {
  return lastAttempt(
    messages.flatMap((message, index) => {
      const said = recogniser.recognise(readLogLine(`1:X 23 Nov 2026 12:00:00.000 # ${message}`));
      if (!said) return [];
      const { id: kind, event = '' } = said;
      const { masterName } = readSentinelEvent(event, message.slice(event.length + 1));
      return [{ id: kind, event, masterName, at: index + 1 }];
    }),
    'mymaster',
  );
}

describe('the last attempt of a failover in the log of a Sentinel', () => {
  it('is its own, or the vote for that of another', () => {
    assert.equal(attemptIn('+try-failover master mymaster 127.0.0.1 6379', `+vote-for-leader ${id} 1`), 2);
    assert.equal(
      attemptIn('+new-epoch 1', `+vote-for-leader ${id} 1`, '+sdown master mymaster 127.0.0.1 6379'),
      2,
    );
  });

  it('still counts when it was given up', () =>
    assert.equal(
      attemptIn(
        '+try-failover master mymaster 127.0.0.1 6379',
        '-failover-abort-not-elected master mymaster 127.0.0.1 6379',
      ),
      1,
    ));

  it('counts no more when it worked, or when the process is another one', () => {
    const attempt = '+try-failover master mymaster 127.0.0.1 6379';
    assert.equal(attemptIn(attempt, '+switch-master mymaster 127.0.0.1 6379 127.0.0.1 6380'), undefined);
    assert.equal(attemptIn(attempt, `Sentinel ID is ${id}`), undefined);
    assert.equal(attemptIn(attempt, `Sentinel runid is ${id}`), undefined);
    assert.equal(attemptIn(attempt, '+monitor master mymaster 127.0.0.1 6379 quorum 2'), undefined);
    assert.equal(attemptIn(attempt, '+reset-master master mymaster 127.0.0.1 6379'), undefined);
    assert.equal(attemptIn(), undefined);
  });

  it('is about the master of the lab, where a Sentinel watches several', () => {
    assert.equal(attemptIn('+try-failover master other 127.0.0.1 6399'), undefined);
    assert.equal(
      attemptIn(
        '+try-failover master mymaster 127.0.0.1 6379',
        '+switch-master other 127.0.0.1 6399 127.0.0.1 6400',
        '+monitor master other 127.0.0.1 6400 quorum 2',
      ),
      1,
    );
  });
});
