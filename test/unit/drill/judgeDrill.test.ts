import assert from 'node:assert/strict';
import { causeOf } from '../../../src/core/drill/drillCause';
import type { DrillRecord } from '../../../src/core/drill/drillRecord';
import type { Expectation } from '../../../src/core/drill/expectation';
import { judgeDrill } from '../../../src/core/drill/judgeDrill';
import { readScenario } from '../../../src/core/drill/scenario';
import { scenarioFiles } from '../../support/drills';
import { killedMasterRecord } from '../../support/drillRecords';

/** What became of one expectation, as a file has it, in the drill of the killed master. */
function verdict(expected: object, changes: Partial<DrillRecord> = {}): { ok: boolean; found: string } {
  const read = readScenario(
    JSON.stringify({ act: [{ after: '1ms' }], probe: {}, expect: [expected] }),
    'test',
  );
  assert.ok('scenario' in read, JSON.stringify(read));
  const record = killedMasterRecord(changes);
  const [found] = judgeDrill(
    { ...record, scenario: { ...record.scenario, expect: read.scenario.expect } },
    [],
  );
  assert.ok(found);
  return { ok: found.ok, found: found.found };
}

describe('what is expected of a drill', () => {
  it('has a time limit that counts from the first step', () => {
    assert.deepEqual(verdict({ event: '+odown', atMost: '2s' }), { ok: true, found: 'after 1.1 s' });
    assert.deepEqual(verdict({ event: '+odown', atMost: '1s' }), { ok: false, found: 'after 1.1 s' });
    assert.deepEqual(verdict({ event: '-odown' }), { ok: false, found: 'never' });
    assert.deepEqual(verdict({ event: '+odown', times: 2 }), { ok: false, found: '1 of 2 times' });
  });

  it('can be about one node and about what the event is of', () => {
    assert.equal(verdict({ event: '+odown', of: 'replica' }).ok, false);
    assert.equal(verdict({ event: '+odown', node: 'master' }).ok, false);
    assert.equal(
      verdict({ event: '+odown', node: 'leader' }, { firstRefs: { leader: ['sentinel-23291'] } }).ok,
      true,
    );
  });

  it('can be that something does not happen', () => {
    assert.deepEqual(verdict({ no: '+tilt' }), { ok: true, found: 'never' });
    assert.deepEqual(verdict({ no: '+odown' }), { ok: false, found: 'after 1.1 s, by sentinel-23291' });
  });

  it('is a failover that ended so, or none', () => {
    assert.deepEqual(verdict({ outcome: 'none' }), { ok: true, found: 'none' });
    assert.deepEqual(verdict({ outcome: 'succeeded' }), { ok: false, found: 'none' });
    assert.deepEqual(verdict({ promoted: 'predicted' }), { ok: false, found: 'nobody' });
  });

  it('looks at roles and keys of whom a word means in the end', () => {
    assert.equal(verdict({ role: { node: 'old-master', is: 'replica' } }).ok, true);
    assert.equal(verdict({ role: { node: 'master', is: 'replica' } }).ok, false);
    assert.deepEqual(verdict({ keys: { node: 'master', are: 'kept' } }), {
      ok: true,
      found: '1000 of 1000 keys',
    });
    assert.equal(verdict({ keys: { node: 'master', are: 'lost' } }).ok, false);
    assert.deepEqual(verdict({ keys: { node: 'old-master', are: 'lost' } }), {
      ok: false,
      found: 'nobody could look',
    });
  });

  it('is what a client of the probe felt, each part of it', () => {
    const probe = (client: string, more: object): boolean => verdict({ probe: { client, ...more } }).ok;
    assert.equal(probe('sentinel', { lost: 'none' }), true);
    assert.equal(probe('sentinel', { lost: 'some' }), false);
    assert.equal(probe('fixed', { lost: 'some', staleMaster: 'some' }), true);
    assert.equal(probe('fixed', { staleMaster: 'none' }), false);
    assert.equal(probe('fixed', { errors: ['ECONNREFUSED', 'READONLY'] }), true);
    assert.equal(probe('fixed', { errors: ['ECONNREFUSED', 'MISCONF'] }), false);
    assert.equal(probe('sentinel', { outage: { atLeast: '2s', atMost: '3s' } }), true);
    assert.equal(probe('sentinel', { outage: { atMost: '2s' } }), false);
  });

  it('is not met where nobody could look', () => {
    const record = killedMasterRecord();
    const unseen = { probe: record.probe && { ...record.probe, verification: undefined } };
    assert.equal(verdict({ probe: { client: 'sentinel', lost: 'none' } }, unseen).ok, false);
    assert.equal(verdict({ probe: { client: 'sentinel', lost: 'none' } }, { probe: undefined }).ok, false);
  });

  it('has words for every expectation of the built-in scenarios', () => {
    const record = killedMasterRecord();
    for (const { name, text } of scenarioFiles()) {
      const read = readScenario(text, name);
      assert.ok('scenario' in read);
      const expect: readonly Expectation[] = read.scenario.expect;
      for (const { text: words, found } of judgeDrill(
        { ...record, scenario: { ...read.scenario, expect } },
        [],
      ))
        assert.ok(
          words !== '' && found !== '' && !/undefined|NaN/.test(words + found),
          `${name}: ${words}: ${found}`,
        );
    }
  });
});

describe('what takes the master away in a scenario', () => {
  it('is found in every built-in one that has such a step', () => {
    const causes = Object.fromEntries(
      scenarioFiles().flatMap(({ name, text }) => {
        const read = readScenario(text, name);
        const cause = 'scenario' in read ? causeOf(read.scenario) : undefined;
        return cause ? [[name, `${cause.cause} ${cause.step}`]] : [];
      }),
    );
    assert.deepEqual(causes, {
      'freeze-master': 'freeze 0',
      'freeze-min-replicas': 'freeze 0',
      'isolated-master': 'freeze 1',
      'kill-master': 'kill 0',
      'manual-failover': 'request 0',
      'no-good-replica': 'kill 0',
      'no-majority': 'kill 2',
      'quorum-lost': 'kill 2',
      'sentinel-killed': 'kill 1',
      'sentinel-tilt': 'kill 4',
      'two-sentinels-try': 'kill 2',
      'wrong-masterauth': 'request 0',
    });
  });
});
