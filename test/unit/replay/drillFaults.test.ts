import assert from 'node:assert/strict';
import { drillFaults } from '../../../src/core/replay/drillFaults';

const step = (at: number, faults: readonly unknown[], heals: string | null = null) => ({ at, faults, heals });

describe('the faults of a recorded drill', () => {
  const spans = (steps: Parameters<typeof drillFaults>[0]): unknown =>
    drillFaults(steps, 100).map(({ fault, from, to }) => [fault.type, from, to]);

  it('last until they are undone, by whatever', () =>
    assert.deepEqual(
      spans([
        step(1, [{ type: 'kill', node: 'redis-6379' }]),
        step(2, [
          { type: 'freeze', node: 'redis-6380' },
          { type: 'freeze', node: 'redis-6381' },
        ]),
        step(3, [{ type: 'resume', node: 'redis-6381' }]),
        step(4, [{ type: 'start', node: 'redis-6379' }]),
        step(5, [{ type: 'cut', from: 'redis-6379', to: 'redis-6380' }]),
        step(6, [], 'cut'),
        step(7, [], 'all'),
      ]),
      [
        ['kill', 1, 4],
        ['freeze', 2, 7],
        ['freeze', 2, 3],
        ['resume', 3, 3],
        ['start', 4, 4],
        ['cut', 5, 6],
      ],
    ));

  it('are undone when the drill is over, and some end by themselves', () =>
    assert.deepEqual(
      spans([
        step(1, [{ type: 'stop', node: 'redis-6379' }]),
        step(2, [{ type: 'sleep', node: 'redis-6380', seconds: 0.005 }]),
        step(3, [{ type: 'pause', node: 'redis-6380', milliseconds: 4 }]),
      ]),
      [
        ['stop', 1, 100],
        ['sleep', 2, 7],
        ['pause', 3, 7],
      ],
    ));

  it('are only those that can be read', () => assert.deepEqual(spans([step(1, [{ type: 'melt' }, 7])]), []));
});
