import assert from 'node:assert/strict';
import { isNodeRef, isNodeRefOf } from '../../../src/core/drill/nodeRef';
import { resolveNode, resolveNodes, type NodeRefContext } from '../../../src/core/drill/resolveNode';
import { HumanError } from '../../../src/core/humanError';
import { makeLab } from '../../support/labs';
import { LabStory, startedStory, tellFailover, tellSwitch } from '../../support/labStory';

const lab = makeLab();
const ports = (ref: string, story: LabStory, more: Partial<NodeRefContext> = {}): readonly number[] =>
  resolveNodes(ref, { state: story.state, firstMaster: undefined, leader: undefined, ...more }).map(
    node => node.port,
  );

describe('a word for a node', () => {
  const started = startedStory(lab);

  it('is its name or its port', () => {
    assert.deepEqual(ports('redis-6380', started), [6380]);
    assert.deepEqual(ports('26381', started), [26381]);
  });

  it('is the role that it has now, of several the first that runs', () => {
    assert.deepEqual(ports('master', started), [6379]);
    assert.deepEqual(ports('replica', started), [6380]);
    assert.deepEqual(ports('sentinel', started), [26379]);
    const withoutFirst = startedStory(lab).process(6380, 'frozen').crash(26379);
    assert.deepEqual(ports('replica', withoutFirst), [6381]);
    assert.deepEqual(ports('sentinel', withoutFirst), [26380]);
  });

  it('follows a failover', () => {
    const moved = tellSwitch(tellFailover(startedStory(lab).crash(6379, { signal: 'SIGKILL' })));
    assert.deepEqual(ports('master', moved), [6380]);
    assert.deepEqual(ports('old-master', moved, { firstMaster: 'redis-6379' }), [6379]);
  });

  it('counts replicas and Sentinels by port, and numbers do not move when one of them is down', () => {
    assert.deepEqual(ports('replica:2', started), [6381]);
    assert.deepEqual(ports('sentinel:3', started), [26381]);
    const down = startedStory(lab).crash(6380).crash(26379);
    assert.deepEqual(ports('replica:2', down), [6381]);
    assert.deepEqual(ports('sentinel:1', down), [26379]);
    assert.deepEqual(ports('replica:1', new LabStory(lab)), [6380]);
  });

  it('does not count a dead master among the replicas', () => {
    assert.deepEqual(ports('all-replicas', startedStory(lab).crash(6379)), [6380, 6381]);
  });

  it('can be all of them', () => {
    assert.deepEqual(ports('all-replicas', started), [6380, 6381]);
    assert.deepEqual(ports('all-sentinels', started), [26379, 26380, 26381]);
  });

  it('is the Sentinel that won the newest election', () => {
    assert.deepEqual(ports('leader', started, { leader: 'sentinel-26380' }), [26380]);
  });

  it('that nobody is now, or that no node has, is told', () => {
    for (const ref of ['leader', 'old-master', 'replica:3', 'sentinel:9'])
      assert.throws(
        () => ports(ref, started),
        new RegExp(`^HumanError: No node of this lab is ${ref} now`),
        ref,
      );
    for (const ref of ['slave', 'redis-1', 'replica:0', 'all', ''])
      assert.throws(() => ports(ref, started), /^HumanError: There is no node/, ref);
  });

  it('for several is too many where one is wanted', () => {
    const context = { state: started.state, firstMaster: undefined, leader: undefined };
    assert.equal(resolveNode('master', context).port, 6379);
    assert.throws(() => resolveNode('all-replicas', context), HumanError);
  });

  it('is told from others without a lab, and with one', () => {
    for (const ref of ['master', 'replica:2', 'redis-6379', '26379', 'old-master'])
      assert.ok(isNodeRef(ref), ref);
    for (const ref of ['slave', 'replica:', 'redis-', '0', '1234567', 'client', ''])
      assert.ok(!isNodeRef(ref), ref);
    assert.ok(isNodeRefOf(lab, '6379'));
    assert.ok(!isNodeRefOf(lab, '6400'));
  });
});
