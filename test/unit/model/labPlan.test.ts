import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { listenPortOf } from '../../../src/core/network/listenPort';
import { readLabFile } from '../../../src/core/model/labFile';
import { defaultPlan, planPorts, presets, writeLabFile, type LabPlan } from '../../../src/core/model/labPlan';
import { labOf, makeLab } from '../../support/labs';

const oneLine = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => !/[\r\n\0]/.test(text));
const count = fc.integer({ min: 1, max: 86_400_000 });

const anyPlan: fc.Arbitrary<LabPlan> = fc
  .record({
    replicas: fc.nat({ max: 9 }),
    sentinels: fc.nat({ max: 9 }),
    port: fc.integer({ min: 1, max: 20_000 }),
    sentinelPort: fc.integer({ min: 20_010, max: 65_000 }),
    name: oneLine,
    masterName: fc.stringMatching(/^[A-Za-z0-9._-]+$/),
    quorum: fc.integer({ min: 1, max: 9 }),
    downAfterMilliseconds: count,
    failoverTimeout: count,
    parallelSyncs: fc.integer({ min: 1, max: 1_000 }),
    server: fc.option(oneLine, { nil: undefined }),
    network: fc.boolean(),
    settings: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]*$/), oneLine, { maxKeys: 3 }),
  })
  .map(plan => ({
    ...plan,
    quorum: Math.min(plan.quorum, Math.max(1, plan.sentinels)),
    network: plan.network && hasRoomForNetwork(plan),
  }));

/** Whether no node would listen on a port that belongs to another one. */
function hasRoomForNetwork(plan: LabPlan): boolean {
  const { servers, sentinels } = planPorts(plan);
  const ports = [...servers, ...sentinels];
  return new Set([...ports, ...ports.map(listenPortOf)]).size === 2 * ports.length;
}

describe('writeLabFile', () => {
  it('writes a file that gives the lab of the plan back', () => {
    fc.assert(
      fc.property(anyPlan, plan => {
        const result = readLabFile(writeLabFile(plan, './lab.schema.json'), 'another name');
        assert.ok('lab' in result, JSON.stringify(result));
        const { lab } = result;
        assert.equal(lab.name, plan.name);
        assert.equal(lab.masterName, plan.masterName);
        if (plan.sentinels > 0) assert.equal(lab.quorum, plan.quorum);
        assert.equal(lab.downAfterMilliseconds, plan.downAfterMilliseconds);
        assert.equal(lab.failoverTimeout, plan.failoverTimeout);
        assert.equal(lab.parallelSyncs, plan.parallelSyncs);
        assert.equal(lab.server, plan.server);
        assert.equal(lab.network, plan.network);
        assert.deepEqual({ ...lab.settings }, { ...plan.settings });
        const ports = planPorts(plan);
        assert.deepEqual(
          lab.nodes.map(({ kind, port, replicaOf }) => [kind, port, replicaOf]),
          [
            ...ports.servers.map(port => ['server', port, port === plan.port ? undefined : plan.port]),
            ...ports.sentinels.map(port => ['sentinel', port, undefined]),
          ],
        );
      }),
    );
  });

  it('writes one node a line and leaves out what is usual', () => {
    assert.equal(
      writeLabFile(defaultPlan('pair', { replicas: 1, sentinels: 0 }), undefined),
      `{
  "name": "pair",
  "masterName": "mymaster",
  "downAfterMilliseconds": 5000,
  "failoverTimeout": 60000,
  "servers": [
    { "port": 6379 },
    { "port": 6380, "replicaOf": 6379 }
  ],
  "sentinels": []
}
`,
    );
  });

  it('does not take a text that looks like a node for one', () => {
    const name = '{ "port": 1 }';
    assert.equal(labOf(writeLabFile(defaultPlan(name), undefined)).name, name);
  });
});

describe('the presets', () => {
  it('begin with master and one replica, as in the study note', () => {
    assert.deepEqual(
      presets.map(({ replicas, sentinels }) => [1 + replicas, sentinels]),
      [
        [2, 0],
        [3, 3],
        [3, 5],
      ],
    );
  });

  it('have the majority of their Sentinels for the quorum', () => {
    assert.deepEqual(
      presets.map(({ replicas, sentinels }) => makeLab({ replicas, sentinels }).quorum),
      [1, 2, 3],
    );
  });
});
