import assert from 'node:assert/strict';
import { readFault } from '../../../src/core/drill/fault';
import { resolveFault } from '../../../src/core/drill/resolveFault';
import { linkChoices, linkEndChoices, linkFaults, linkWayChoices } from '../../../src/core/view/linkChoices';
import { makeLab } from '../../support/labs';
import { startedStory } from '../../support/labStory';

describe('the ways to break a link of a node', () => {
  const story = startedStory(makeLab());
  const ends = linkEndChoices(story.state, 'redis-6380', story.now);

  it('are one that says what is missing, where a lab has no network', () => {
    assert.deepEqual(
      linkChoices(story.state).map(({ link }) => link),
      ['none'],
    );
    const networked = { ...story.state, lab: { ...story.state.lab, network: true } };
    assert.deepEqual(
      linkChoices(networked).map(({ link }) => link),
      ['cut', 'delay', 'lossy'],
    );
  });

  it('lead to every other node, to all of them, and to clients', () => {
    assert.deepEqual(
      ends.map(each => each.ends.join(' ')),
      [
        'redis-6379 redis-6381 sentinel-26379 sentinel-26380 sentinel-26381',
        'redis-6379',
        'redis-6381',
        'sentinel-26379',
        'sentinel-26380',
        'sentinel-26381',
        'client',
      ],
    );
  });

  it('are faults that can be read, in both directions or one', () => {
    const effects = [
      { type: 'cut' },
      { type: 'delay', milliseconds: 200 },
      { type: 'lossy', share: 0.1 },
    ] as const;
    for (const effect of effects)
      for (const end of ends)
        for (const { way } of linkWayChoices('redis-6380', end.word)) {
          const faults = linkFaults('redis-6380', end.ends, way, effect);
          assert.equal(faults.length, end.ends.length);
          for (const fault of faults) {
            assert.deepEqual(readFault(fault), { fault });
            const context = { state: story.state, firstMaster: undefined, leader: undefined };
            assert.deepEqual(resolveFault(fault, context), [fault]);
            assert.equal(fault.bothWays, way === 'both');
            assert.equal(way === 'in' ? fault.to : fault.from, 'redis-6380');
          }
        }
  });
});
