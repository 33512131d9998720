import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  selectReplica,
  type PromotionCandidate,
  type SelectionCheck,
  type SelectionLimits,
} from '../../../src/core/drill/selection';

const limits: SelectionLimits = { downAfterMilliseconds: 5_000, masterDownTime: 200 };
const onRequest: SelectionLimits = { downAfterMilliseconds: 5_000, masterDownTime: undefined };

function candidate(name: string, changes: Partial<PromotionCandidate> = {}): PromotionCandidate {
  return {
    name,
    isDown: false,
    isDisconnected: false,
    pingAge: 300,
    priority: 100,
    infoAge: 400,
    linkDownTime: 0,
    offset: 1_000,
    runId: name.repeat(4),
    ...changes,
  };
}

describe('selectReplica', () => {
  // The last value that passes and the first that does not.
  const table: readonly (readonly [
    what: string,
    changes: Partial<PromotionCandidate>,
    limits: SelectionLimits,
    leftOut: SelectionCheck | undefined,
  ])[] = [
    ['a replica that is down', { isDown: true }, limits, 'down'],
    ['one without a connection', { isDisconnected: true }, limits, 'disconnected'],
    ['one whose PONG is five periods old', { pingAge: 5_000 }, limits, undefined],
    ['one whose PONG is older', { pingAge: 5_001 }, limits, 'silent'],
    ['one of priority 0', { priority: 0 }, limits, 'priority-0'],
    ['one of the worst priority', { priority: 1_000_000 }, limits, undefined],
    ['an INFO of 5 s while the master is down', { infoAge: 5_000 }, limits, undefined],
    ['an older INFO while the master is down', { infoAge: 5_001 }, limits, 'info-old'],
    ['an INFO of 30 s at a failover on request', { infoAge: 30_000 }, onRequest, undefined],
    ['an older INFO at a failover on request', { infoAge: 30_001 }, onRequest, 'info-old'],
    ['a link down as long as is allowed', { linkDownTime: 50_200 }, limits, undefined],
    ['a link down for longer', { linkDownTime: 50_201 }, limits, 'link-down'],
    ['a link down while the master is up', { linkDownTime: 50_001 }, onRequest, 'link-down'],
    ['a link that never was up (7.0 says -1 s)', { linkDownTime: -1_000 }, limits, undefined],
    ['the first check it fails', { isDown: true, priority: 0, pingAge: 9_000 }, limits, 'down'],
  ];
  for (const [what, changes, applied, leftOut] of table) {
    it(`${leftOut === undefined ? 'takes' : 'leaves out'} ${what}`, () => {
      const one = candidate('a', changes);
      const { chosen, basis, verdicts } = selectReplica([one], applied);
      assert.deepEqual(verdicts, [{ candidate: one, leftOut, beatenBy: undefined }]);
      assert.equal(chosen, leftOut === undefined ? one : undefined);
      assert.equal(basis, leftOut === undefined ? 'only-one' : undefined);
    });
  }

  const names = (...candidates: readonly PromotionCandidate[]): readonly (string | undefined)[] => {
    const { verdicts, basis } = selectReplica(candidates, limits);
    return [...verdicts.map(verdict => verdict.candidate.name), basis];
  };

  it('prefers the lower priority, then the higher offset, then the smaller run id', () => {
    assert.deepEqual(names(candidate('a', { offset: 9_000 }), candidate('b', { priority: 10, offset: 1 })), [
      'b',
      'a',
      'priority',
    ]);
    assert.deepEqual(names(candidate('a'), candidate('b', { offset: 1_001 })), ['b', 'a', 'offset']);
    assert.deepEqual(names(candidate('b'), candidate('a')), ['a', 'b', 'run-id']);
  });

  it('compares run ids without regard to case, and puts one that is not known last', () => {
    const [upper, lower] = [candidate('x', { runId: 'B1' }), candidate('y', { runId: 'a9' })];
    assert.deepEqual(names(upper, lower), ['y', 'x', 'run-id']);
    assert.equal(selectReplica([candidate('x', { runId: undefined }), upper], limits).chosen, upper);
  });

  it('says of each that could be promoted in what the chosen one is better', () => {
    const { verdicts } = selectReplica(
      [candidate('a'), candidate('b', { priority: 200 }), candidate('c', { offset: 5 }), candidate('d')],
      limits,
    );
    assert.deepEqual(
      verdicts.map(verdict => [verdict.candidate.name, verdict.beatenBy]),
      [
        ['a', undefined],
        ['d', 'run-id'],
        ['c', 'offset'],
        ['b', 'priority'],
      ],
    );
  });

  it('chooses nobody where there is nobody', () => {
    assert.deepEqual(selectReplica([], limits), { chosen: undefined, basis: undefined, verdicts: [] });
  });

  it('chooses what a sort of those that pass would have first, in whichever order they come', () => {
    const near = (limit: number): fc.Arbitrary<number> => fc.integer({ min: limit - 2, max: limit + 2 });
    const anyCandidate = fc.record({
      name: fc.string({ minLength: 1, maxLength: 3 }),
      isDown: fc.boolean(),
      isDisconnected: fc.boolean(),
      pingAge: near(5_000),
      priority: fc.integer({ min: 0, max: 3 }),
      infoAge: near(5_000),
      linkDownTime: near(50_200),
      offset: fc.integer({ min: 0, max: 3 }),
      runId: fc.option(fc.stringMatching(/^[0-9a-f]{2}$/), { nil: undefined }),
    });
    const passes = (one: PromotionCandidate): boolean =>
      !one.isDown &&
      !one.isDisconnected &&
      one.priority > 0 &&
      one.pingAge <= 5_000 &&
      one.infoAge <= 5_000 &&
      one.linkDownTime <= 50_200;
    // As one text: priority and offset with all their digits, the offset counted downwards.
    const key = (one: PromotionCandidate): string =>
      `${one.priority} ${9 - one.offset} ${one.runId?.toLowerCase() ?? '~'}`;
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 6 }), candidates => {
        const best = candidates.filter(passes).map(key).toSorted()[0];
        const { chosen, verdicts } = selectReplica(candidates, limits);
        assert.equal(chosen && key(chosen), best);
        assert.equal(verdicts.length, candidates.length);
        const reversed = selectReplica(candidates.toReversed(), limits).chosen;
        assert.equal(reversed && key(reversed), best);
      }),
    );
  });
});
