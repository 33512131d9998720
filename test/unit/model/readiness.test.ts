import assert from 'node:assert/strict';
import { conditionOf, masterAddress, notReady } from '../../../src/core/model/readiness';
import { labOf, makeLab } from '../../support/labs';
import { LabStory, startedStory, tellFailover, tellSwitch } from '../../support/labStory';

const lab = makeLab();
const pair = makeLab({ replicas: 1, sentinels: 0 });
const started = (): LabStory => startedStory(lab);
const noQuorum =
  'NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the specified quorum for this master';

describe('notReady', () => {
  it('names nothing of a complete lab', () => assert.deepEqual(notReady(started().state), []));

  it('names nothing of a pair whose link is up', () => {
    const story = new LabStory(pair)
      .process(6379, 'running')
      .process(6380, 'running')
      .replica(6380, 6379)
      .master(6379, [6380]);
    assert.deepEqual(notReady(story.state), []);
  });

  // What is missing in a lab that is complete but for this one thing.
  const table: readonly (readonly [what: string, story: LabStory, missing: readonly string[]])[] = [
    ['a replica that is stopped', started().gone(6381), ['6381 is stopped']],
    ['a replica that starts', started().gone(6381).request(6381, 'start'), ['6381 is starting']],
    ['a replica that crashed', started().crash(6381), ['6381 has crashed']],
    ['a replica that is frozen', started().process(6381, 'frozen'), ['6381 is frozen']],
    ['a replica that does not answer', started().fails(6381, 'timeout'), ['6381 does not answer']],
    ['a Sentinel whose connection is lost', started().fails(26381, 'closed'), ['26381 does not answer']],
    ['a replica with another password', started().fails(6381, 'auth'), ['6381 refuses the password']],
    [
      'a stranger in the place of a replica',
      started().gone(6381).replica(6381, 6379, { process_id: 999 }),
      ['port 6381 is served by a Redis that this lab did not start'],
    ],
    [
      'a link that is down',
      started().replica(6381, 6379, { master_link_status: 'down' }),
      ['the link of replica 6381 is down'],
    ],
    [
      'a master that loads',
      started().master(6379, [6380, 6381], { loading: 1 }),
      ['6379 is loading its data'],
    ],
    ['a second master', started().master(6381), ['2 nodes say they are master']],
    [
      'a Sentinel without a master',
      started().tell(sentinelWithout(26380)),
      ['Sentinel 26380 does not watch "mymaster"'],
    ],
    [
      'a Sentinel that misses a replica',
      started().sentinel(26380, { replicas: 1 }),
      ['Sentinel 26380 knows 1 of 2 replicas (up to 10 s)'],
    ],
    [
      'a Sentinel that misses another one',
      started().sentinel(26380, { sentinels: 1 }),
      ['Sentinel 26380 knows 1 of 2 other Sentinels (up to 2 s)'],
    ],
    [
      'a Sentinel without a quorum',
      started().sentinel(26380, { ckquorum: noQuorum }),
      [`Sentinel 26380 reaches no quorum: ${noQuorum}`],
    ],
    [
      'a Sentinel with doubts',
      started().hear(26380, '+sdown', 'master mymaster 127.0.0.1 6379'),
      ['Sentinel 26380 thinks that the master is down'],
    ],
    [
      'a Sentinel of another opinion',
      started().sentinel(26380, { master: 6380 }),
      ['Sentinel 26380 takes 6380 for the master'],
    ],
    [
      'a failover in progress',
      started().sentinel(26380, { flags: 'master,failover_in_progress' }),
      ['a failover is in progress'],
    ],
  ];
  for (const [what, story, missing] of table)
    it(`names ${what}`, () => assert.deepEqual(notReady(story.state), missing));

  it('names every node that is not there, and not what follows from that', () => {
    assert.deepEqual(notReady(new LabStory(pair).state), ['6379 is stopped', '6380 is stopped']);
  });

  it('says that there is no master when only replicas are left', () => {
    assert.deepEqual(notReady(started().gone(6379).state), ['6379 is stopped', 'no node is master']);
  });

  it('does not wait for Sentinels to know a replica of a replica, which they never do', () => {
    const chain = labOf(
      JSON.stringify({
        servers: [{ port: 6379 }, { port: 6380, replicaOf: 6379 }, { port: 6381, replicaOf: 6380 }],
        sentinels: [{ port: 26379 }],
      }),
    );
    const story = new LabStory(chain);
    for (const node of chain.nodes) story.process(node.port, 'running');
    story
      .master(6379, [6380])
      .replica(6380, 6379)
      .replica(6381, 6380)
      .sentinel(26379, { replicas: 1, sentinels: 0 });
    assert.deepEqual(notReady(story.state), []);
    assert.deepEqual(notReady(story.sentinel(26379, { replicas: 0, sentinels: 0 }).state), [
      'Sentinel 26379 knows 0 of 1 replicas (up to 10 s)',
    ]);
  });
});

describe('conditionOf', () => {
  const table: readonly (readonly [what: string, story: LabStory, condition: string])[] = [
    ['nothing runs', new LabStory(lab), 'stopped'],
    ['only a stranger answers', new LabStory(lab).master(6379, [], { process_id: 999 }), 'stopped'],
    ['the first node starts', new LabStory(lab).request(6379, 'start'), 'waiting'],
    ['a replica is down', started().crash(6381), 'waiting'],
    ['all is there', started(), 'ready'],
    ['the master is down', started().crash(6379), 'no-master'],
    ['the master is frozen', started().process(6379, 'frozen'), 'no-master'],
    [
      'Sentinels agree that the master is down',
      started().crash(6379).hear(26379, '+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2'),
      'failover',
    ],
    [
      'a failover is over and the old master still down',
      tellSwitch(tellFailover(started().crash(6379))),
      'waiting',
    ],
    [
      'two masters are there and no Sentinel',
      new LabStory(pair).process(6379, 'running').master(6379).process(6380, 'running').master(6380),
      'no-master',
    ],
  ];
  for (const [what, story, condition] of table)
    it(`is ${condition} when ${what}`, () => assert.equal(conditionOf(story.state), condition));
});

describe('masterAddress', () => {
  it('is that of the master the Sentinels agree on, and none while it is down', () => {
    assert.equal(masterAddress(started().state), '127.0.0.1:6379');
    assert.equal(masterAddress(started().crash(6379).state), undefined);
    assert.equal(masterAddress(tellSwitch(tellFailover(started().crash(6379))).state), '127.0.0.1:6380');
  });
});

/** What a Sentinel says that does not know the master. */
function sentinelWithout(port: number): Parameters<LabStory['tell']>[0] {
  return {
    type: 'sentinelReplied',
    node: `sentinel-${port}`,
    at: 0,
    info: `redis_mode:sentinel\r\nprocess_id:1${port}`,
    master: [],
    ckquorum: 'ERR No such master',
  };
}
