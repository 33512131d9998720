import assert from 'node:assert/strict';
import { readScenario } from '../../../src/core/drill/scenario';
import { labObstacles, scenarioPlan, type ScenarioLab } from '../../../src/core/drill/scenarioLab';
import { makeLab } from '../../support/labs';

function needs(lab: unknown): ScenarioLab {
  const result = readScenario(JSON.stringify({ lab, act: [{ after: '1s' }] }), 'file');
  assert.ok('scenario' in result, JSON.stringify(result));
  return result.scenario.lab;
}

const none = { network: false, password: false };

describe('labObstacles', () => {
  it('are none in a lab that has at least what is needed', () => {
    const lab = makeLab({ replicas: 4, sentinels: 5, quorum: 2, settings: { save: '""', hz: '10' } });
    assert.deepEqual(labObstacles(needs({ quorum: 2, settings: { save: '""' } }), lab, none), []);
  });

  it('name everything that is missing or other than it must be', () => {
    const lab = makeLab({ replicas: 1, sentinels: 0 });
    const all = needs({
      ...{
        network: true,
        password: true,
        downAfterMilliseconds: 500,
        settings: { 'min-replicas-to-write': '1' },
      },
    });
    assert.deepEqual(labObstacles(all, lab, none), [
      'It needs 2 replicas; this lab has 1.',
      'It needs 3 Sentinels; this lab has 0.',
      'It cuts links: the lab needs "network": true in lab.json.',
      'It needs a lab with a password.',
      'It needs "downAfterMilliseconds": 500 in lab.json; here it is 5000.',
      'It needs "min-replicas-to-write": "1" under "set" in lab.json.',
    ]);
    assert.equal(labObstacles(all, lab, { network: true, password: true }).length, 4);
  });
});

describe('scenarioPlan', () => {
  it('has what the scenario needs and the usual for the rest', () => {
    const plan = scenarioPlan(
      needs({ sentinels: 5, downAfterMilliseconds: 500, settings: { save: '""' } }),
      'drill',
      {
        port: 20_000,
        sentinelPort: 20_010,
      },
    );
    assert.deepEqual(
      [plan.name, plan.replicas, plan.sentinels, plan.quorum, plan.port, plan.sentinelPort],
      ['drill', 2, 5, 3, 20_000, 20_010],
    );
    assert.deepEqual([plan.downAfterMilliseconds, plan.failoverTimeout], [500, 60_000]);
    assert.deepEqual(plan.settings, { save: '""' });
    assert.deepEqual(labObstacles(needs({ quorum: 3 }), makeLab(plan), none), []);
  });
});
