import assert from 'node:assert/strict';
import {
  predictFailover,
  type FailoverPrediction,
  type PredictionOptions,
} from '../../../src/core/drill/prediction';
import { makeLab } from '../../support/labs';
import { startedStory, type LabStory } from '../../support/labStory';
import { replicaView } from '../../support/replicaViews';

const lab = makeLab();
const started = (): LabStory => startedStory(lab);
const predict = (story: LabStory, options: Partial<PredictionOptions> = {}): FailoverPrediction =>
  predictFailover(story.state, story.now, { cause: 'kill', ...options });
const phase = (prediction: FailoverPrediction, name: string): readonly (number | undefined)[] => {
  const found = prediction.phases.find(candidate => candidate.name === name);
  return [found?.minMs, found?.maxMs];
};

describe('predictFailover', () => {
  it('names the replica that the Sentinels will choose, and who it could be otherwise', () => {
    const prediction = predict(started());
    assert.equal(prediction.outcome, 'promotes');
    assert.equal(prediction.master, 'redis-6379');
    assert.equal(prediction.promoted, 'redis-6380');
    assert.equal(prediction.selection.basis, 'run-id');
    assert.deepEqual(prediction.rivals, ['redis-6381']);
  });

  it('has no doubt where the priority decides, or where a replica has fallen behind', () => {
    const byPriority = predict(started().replica(6381, 6379, { slave_priority: 10 }));
    assert.deepEqual([byPriority.promoted, byPriority.rivals], ['redis-6381', []]);
    const behind = started().replica(6380, 6379, {
      slave_repl_offset: 1_000,
      master_link_status: 'down',
      master_link_down_since_seconds: 3,
    });
    assert.deepEqual([predict(behind).promoted, predict(behind).rivals], ['redis-6381', []]);
  });

  it('takes what nodes say themselves for newer than what Sentinels were told', () => {
    const replicas = new Map([
      ['sentinel-26379', [replicaView(6380, { offset: 90_000 }), replicaView(6381, { priority: 5 })]],
    ]);
    assert.equal(predict(started(), { replicas }).selection.basis, 'run-id');
  });

  it('leaves out replicas that do not run, even when no Sentinel has noticed yet', () => {
    const replicas = new Map([['sentinel-26379', [replicaView(6380), replicaView(6381)]]]);
    for (const options of [{}, { replicas }]) {
      const prediction = predict(started().process(6380, 'frozen'), options);
      assert.deepEqual([prediction.promoted, prediction.selection.basis], ['redis-6381', 'only-one']);
      const none = predict(started().process(6380, 'frozen').crash(6381), options);
      assert.deepEqual([none.outcome, none.promoted], ['no-good-replica', undefined]);
      assert.equal(none.outage, undefined);
      assert.equal(none.retryMs, 120_000);
    }
  });

  it('counts on what a Sentinel sees: it may have no connection to a replica that runs, or not know it', () => {
    const replicas = new Map([
      ['sentinel-26379', [replicaView(6381, { flags: ['slave', 's_down', 'disconnected'] })]],
    ]);
    const prediction = predict(started(), { replicas });
    assert.equal(prediction.outcome, 'no-good-replica');
    assert.deepEqual(prediction.unknown, ['redis-6380']);
  });

  it('names as rivals those that other Sentinels would choose', () => {
    const far = { offset: 1 };
    const replicas = new Map([
      ['sentinel-26379', [replicaView(6380), replicaView(6390, far)]],
      ['sentinel-26380', [replicaView(6390, far)]],
    ]);
    const prediction = predict(started(), { replicas });
    assert.deepEqual([prediction.promoted, prediction.rivals], ['redis-6380', ['127.0.0.1:6390']]);
  });

  // Of the links that are down, 50 s are allowed (10 x down-after), 5 s of which pass until the master is found down.
  for (const [seconds, promoted] of [
    [45, 'redis-6380'],
    [46, 'redis-6381'],
    [-1, 'redis-6380'],
  ] as const) {
    it(`foresees a link that is down for ${seconds} s now at the time of the choice`, () => {
      const story = started()
        .replica(6380, 6379, {
          master_link_status: 'down',
          master_link_down_since_seconds: seconds,
          slave_priority: 1,
        })
        .replica(6381, 6379);
      assert.equal(predict(story).promoted, promoted);
    });
  }

  describe('of quorum and majority', () => {
    const table: readonly (readonly [
      what: string,
      story: LabStory,
      expected: readonly [outcome: string, agreeing: number, voting: number],
    ])[] = [
      ['one Sentinel is stopped', started().gone(26381), ['promotes', 2, 2]],
      ['two Sentinels are stopped', started().gone(26380).gone(26381), ['no-quorum', 1, 1]],
      ['two are frozen', started().process(26380, 'frozen').process(26381, 'frozen'), ['no-quorum', 1, 1]],
      ['two do not answer', started().fails(26380).fails(26381, 'auth'), ['no-quorum', 1, 1]],
      [
        'the quorum is 1 and two are stopped',
        started()
          .sentinel(26379, { fields: { quorum: '1' } })
          .gone(26380)
          .gone(26381),
        ['no-majority', 1, 1],
      ],
      [
        'the quorum is 1 and two are in TILT: they vote',
        started()
          .sentinel(26379, { fields: { quorum: '1' } })
          .sentinel(26380, {}, { sentinel_tilt: 1 })
          .sentinel(26381, {}, { sentinel_tilt: 1 }),
        ['promotes', 1, 3],
      ],
      [
        'two are in TILT',
        started().sentinel(26380, {}, { sentinel_tilt: 1 }).sentinel(26381, {}, { sentinel_tilt: 1 }),
        ['no-quorum', 1, 3],
      ],
      [
        'the Sentinels do not know each other',
        started()
          .sentinel(26379, { sentinels: 0 })
          .sentinel(26380, { sentinels: 0 })
          .sentinel(26381, { sentinels: 0 }),
        ['no-quorum', 3, 3],
      ],
      [
        'ghosts make the majority larger',
        started().gone(26381).sentinel(26379, { sentinels: 4 }).sentinel(26380, { sentinels: 4 }),
        ['no-majority', 2, 2],
      ],
      ['all are stopped', started().gone(26379).gone(26380).gone(26381), ['no-sentinels', 0, 0]],
      [
        'two watch another master',
        started().sentinel(26381, { master: 6380 }).sentinel(26380, { master: 6381 }),
        ['no-quorum', 1, 1],
      ],
    ];
    for (const [what, story, expected] of table) {
      it(`says what happens when ${what}`, () => {
        const { outcome, agreeing, voting } = predict(story);
        assert.deepEqual([outcome, agreeing, voting], expected);
      });
    }

    it('needs neither for a failover on request', () => {
      const story = started().gone(26380).gone(26381);
      assert.equal(predict(story, { cause: 'request' }).promoted, 'redis-6380');
    });
  });

  describe('of times', () => {
    it('counts down-after from the last PONG of a killed master, and from the first lost PING of a frozen one', () => {
      assert.deepEqual(phase(predict(started()), 'detection'), [4_000, 5_100]);
      assert.deepEqual(phase(predict(started(), { cause: 'freeze' }), 'detection'), [5_000, 6_100]);
    });

    it('uses what the Sentinels run with, not what lab.json says', () => {
      const story = started();
      for (const port of [26379, 26380, 26381])
        story.sentinel(port, {
          fields: { 'down-after-milliseconds': '500', 'failover-timeout': '3000', 'parallel-syncs': '1' },
        });
      const prediction = predict(story);
      assert.deepEqual(phase(prediction, 'detection'), [0, 600]);
      assert.deepEqual(prediction.outage?.minMs, 0);
    });

    it('sums up to the outage: reconfiguration is none', () => {
      const { outage, phases } = predict(started());
      const names = phases.filter(each => each.isOutage).map(each => each.name);
      assert.deepEqual(names, ['detection', 'agreement', 'election', 'promotion', 'discovery']);
      assert.deepEqual(phases.at(-1)?.name, 'reconfiguration');
      assert.deepEqual(
        outage?.maxMs,
        phases.filter(each => each.isOutage).reduce((sum, each) => sum + each.maxMs, 0),
      );
    });

    it('waits out the time after a failed attempt', () => {
      const story = started()
        .hear(26379, '+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2')
        .hear(26379, '+try-failover', 'master mymaster 127.0.0.1 6379')
        .hear(26379, '-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379');
      const tried = story.state.failover?.triedAt ?? 0;
      const at = (ms: number): FailoverPrediction =>
        predictFailover(story.state, tried + ms, { cause: 'kill' });
      assert.deepEqual(phase(at(20_000), 'delay'), [94_900, 96_000]);
      assert.deepEqual(phase(at(119_000), 'delay'), [undefined, undefined]);
    });

    it('tells how long a vote takes that nobody wins', () => {
      const story = started()
        .sentinel(26379, { fields: { quorum: '1' } })
        .gone(26380)
        .gone(26381);
      assert.deepEqual(phase(predict(story), 'election'), [10_000, 10_100]);
    });

    it('tells how long the old master goes on after a failover on request', () => {
      const prediction = predict(started(), { cause: 'request' });
      assert.deepEqual(
        prediction.phases.map(each => each.name),
        ['promotion', 'reconfiguration', 'conversion', 'discovery'],
      );
      assert.deepEqual(prediction.outage, { minMs: 0, maxMs: 1_000 });
    });
  });

  it('has nothing to say of a lab without a master', () => {
    const story = started().gone(6379).gone(26379).gone(26380).gone(26381);
    const prediction = predict(story);
    assert.deepEqual([prediction.outcome, prediction.phases], ['no-master', []]);
  });
});
