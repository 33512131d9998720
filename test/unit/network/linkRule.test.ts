import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  clearLink,
  isCutOff,
  linkCondition,
  linkRulesSchema,
  unknownEnds,
  type LinkEffect,
  type LinkRule,
} from '../../../src/core/network/linkRule';

const rule = (from: string, to: string, effect: LinkEffect = { type: 'cut' }): LinkRule => ({
  from,
  to,
  effect,
});

describe('linkCondition', () => {
  it('concerns one direction of one link', () => {
    const rules = [rule('redis-1', 'redis-2')];
    assert.equal(linkCondition(rules, 'redis-1', 'redis-2').cut, true);
    for (const [from, to] of [
      ['redis-2', 'redis-1'],
      ['redis-1', 'redis-3'],
      ['redis-3', 'redis-2'],
      ['client', 'redis-2'],
    ] as const)
      assert.deepEqual(linkCondition(rules, from, to), clearLink);
  });

  it('takes a rule for clients for one about every client, and a rule with a name for that client alone', () => {
    const all = [rule('client', 'redis-1')];
    const one = [rule('client:probe', 'redis-1')];
    const cuts = (rules: readonly LinkRule[]): boolean[] =>
      ['client', 'client:probe', 'client:other', 'redis-2'].map(
        from => linkCondition(rules, from, 'redis-1').cut,
      );
    assert.deepEqual(cuts(all), [true, true, true, false]);
    assert.deepEqual(cuts(one), [false, true, false, false]);
  });

  it('puts rules for one link together: delays add up, losses are chances one after the other', () => {
    const condition = linkCondition(
      [
        rule('a', 'b', { type: 'delay', milliseconds: 20 }),
        rule('a', 'b', { type: 'delay', milliseconds: 5 }),
        rule('a', 'b', { type: 'lossy', share: 0.5 }),
        rule('a', 'b', { type: 'lossy', share: 0.5 }),
      ],
      'a',
      'b',
    );
    assert.deepEqual(condition, { cut: false, delay: 25, loss: 0.75 });
  });
});

describe('isCutOff', () => {
  it('is true of both ends of a cut link, and of no link that is only slow', () => {
    const rules = [rule('a', 'b'), rule('c', 'd', { type: 'delay', milliseconds: 1 })];
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map(node => isCutOff(rules, node)),
      [true, true, false, false],
    );
  });
});

describe('rules from elsewhere', () => {
  const isRead = (value: unknown): boolean => v.safeParse(linkRulesSchema, value).success;

  it('are read when they are rules, and nothing else is', () => {
    assert.ok(isRead([]));
    assert.ok(isRead([rule('a', 'b'), rule('client:x', 'b', { type: 'lossy', share: 1 })]));
    for (const wrong of [
      {},
      [{ from: 'a', to: 'b' }],
      [{ ...rule('a', 'b'), more: 1 }],
      [rule('', 'b')],
      [rule('a', 'b', { type: 'delay', milliseconds: -1 })],
      [rule('a', 'b', { type: 'delay', milliseconds: Number.NaN })],
      [rule('a', 'b', { type: 'lossy', share: 1.1 })],
      [{ from: 'a', to: 'b', effect: { type: 'burn' } }],
    ])
      assert.equal(isRead(wrong), false, JSON.stringify(wrong));
  });

  it('name nodes of the lab or clients', () => {
    const rules = [rule('redis-1', 'client'), rule('client:x', 'redis-9'), rule('redis-9', 'redis-1')];
    assert.deepEqual(unknownEnds(rules, new Set(['redis-1'])), ['redis-9']);
  });
});
