import assert from 'node:assert/strict';
import { readLogLine } from '../../../src/core/log/logLine';
import { Recogniser } from '../../../src/core/log/logRecord';
import { eventLine, type EventLine } from '../../../src/core/view/eventLine';

const recogniser = new Recogniser();

function lineOf(message: string, text?: string, node = 'sentinel-26379'): EventLine {
  const head = readLogLine(`12:X 23 Nov 2026 06:47:41.584 # ${message}`);
  const said = recogniser.recognise(head);
  return eventLine({
    node,
    record: { line: 1, more: [], head, said },
    weight: said?.weight ?? 'routine',
    explanation:
      text === undefined
        ? undefined
        : { text, next: undefined, benign: undefined, cause: undefined, fix: undefined },
  });
}

describe('eventLine', () => {
  it('tells who, what it means, and the event in its own word', () => {
    assert.deepEqual(lineOf('+elected-leader master mymaster 127.0.0.1 6379', 'It is the leader.'), {
      severity: 'info',
      text: 'sentinel-26379  It is the leader.  [+elected-leader]',
    });
  });

  it('repeats a message that is no event, up to a length', () => {
    assert.equal(
      lineOf('Connection with master lost.', 'The link is gone.', 'redis-6380').text,
      'redis-6380      The link is gone.  [Connection with master lost.]',
    );
    const long = lineOf(`Module /srv/${'x'.repeat(200)}.so failed to load: no`, 'No.').text;
    assert.match(long, /\[Module \/srv\/x+…\]$/);
    assert.ok(long.length < 110);
  });

  it('shows a line that nobody knows as it is', () => {
    assert.equal(lineOf('something of a module').text, 'sentinel-26379  something of a module');
  });

  it('warns of a master that is down and of problems, not of a replica', () => {
    assert.equal(lineOf('+sdown master mymaster 127.0.0.1 6379').severity, 'warning');
    assert.equal(lineOf('+odown master mymaster 127.0.0.1 6379 #quorum 2/2').severity, 'warning');
    assert.equal(lineOf('+tilt #tilt mode entered').severity, 'warning');
    assert.equal(
      lineOf('+sdown slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379').severity,
      'info',
    );
  });
});
