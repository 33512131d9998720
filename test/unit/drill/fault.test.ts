import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseDuration } from '../../../src/core/drill/duration';
import { faultTypes, nodesOfFault, readFault, type Fault } from '../../../src/core/drill/fault';
import { resolveFault } from '../../../src/core/drill/resolveFault';
import { makeLab } from '../../support/labs';
import { startedStory } from '../../support/labStory';

const read = (value: unknown): Fault => {
  const result = readFault(value);
  assert.ok('fault' in result, JSON.stringify(result));
  return result.fault;
};
const problem = (value: unknown): string => {
  const result = readFault(value);
  assert.ok('problems' in result, JSON.stringify(result));
  return result.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' | ');
};

describe('a fault', () => {
  it('of every type is read from plain data, and what is left out has its usual value', () => {
    assert.deepEqual(read({ type: 'kill', node: 'master' }), { type: 'kill', node: 'master' });
    assert.deepEqual(read({ type: 'restart', node: '6379' }), { type: 'restart', node: '6379', how: 'kill' });
    assert.deepEqual(read({ type: 'pause', node: 'master', milliseconds: '5s' }), {
      type: 'pause',
      node: 'master',
      milliseconds: 5_000,
      mode: 'all',
    });
    assert.deepEqual(read({ type: 'config', node: 'replica:2', set: { 'replica-priority': '0' } }), {
      type: 'config',
      node: 'replica:2',
      set: { 'replica-priority': '0' },
      reconnect: false,
    });
    assert.deepEqual(read({ type: 'failover' }), { type: 'failover', node: 'sentinel' });
    assert.deepEqual(read({ type: 'cut', from: 'master', to: 'client:app' }), {
      type: 'cut',
      from: 'master',
      to: 'client:app',
      bothWays: false,
    });
    assert.deepEqual(read({ type: 'lossy', from: 'master', to: 'replica', share: 0.25 }), {
      type: 'lossy',
      from: 'master',
      to: 'replica',
      bothWays: false,
      share: 0.25,
    });
  });

  it('that was read reads the same again', () => {
    const samples: Readonly<Record<string, object>> = {
      config: { node: 'master', set: { maxmemory: '1mb' } },
      'disk-full': { node: 'master', bytes: 100 },
      cut: { from: 'master', to: 'replica' },
      delay: { from: 'master', to: 'replica', milliseconds: 3 },
      lossy: { from: 'master', to: 'replica', share: 1 },
    };
    for (const type of faultTypes) {
      const fault = read({ type, ...(samples[type] ?? { node: 'master' }) });
      assert.deepEqual(read(JSON.parse(JSON.stringify(fault))), fault);
    }
  });

  it('that is wrong is told with the place', () => {
    assert.match(
      problem({ type: 'explode', node: 'master' }),
      /^type: There is no fault "explode"\. There are: kill,/,
    );
    assert.match(problem({ type: 'kill' }), /^node: "node" is missing/);
    assert.match(problem({ type: 'kill', node: 'slave' }), /^node: "node" must name a node/);
    assert.match(
      problem({ type: 'kill', node: 'master', bytes: 1 }),
      /^bytes: "bytes" does not belong to this fault/,
    );
    assert.match(
      problem({ type: 'pause', node: 'master', milliseconds: '5 hours' }),
      /milliseconds: .*duration/,
    );
    assert.match(problem({ type: 'pause', node: 'master', milliseconds: 0 }), /from 1 ms to one hour/);
    assert.match(problem({ type: 'lossy', from: 'master', to: 'replica', share: 2 }), /share: .*at most 1/);
    assert.match(problem({ type: 'cut', from: 'master', to: 'master' }), /^to: must be another node/);
    assert.match(problem({ type: 'config', node: 'master', set: {} }), /^set: "set" must not be empty/);
    assert.match(
      problem({ type: 'config', node: 'master', set: { 'a b': 'c' } }),
      /not the name of a directive/,
    );
    assert.match(problem({ type: 'config', node: 'master', set: { save: 'a\nb' } }), /must be on one line/);
    for (const value of [undefined, null, [], 'kill', 7]) assert.match(problem(value), /wrong type/);
  });

  it('of any data never throws', () => {
    const some = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.dictionary(fc.string(), fc.string()),
    );
    fc.assert(
      fc.property(fc.constantFrom(...faultTypes), fc.dictionary(fc.string(), some), (type, rest) => {
        readFault({ ...rest, type });
      }),
    );
  });
});

describe('a fault of a lab', () => {
  const { state } = startedStory(makeLab());
  const where = { state, firstMaster: 'redis-6379', leader: 'sentinel-26381' };
  const resolved = (value: object): readonly Fault[] => resolveFault(read(value), where);

  it('names its nodes, one fault for each', () => {
    assert.deepEqual(resolved({ type: 'freeze', node: 'master' }).flatMap(nodesOfFault), ['redis-6379']);
    assert.deepEqual(resolved({ type: 'kill', node: 'all-replicas' }).flatMap(nodesOfFault), [
      'redis-6380',
      'redis-6381',
    ]);
    assert.deepEqual(resolved({ type: 'failover', node: 'leader' }).flatMap(nodesOfFault), [
      'sentinel-26381',
    ]);
  });

  it('of a link has one for each pair of different nodes', () => {
    const links = resolved({ type: 'cut', from: 'old-master', to: 'all-replicas', bothWays: true });
    assert.deepEqual(
      links.map(link => [...nodesOfFault(link)]),
      [
        ['redis-6379', 'redis-6380'],
        ['redis-6379', 'redis-6381'],
      ],
    );
    assert.deepEqual(
      resolved({ type: 'cut', from: 'all-replicas', to: 'redis-6380' }).map(link => [...nodesOfFault(link)]),
      [['redis-6381', 'redis-6380']],
    );
    assert.deepEqual(resolved({ type: 'cut', from: 'client', to: 'master' }).flatMap(nodesOfFault), [
      'redis-6379',
    ]);
    assert.throws(() => resolved({ type: 'cut', from: 'master', to: 'old-master' }), /are the same node now/);
  });
});

describe('a duration', () => {
  it('is read in milliseconds, seconds and minutes', () => {
    const texts = ['250ms', '5s', '1.5s', '2m', '0s', ' 3s '];
    assert.deepEqual(texts.map(parseDuration), [250, 5_000, 1_500, 120_000, 0, 3_000]);
    for (const text of ['', '5', 's', '-1s', '5h', '1e3s', '1..5s', '1234567890s'])
      assert.equal(parseDuration(text), undefined, text);
  });
});
