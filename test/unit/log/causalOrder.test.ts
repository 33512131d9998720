import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { causalRank, mergeByTime } from '../../../src/core/log/causalOrder';
import { FileClock } from '../../../src/core/log/lineTime';
import { readLogLine } from '../../../src/core/log/logLine';
import { Recogniser } from '../../../src/core/log/logRecord';
import { fixture } from '../../support/fixtures';

const recogniser = new Recogniser();

/** The lines of a Sentinel's log that end within one millisecond or two, with what decides their order. */
function lines(
  name: string,
  own = '',
): { name: string; at: number; rank: number | undefined; text: string }[] {
  const clock = new FileClock(2026);
  let at = 0;
  return fixture(`logs/failover/${name}.log`)
    .trimEnd()
    .split('\n')
    .map(text => {
      const head = readLogLine(text);
      const said = recogniser.recognise(head);
      if (head.time) at = Math.max(at, clock.at(head.time));
      return { name, at, rank: said && causalRank(said, said.args['leader'] === own), text: head.message };
    });
}

const leader = '45e5f9b127dfdc57a9657324832e650fa2a98f0b';

describe('the order of lines over several logs', () => {
  const merged = mergeByTime([
    lines('sentinel-23291', leader),
    lines('sentinel-23292', 'f14dac57c05c532bfb40c8b8c27d0b81b4e1f8eb'),
    lines('sentinel-23293', '9e3c2bcd3fdcd83fbaed60aefcc3102ed5c6c423'),
    lines('redis-23288'),
    lines('redis-23289'),
    lines('redis-23290'),
  ]);
  const place = (name: string, start: string): number => {
    const found = merged.findIndex(line => line.name === name && line.text.startsWith(start));
    assert.ok(found >= 0, `${name}: ${start}`);
    return found;
  };

  it('is that of the times', () => {
    for (let index = 1; index < merged.length; index++) assert.ok(merged[index]!.at >= merged[index - 1]!.at);
  });

  it('has a vote before the line that tells of it, in the same millisecond', () => {
    const told = place('sentinel-23291', '9e3c2bcd3fdcd83fbaed60aefcc3102ed5c6c423 voted for');
    assert.ok(place('sentinel-23293', '+vote-for-leader') < told);
    assert.ok(place('sentinel-23292', '+vote-for-leader') < told + 1);
  });

  it('has the order of a Sentinel before what the new master says of it', () => {
    const sent = place('sentinel-23291', '+failover-state-wait-promotion');
    assert.ok(sent < place('redis-23290', 'Discarding previously cached master state'));
    assert.ok(sent < place('redis-23290', 'MASTER MODE enabled'));
  });

  it('has a request for a sync between its sending and its answer', () => {
    const asked = place('redis-23290', 'Replica 127.0.0.1:23289 asks for synchronization');
    assert.ok(place('redis-23289', 'Trying a partial resynchronization') < asked);
    assert.ok(asked < place('redis-23289', 'Successful partial resynchronization'));
  });

  it('has the own try before the votes of others when all is in one millisecond', () => {
    const said = (
      name: string,
      texts: readonly string[],
      own: boolean,
    ): { at: number; rank: number | undefined; text: string }[] =>
      texts.map(text => {
        const known = recogniser.recognise(readLogLine(`1:X 23 Nov 2026 07:03:34.409 # ${text}`));
        return { at: 1, rank: known && causalRank(known, own), text: `${name} ${text}` };
      });
    const vote = `+vote-for-leader ${leader} 1`;
    const order = mergeByTime([
      said('b', ['+new-epoch 1', vote], false),
      said('c', ['+new-epoch 1'], false),
      said('a', ['+new-epoch 1', '+try-failover master mymaster 127.0.0.1 1', vote], true),
    ]);
    assert.deepEqual(
      order.map(({ text }) => text.slice(0, 8)),
      ['a +new-e', 'a +try-f', 'a +vote-', 'c +new-e', 'b +new-e', 'b +vote-'],
    );
  });

  it('keeps every line, and the order of each log', () => {
    const anyLog = fc
      .array(
        fc.record({ step: fc.nat(2), rank: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }) }),
      )
      .map(steps => {
        let at = 0;
        return steps.map(({ step, rank }) => ({ at: (at += step), rank }));
      });
    fc.assert(
      fc.property(fc.array(anyLog, { maxLength: 6 }), logs => {
        const order = mergeByTime(logs);
        assert.equal(order.length, logs.flat().length);
        for (const log of logs)
          assert.deepEqual(
            order.filter(line => log.includes(line)),
            log,
          );
        for (let index = 1; index < order.length; index++)
          assert.ok(order[index]!.at >= order[index - 1]!.at);
      }),
    );
  });
});
