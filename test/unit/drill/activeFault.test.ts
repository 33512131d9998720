import assert from 'node:assert/strict';
import {
  nextId,
  sameAsActive,
  shownFault,
  takeOverConfig,
  type ActiveFault,
  type Undo,
} from '../../../src/core/drill/activeFault';
import type { Fault } from '../../../src/core/drill/fault';
import { areRulesOf, rulesOf } from '../../../src/core/drill/linkRules';
import { journalOf, readJournal, withFault } from '../../../src/core/drill/faultJournal';

const process = { pid: 4_711, startTime: 'boot:1', executable: '/usr/bin/redis-server' };

function active(id: string, fault: Fault, undo: Undo): ActiveFault {
  return { id, fault, since: 1_000, until: undefined, undo, owner: undefined };
}

function config(id: string, node: string, set: Readonly<Record<string, string>>, was: string): ActiveFault {
  const former = Object.fromEntries(Object.keys(set).map(name => [name, was]));
  return active(
    id,
    { type: 'config', node, set, reconnect: false },
    { kind: 'config', process, former, applied: set },
  );
}

const frozen = active('f2', { type: 'freeze', node: 'redis-6379' }, { kind: 'resume', process });
const cut = (from: string, to: string): Fault => ({ type: 'cut', from, to, bothWays: false });

describe('the journal of active faults', () => {
  const list = [
    config('f1', 'redis-6380', { 'replica-priority': '0' }, '100'),
    { ...frozen, until: 5_000, owner: { purpose: 'drill', process } as const },
    active('f3', cut('redis-6379', 'redis-6380'), { kind: 'rules' }),
  ];

  it('reads what was written', () => {
    assert.deepEqual(readJournal(JSON.parse(JSON.stringify(journalOf(list)))), list);
  });

  it('leaves out what it does not understand, and takes any content', () => {
    const odd = [
      { ...frozen, id: 'x' },
      { ...frozen, fault: { type: 'explode', node: 'master' } },
      { ...frozen, undo: { kind: 'dump', dump: '/etc' } },
      { ...frozen, undo: { kind: 'resume', process: { ...process, pid: 1 } } },
      { ...frozen, undo: { kind: 'sudo' } },
      null,
      7,
    ];
    assert.deepEqual(readJournal(journalOf([...odd, frozen] as ActiveFault[])), [frozen]);
    for (const content of [undefined, null, [], {}, { faults: 1 }, 'f1'])
      assert.deepEqual(readJournal(content), []);
  });

  it('gives each fault an id that no active one has', () => {
    assert.equal(nextId([]), 'f1');
    assert.equal(nextId([frozen]), 'f3');
    const { added, list: longer } = withFault(list, { ...frozen });
    assert.equal(longer.at(-1), added);
    assert.equal(longer.length, list.length + 1);
  });
});

describe('a second fault', () => {
  it('that only repeats one that is on is told', () => {
    assert.equal(sameAsActive({ type: 'freeze', node: 'redis-6379' }, [frozen]), frozen);
    assert.equal(sameAsActive({ type: 'freeze', node: 'redis-6380' }, [frozen]), undefined);
    const delayed = active('f1', { ...cut('a', 'b'), type: 'delay', milliseconds: 5 } as Fault, {
      kind: 'rules',
    });
    const longer = { ...cut('a', 'b'), type: 'delay', milliseconds: 9 } as Fault;
    assert.equal(sameAsActive(longer, [delayed]), delayed);
    assert.equal(sameAsActive(cut('a', 'b'), [delayed]), undefined);
    assert.equal(sameAsActive({ ...longer, bothWays: true } as Fault, [delayed]), undefined);
  });

  it('on the same values answers for them, with what was there before the first', () => {
    const first = config('f1', 'redis-6380', { 'replica-priority': '0', maxmemory: '1mb' }, 'before');
    const other = config('f2', 'redis-6381', { 'replica-priority': '0' }, 'other');
    const { rest, former } = takeOverConfig([first, other], 'redis-6380', ['replica-priority']);
    assert.deepEqual(former, { 'replica-priority': 'before' });
    assert.deepEqual(rest, [config('f1', 'redis-6380', { maxmemory: '1mb' }, 'before'), other]);
    const all = takeOverConfig(rest, 'redis-6380', ['maxmemory', 'save']);
    assert.deepEqual(all, { rest: [other], former: { maxmemory: 'before' } });
  });
});

describe('the rules of a network', () => {
  it('are those of the faults that are on, one for each direction', () => {
    const both = { from: 'a', to: 'b', bothWays: true } as const;
    const list = [
      frozen,
      active('f5', cut('a', 'b'), { kind: 'rules' }),
      active('f6', { type: 'delay', milliseconds: 5, ...both }, { kind: 'rules' }),
    ];
    assert.deepEqual(
      rulesOf(list, [{ type: 'lossy', share: 0.5, from: 'client', to: 'a', bothWays: false }]),
      [
        { from: 'a', to: 'b', effect: { type: 'cut' } },
        { from: 'a', to: 'b', effect: { type: 'delay', milliseconds: 5 } },
        { from: 'b', to: 'a', effect: { type: 'delay', milliseconds: 5 } },
        { from: 'client', to: 'a', effect: { type: 'lossy', share: 0.5 } },
      ],
    );
    assert.deepEqual(rulesOf([frozen]), []);
  });

  it('are all there as long as the fault is on', () => {
    const both = { type: 'delay', milliseconds: 5, from: 'a', to: 'b', bothWays: true } as const;
    const rules = rulesOf([], [both, { type: 'cut', from: 'a', to: 'b', bothWays: false }]);
    assert.equal(areRulesOf(both, rules), true);
    assert.equal(areRulesOf({ ...both, milliseconds: 6 }, rules), false);
    assert.equal(areRulesOf(both, rules.slice(1)), false);
    assert.equal(areRulesOf(both, []), false);
  });
});

describe('what others see of an active fault', () => {
  it('has neither former values nor secrets', () => {
    const shown = shownFault(
      config('f1', 'redis-6379', { requirepass: 'topsecret', masterauth: '', maxmemory: '1mb' }, 'former'),
      name => name !== 'maxmemory',
    );
    assert.doesNotMatch(JSON.stringify(shown), /topsecret|former/);
    assert.deepEqual(shown.fault, {
      type: 'config',
      node: 'redis-6379',
      set: { requirepass: '…', masterauth: '', maxmemory: '1mb' },
      reconnect: false,
    });
  });
});
