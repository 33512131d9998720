import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { LabEvent } from '../../../src/core/model/labEvent';
import { emptyState, nodesOf, type LabState } from '../../../src/core/model/labState';
import { conditionOf, notReady } from '../../../src/core/model/readiness';
import { reduce } from '../../../src/core/model/reduce';
import { labRow } from '../../../src/core/view/labRows';
import { nodeTooltip } from '../../../src/core/view/nodeTooltip';
import { statusBarText } from '../../../src/core/view/statusBar';
import { makeLab } from '../../support/labs';
import { LabStory, startedStory, storyStart, tellFailover, tellSwitch } from '../../support/labStory';

const lab = makeLab();
const servers = [6379, 6380, 6381];
const sentinels = [26379, 26380, 26381];

/** One random thing that happens, told to a story. */
const happening: fc.Arbitrary<(story: LabStory) => void> = fc.oneof(
  fc.constantFrom(...servers, ...sentinels).chain(port =>
    fc.oneof(
      fc
        .constantFrom('start', 'stop', undefined)
        .map(what => (story: LabStory) => void story.request(port, what)),
      fc
        .record({ life: fc.constantFrom('running', 'frozen', 'gone'), pid: fc.constantFrom(undefined, 5, 6) })
        .map(
          ({ life, pid }) =>
            (story: LabStory) =>
              void story.process(port, life, pid),
        ),
      fc
        .constantFrom('SIGKILL', 'SIGSEGV', undefined)
        .map(signal => (story: LabStory) => void story.crash(port, { signal })),
      fc.constant((story: LabStory) => void story.gone(port)),
      fc
        .constantFrom('closed', 'timeout', 'auth', 'not-redis')
        .map(failure => (story: LabStory) => void story.fails(port, failure)),
      fc
        .constantFrom({ name: 'nginx', pid: 1 }, { name: undefined, pid: undefined }, undefined)
        .map(owner => (story: LabStory) => void story.portOwner(port, owner)),
    ),
  ),
  fc.constantFrom(...servers).chain(port =>
    fc.oneof(
      fc.subarray(servers).map(replicas => (story: LabStory) => void story.master(port, replicas)),
      fc
        .record({
          of: fc.constantFrom(...servers),
          status: fc.constantFrom('up', 'down'),
          id: fc.constantFrom(5, 6, 999),
        })
        .map(
          ({ of, status, id }) =>
            (story: LabStory) =>
              void story.replica(port, of, { master_link_status: status, process_id: id }),
        ),
      fc
        .dictionary(fc.constantFrom('role', 'loading', 'slave0', 'master_port'), fc.string())
        .map(fields => (story: LabStory) => void story.info(port, fields)),
    ),
  ),
  fc.constantFrom(...sentinels).chain(port =>
    fc.oneof(
      fc
        .record({
          master: fc.constantFrom(...servers),
          epoch: fc.nat({ max: 4 }),
          flags: fc.constantFrom('master', 's_down,master', 'o_down'),
          sentinels: fc.nat({ max: 3 }),
        })
        .map(says => (story: LabStory) => void story.sentinel(port, says)),
      fc
        .tuple(
          fc.constantFrom(
            '+sdown',
            '-sdown',
            '+odown',
            '-odown',
            '+try-failover',
            '+elected-leader',
            '+promoted-slave',
            '+switch-master',
            '-failover-abort-not-elected',
            '+tilt',
          ),
          fc.constantFrom(
            'master mymaster 127.0.0.1 6379',
            'mymaster 127.0.0.1 6379 127.0.0.1 6380',
            'mymaster 127.0.0.1 6380 127.0.0.1 7777',
            'mymaster',
            '',
          ),
        )
        .map(
          ([channel, message]) =>
            (story: LabStory) =>
              void story.hear(port, channel, message),
        ),
    ),
  ),
  fc
    .constantFrom(0, 2, 5)
    .map(
      count => (story: LabStory) =>
        void story.tell({ type: 'labChanged', lab: makeLab({ sentinels: count }) }),
    ),
);

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}

const replay = (events: readonly LabEvent[]): LabState => events.reduce(reduce, emptyState(lab));

describe('a recorded list of events', () => {
  it('replayed gives the same state, twice and from its own JSON', () => {
    const story = tellSwitch(tellFailover(startedStory(lab).crash(6379, { signal: 'SIGKILL' })));
    assert.deepEqual(replay(story.events), story.state);
    assert.deepEqual(replay(story.events), replay(story.events));
    const recorded = JSON.parse(JSON.stringify(story.events)) as LabEvent[];
    assert.deepEqual(JSON.stringify(replay(recorded)), JSON.stringify(story.state));
  });

  it('of any kind never throws, changes no state that was given out, and can be shown at every step', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), things => {
        const story = new LabStory(lab);
        for (const thing of things) {
          // A change of a frozen object throws.
          deepFreeze(story.state);
          thing(story);
        }
        for (const event of story.events) deepFreeze(event);
        assert.deepEqual(replay(story.events), story.state);
        labRow('lab', story.state, storyStart);
        statusBarText(story.state);
        notReady(story.state);
        conditionOf(story.state);
        for (const node of nodesOf(story.state)) nodeTooltip(story.state, node.spec.name, storyStart);
      }),
      { numRuns: 300 },
    );
  });

  it('of any kind leaves a state that agrees with itself', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), things => {
        const story = new LabStory(lab);
        for (const thing of things) thing(story);
        assert.deepEqual(
          Object.keys(story.state.nodes),
          story.state.lab.nodes.map(node => node.name),
        );
        for (const node of nodesOf(story.state)) {
          const { status, role, process, info } = node;
          if (status === 'running' || status === 'frozen') assert.notEqual(process.life, 'gone');
          if (status === 'running') assert.ok(info);
          if (status === 'crashed') assert.ok(process.record && process.life === 'gone');
          if (node.spec.kind === 'sentinel') assert.equal(role, 'sentinel');
          else if (status === 'stopped' || status === 'crashed') assert.equal(role, undefined);
          assert.notEqual(node.formerRole?.role, role ?? 'none');
        }
        const { failover } = story.state;
        if (failover)
          assert.equal(
            failover.endedAt !== undefined,
            failover.stage === 'done' || failover.stage === 'aborted',
          );
        if (failover?.endedAt !== undefined) assert.ok(failover.endedAt >= failover.startedAt);
      }),
      { numRuns: 300 },
    );
  });
});
