import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readExercise } from '../../../src/core/drill/exercise';
import { readScenario, type Scenario } from '../../../src/core/drill/scenario';

function read(text: string): Scenario {
  const result = readScenario(text, 'file');
  assert.ok('scenario' in result, JSON.stringify(result));
  return result.scenario;
}

/** `line:column message` of everything that is wrong. */
function problems(text: string): readonly string[] {
  const result = readScenario(text, 'file');
  assert.ok('problems' in result);
  return result.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('readScenario', () => {
  it('fills in what the file leaves out', () => {
    assert.deepEqual(read('{ "act": [{ "after": "1.5s" }] }'), {
      name: 'file',
      text: {},
      lab: {
        replicas: 2,
        sentinels: 3,
        quorum: undefined,
        downAfterMilliseconds: undefined,
        failoverTimeout: undefined,
        parallelSyncs: undefined,
        settings: {},
        network: false,
        password: false,
      },
      prepare: [],
      ready: true,
      probe: undefined,
      act: [{ kind: 'pause', milliseconds: 1_500 }],
      expect: [],
    });
  });

  it('reads steps into what a drill does: faults with their defaults, times in milliseconds', () => {
    const { act, probe } = read(`{
      // Comments and trailing commas are allowed.
      "probe": {},
      "act": [
        { "do": "restart", "node": "master" },
        { "do": "pause", "node": "replica:2", "milliseconds": "3s" },
        { "heal": "pause" },
        { "wait": "ready" },
        { "wait": "event", "event": "+odown", "of": "master", "atMost": "2m" },
        { "wait": "log", "message": "full-resync-master", "node": "replica:1", "times": 2 },
        { "wait": "probe", "client": "fixed", "is": "READONLY" },
        { "write": { "keys": 10 } },
      ],
    }`);
    assert.deepEqual(probe, { rate: 100, clients: ['sentinel', 'fixed'], replicaReads: false });
    assert.deepEqual(act, [
      { kind: 'fault', fault: { type: 'restart', node: 'master', how: 'kill' } },
      { kind: 'fault', fault: { type: 'pause', node: 'replica:2', milliseconds: 3_000, mode: 'all' } },
      { kind: 'heal', what: 'pause' },
      { kind: 'wait', wait: { for: 'ready' }, atMost: 30_000 },
      {
        kind: 'wait',
        wait: { for: 'event', event: '+odown', node: undefined, of: 'master', times: 1 },
        atMost: 120_000,
      },
      {
        kind: 'wait',
        wait: { for: 'log', message: 'full-resync-master', node: 'replica:1', times: 2 },
        atMost: 30_000,
      },
      { kind: 'wait', wait: { for: 'probe', client: 'fixed', is: 'READONLY' }, atMost: 30_000 },
      { kind: 'write', keys: 10, bytes: 100 },
    ]);
  });

  it('reads expectations', () => {
    const { expect } = read(`{ "probe": { "replicaReads": true }, "act": [{ "after": "1s" }], "expect": [
      { "event": "+switch-master", "atMost": "10s" },
      { "no": "+odown", "of": "master" },
      { "promoted": "predicted" },
      { "role": { "node": "old-master", "is": "replica" } },
      { "probe": { "client": "sentinel", "lost": "none", "outage": { "atMost": "6s" } } }
    ] }`);
    assert.deepEqual(expect, [
      { kind: 'event', event: '+switch-master', node: undefined, of: undefined, times: 1, atMost: 10_000 },
      { kind: 'no-event', event: '+odown', node: undefined, of: 'master' },
      { kind: 'promoted', node: 'predicted' },
      { kind: 'role', node: 'old-master', is: 'replica' },
      {
        kind: 'probe',
        client: 'sentinel',
        lost: 'none',
        errors: [],
        outage: { atLeast: undefined, atMost: 6_000 },
        staleMaster: undefined,
        staleReads: undefined,
      },
    ]);
  });

  // One wrong thing, the place it stands at, and what is said.
  const table: readonly (readonly [text: string, ...expected: readonly string[]])[] = [
    ['[1]', '1:1 A scenario is an object in braces.'],
    ['{ "act": [ }', '1:12 A value is missing here.'],
    ['{ "lab": {} }', '1:1 "act" is missing.'],
    ['{\n  "act": {}\n}', '2:3 "act" must be a list in brackets.'],
    ['{\n  "act": []\n}', '2:3 "act" must not be empty.'],
    ['{ "act": [{ "after": "1s" }],\n  "acts": 1 }', '2:3 "acts" does not belong here.'],
    ['{ "act": [\n  { "kill": "master" }\n] }', '2:3 A step has one of do, heal, wait, after, write.'],
    ['{ "act": [\n  { "after": "5" }\n] }', '2:5 "after" must be a duration such as "250ms", "5s" or "2m".'],
    ['{ "act": [\n  { "after": "61m" }\n] }', '2:5 "after" must be at most one hour.'],
    [
      '{ "act": [\n  { "wait": "failover" }\n] }',
      '2:5 "wait" must be one of ready, switched, event, log, role, link, state, probe.',
    ],
    [
      '{ "act": [\n  { "wait": "event",\n    "event": "+failover" }\n] }',
      '3:5 "event" is not a Sentinel event such as +odown or +switch-master.',
    ],
    [
      '{ "act": [\n  { "wait": "role", "node": "slave",\n "is": "up" }\n] }',
      '2:21 "node" must name a node: master, replica:2, sentinel:1, leader, old-master, a name or a port.',
      '3:2 "is" must be "master" or "replica".',
    ],
    ['{ "act": [\n  { "wait": "role", "node": "master" }\n] }', '2:3 "is" is missing.'],
    ['{ "act": [\n  { "write": { "keys": 0 } }\n] }', '2:16 "keys" must be at least 1.'],
    [
      '{ "name": "Kill it", "act": [{ "after": "1s" }] }',
      '1:3 "name" may only have small letters, digits and single hyphens.',
    ],
    [
      '{ "lab": { "sentinels": 3,\n  "quorum": 4 }, "act": [{ "after": "1s" }] }',
      '2:3 The quorum is 4, but there are only 3 Sentinels: they could never agree.',
    ],
    [
      '{ "act": [\n  { "do": "cut", "from": "master", "to": "replica" }\n] }',
      '2:5 Links can only be disturbed where "lab" has "network": true.',
    ],
    [
      '{ "act": [\n  { "do": "kill", "node": "sentinel:4" },\n  { "do": "kill", "node": "replica:4" }\n] }',
      '2:19 There is no "sentinel:4": the lab has 3 Sentinels.',
      '3:19 There is no "replica:4": the lab has 2 replicas.',
    ],
    [
      '{ "lab": { "sentinels": 0 }, "act": [\n  { "do": "kill", "node": "leader" }\n] }',
      '2:19 This lab has no Sentinel.',
    ],
    [
      '{ "act": [{ "after": "1s" }], "expect": [\n  { "probe": { "client": "fixed" } }\n] }',
      '2:5 This is about a probe, but there is no "probe".',
    ],
    [
      '{ "probe": { "clients": ["sentinel"] }, "act": [{ "after": "1s" }], "expect": [\n  { "probe": { "client": "fixed" } }\n] }',
      '2:5 The probe has no client "fixed".',
    ],
    [
      '{ "probe": {}, "act": [{ "after": "1s" }], "expect": [\n  { "probe": { "client": "fixed",\n "staleReads": "some" } }\n] }',
      '3:2 Stale reads are only seen where "probe" has "replicaReads": true.',
    ],
    [
      '{ "act": [{ "after": "1s" }], "expect": [\n  { "outcome": "good" }\n] }',
      '2:5 "outcome" must be one of succeeded, aborted-not-elected, aborted-no-good-slave, aborted-slave-timeout, aborted-master-timeout, unfinished, none.',
    ],
    [
      '{ "act": [{ "after": "1s" }], "expect": [\n  { "evnt": "+odown" }\n] }',
      '2:3 An expectation has one of event, no, log, noLog, outcome, promoted, role, keys, ready, probe.',
    ],
  ];
  for (const [text, ...expected] of table)
    it(`says of ${text.replaceAll('\n', ' ')} what is wrong, and where`, () =>
      assert.deepEqual(problems(text), expected));

  it('says of a fault where it is wrong', () => {
    const [unknown] = problems('{ "act": [\n  { "do": "explode", "node": "master" }\n] }');
    assert.match(unknown ?? '', /^2:5 .*explode/);
    const [missing] = problems('{ "act": [\n  { "do": "kill" }\n] }');
    assert.match(missing ?? '', /^2:3 "node"/);
  });

  it('tells every problem of all lists at once', () => {
    const found = problems(
      '{ "prepare": [{ "after": 1 }],\n  "act": [{ "after": 2 }],\n  "expect": [{ "no": "odown" }] }',
    );
    assert.deepEqual(
      found.map(text => text.split(':')[0]),
      ['1', '2', '3'],
    );
  });

  it('never throws, whatever the file', () => {
    const words = fc.constantFrom(
      'act',
      'do',
      'wait',
      'node',
      'expect',
      'probe',
      'master',
      'kill',
      'event',
      'lab',
    );
    const value = fc.jsonValue().map(json => JSON.stringify(json));
    const near = fc.letrec(tie => ({
      value: fc.oneof({ maxDepth: 4 }, words, fc.boolean(), fc.integer(), tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      object: fc.dictionary(words, tie('value'), { maxKeys: 4 }),
    })).object;
    fc.assert(fc.property(fc.string(), text => void readScenario(text, 'file')));
    fc.assert(fc.property(value, text => void readScenario(text, 'file')));
    fc.assert(
      fc.property(near, object => {
        readScenario(JSON.stringify(object), 'file');
        readExercise(JSON.stringify(object), 'file');
      }),
    );
  });
});

describe('readExercise', () => {
  const say = (text: string): readonly string[] => {
    const result = readExercise(text, 'file');
    return 'problems' in result
      ? result.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
      : [];
  };

  it('says where an exercise is wrong', () => {
    assert.deepEqual(say('[]'), ['1:1 An exercise is an object in braces.']);
    assert.deepEqual(say('{ "choices": ["a", "b"],\n  "right": "c" }'), ['2:3 "c" is none of the choices.']);
    assert.deepEqual(
      say('{ "choices": ["a", "b"], "right": "a", "breakBy": [\n  { "conf": "sentinel:1" }\n] }'),
      ['2:3 It changes nothing: it needs "set" or "remove".'],
    );
    assert.deepEqual(
      say(
        '{ "choices": ["a", "b"], "right": "a", "breakBy": [\n  { "conf": "leader", "remove": ["save"] }\n] }',
      ),
      ['2:5 "conf" must be one of master, replica:1, sentinel:1, all-servers, all-replicas, all-sentinels.'],
    );
    assert.deepEqual(say('{ "choices": ["a"], "right": "a" }'), [
      '1:3 "choices" needs at least two answers.',
    ]);
  });
});
