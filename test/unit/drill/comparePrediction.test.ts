import assert from 'node:assert/strict';
import { comparePrediction } from '../../../src/core/drill/comparePrediction';
import { predictFailover } from '../../../src/core/drill/prediction';
import type { Failover } from '../../../src/core/story/failover';
import { makeLab } from '../../support/labs';
import { startedStory } from '../../support/labStory';

const story = startedStory(makeLab());
const prediction = predictFailover(story.state, story.now, { cause: 'kill' });

const phase = (name: Failover['phases'][number]['name'], ms: number): Failover['phases'][number] => ({
  name,
  startedAt: '2026-01-01T00:00:00.000',
  endedAt: '2026-01-01T00:00:00.000',
  ms,
});
const failover = {
  outcome: 'succeeded',
  phases: [
    phase('agreement', 40),
    phase('election', 1_500),
    phase('promotion', 600),
    phase('reconfiguration', 900),
  ],
} as unknown as Failover;

describe('comparePrediction', () => {
  it('puts what was measured beside what was foretold, and says what was out of its range', () => {
    const { outcome, promoted, times } = comparePrediction(
      prediction,
      { failover, promoted: 'redis-6380', detectionMs: 3_900, outageMs: 6_500 },
      'redis-6381',
    );
    assert.deepEqual(outcome, { predicted: 'promotes', measured: 'succeeded', isRight: true });
    assert.deepEqual(promoted, {
      predicted: 'redis-6380',
      guessed: 'redis-6381',
      measured: 'redis-6380',
      isRight: true,
      isRival: false,
      isGuessRight: false,
    });
    assert.deepEqual(
      times.map(({ name, measuredMs, verdict }) => [name, measuredMs, verdict]),
      [
        ['detection', 3_900, 'early'],
        ['agreement', 40, 'within'],
        ['election', 1_500, 'late'],
        ['promotion', 600, 'within'],
        ['discovery', 460, 'within'],
        ['reconfiguration', 900, 'within'],
        ['outage', 6_500, 'within'],
      ],
    );
    assert.equal(times[0]?.owner, 'down-after-milliseconds');
  });

  it('says that one of the rivals came', () => {
    const { promoted } = comparePrediction(prediction, {
      failover,
      promoted: 'redis-6381',
      detectionMs: undefined,
      outageMs: undefined,
    });
    assert.deepEqual([promoted.isRight, promoted.isRival, promoted.isGuessRight], [false, true, undefined]);
  });

  it('makes up nothing where nothing was measured', () => {
    const { outcome, times } = comparePrediction(prediction, {
      failover: undefined,
      promoted: undefined,
      detectionMs: undefined,
      outageMs: undefined,
    });
    assert.deepEqual([outcome.measured, outcome.isRight], ['none', false]);
    assert.ok(times.every(({ measuredMs, verdict }) => measuredMs === undefined && verdict === undefined));
  });

  it('is right about a failover that cannot be', () => {
    const alone = startedStory(makeLab()).gone(26380).gone(26381);
    const none = predictFailover(alone.state, alone.now, { cause: 'kill' });
    const { outcome, promoted } = comparePrediction(none, {
      failover: undefined,
      promoted: undefined,
      detectionMs: undefined,
      outageMs: undefined,
    });
    assert.deepEqual([outcome.predicted, outcome.isRight, promoted.isRight], ['no-quorum', true, true]);
  });
});
