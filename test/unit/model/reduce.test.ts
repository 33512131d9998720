import assert from 'node:assert/strict';
import { emptyState, isAlive, masterPort, nodesOf } from '../../../src/core/model/labState';
import { reduce } from '../../../src/core/model/reduce';
import { conditionOf, notReady } from '../../../src/core/model/readiness';
import { makeLab } from '../../support/labs';
import { LabStory, pidOf, startedStory, tellFailover, tellSwitch } from '../../support/labStory';

const lab = makeLab();
const roles = (story: LabStory): (string | undefined)[] =>
  [6379, 6380, 6381].map(port => story.node(port).role);
const statuses = (story: LabStory): string[] => nodesOf(story.state).map(node => node.status);

describe('a lab that starts', () => {
  it('is starting from the request on, running when it answers, ready when all are there', () => {
    const story = new LabStory(lab).request(6379, 'start');
    assert.equal(story.node(6379).status, 'starting');
    story.process(6379, 'running');
    assert.equal(story.node(6379).status, 'starting');
    assert.equal(story.node(6379).requested, 'start');
    story.master(6379);
    assert.equal(story.node(6379).status, 'running');
    assert.equal(story.node(6379).role, 'master');
    assert.equal(story.node(6379).requested, undefined);

    const started = startedStory(lab);
    assert.deepEqual(
      statuses(started),
      Array.from({ length: 6 }, () => 'running'),
    );
    assert.deepEqual(roles(started), ['master', 'replica', 'replica']);
    assert.equal(masterPort(started.state), 6379);
    assert.deepEqual(notReady(started.state), []);
    assert.equal(conditionOf(started.state), 'ready');
  });

  it('goes back to stopped when the start is given up', () => {
    const story = new LabStory(lab).request(6379, 'start').request(6379, undefined);
    assert.equal(story.node(6379).status, 'stopped');
  });

  it('is crashed when the process went before it answered', () => {
    const story = new LabStory(lab)
      .request(6379, 'start')
      .process(6379, 'running')
      .crash(6379, { code: 1, reason: 'The port is in use by another program.' })
      .request(6379, undefined);
    assert.equal(story.node(6379).status, 'crashed');
    assert.equal(story.node(6379).process.exit?.reason, 'The port is in use by another program.');
  });
});

describe('a master that is killed', () => {
  it('loses its role and says what it was', () => {
    const story = startedStory(lab);
    const at = story.now;
    story.crash(6379, { signal: 'SIGKILL' });
    const node = story.node(6379);
    assert.deepEqual([node.status, node.role, node.answers], ['crashed', undefined, false]);
    assert.equal(node.info, undefined);
    assert.deepEqual(node.formerRole, { role: 'master', until: at });
  });

  it('is replaced at the first +switch-master, before any INFO', () => {
    const story = tellFailover(startedStory(lab).crash(6379, { signal: 'SIGKILL' }));
    assert.equal(conditionOf(story.state), 'failover');
    assert.deepEqual(roles(story), [undefined, 'replica', 'replica']);
    story.hear(26379, '+switch-master', 'mymaster 127.0.0.1 6379 127.0.0.1 6380');
    assert.deepEqual(roles(story), [undefined, 'master', 'replica']);
    assert.equal(masterPort(story.state), 6380);
    assert.equal(story.node(26379).view?.masterPort, 6380);
    assert.deepEqual(story.node(6380).formerRole?.role, 'replica');
  });

  it('comes back as a replica of the new one', () => {
    const story = tellSwitch(tellFailover(startedStory(lab).crash(6379, { signal: 'SIGKILL' })));
    for (const port of [26379, 26380, 26381]) story.sentinel(port, { master: 6380, epoch: 1 });
    story.master(6380, [6381]).replica(6381, 6380).request(6379, 'start').process(6379, 'running', 20_001);
    assert.equal(story.node(6379).status, 'starting');
    // It starts as the master its conf says it is, until a Sentinel converts it.
    story.master(6379, [], { process_id: 20_001 });
    assert.equal(
      masterPort(story.state),
      6380,
      'two say they are master, and the Sentinels know which one is',
    );
    assert.notDeepEqual(notReady(story.state), []);
    story.replica(6379, 6380, { process_id: 20_001 }).master(6380, [6381, 6379]);
    assert.deepEqual(roles(story), ['replica', 'master', 'replica']);
    assert.equal(story.node(6379).formerRole?.role, 'master');
    assert.deepEqual(notReady(story.state), []);
  });

  it('that comes back with its old role has no former role to tell of', () => {
    const story = startedStory(lab)
      .crash(6379)
      .process(6379, 'running', 20_001)
      .master(6379, [], { process_id: 20_001 });
    assert.equal(story.node(6379).formerRole, undefined);
  });
});

describe('a failover told by several Sentinels', () => {
  it('goes through its stages once, with the leader, the ports and both times', () => {
    const story = startedStory(lab).crash(6379, { signal: 'SIGKILL' });
    const stages: (string | undefined)[] = [];
    const begun = tellSwitch(tellFailover(story));
    let state = emptyState(lab);
    for (const event of begun.events) {
      state = reduce(state, event);
      if (state.failover && stages.at(-1) !== state.failover.stage) stages.push(state.failover.stage);
    }
    assert.deepEqual(stages, ['agreeing', 'electing', 'promoting', 'reconfiguring', 'done']);
    const { failover } = begun.state;
    const at = (channel: string): number => {
      const event = begun.events.find(each => each.type === 'sentinelPublished' && each.channel === channel);
      assert.ok(event && 'at' in event);
      return event.at;
    };
    assert.deepEqual(failover, {
      startedAt: at('+odown'),
      triedAt: at('+try-failover'),
      stage: 'done',
      endedAt: at('+switch-master'),
      fromPort: 6379,
      toPort: 6380,
      triedBy: 'sentinel-26379',
      leader: 'sentinel-26379',
      tellers: ['sentinel-26379'],
      toldAt: at('+switch-master'),
    });
  });

  it('is not begun anew by what a slow Sentinel tells late', () => {
    const story = tellFailover(startedStory(lab).crash(6379));
    story.hear(26379, '+switch-master', 'mymaster 127.0.0.1 6379 127.0.0.1 6380');
    const { failover } = story.state;
    assert.equal(failover?.stage, 'done');
    story
      .hear(26380, '+odown', 'master mymaster 127.0.0.1 6379 #quorum 3/2')
      .hear(26381, '+try-failover', 'master mymaster 127.0.0.1 6379')
      .hear(26381, '-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379')
      .hear(26380, '+switch-master', 'mymaster 127.0.0.1 6379 127.0.0.1 6380')
      .hear(26380, '-odown', 'master mymaster 127.0.0.1 6380');
    assert.deepEqual(story.state.failover, failover);
  });

  it('is not ended by a Sentinel that gives up while another one leads', () => {
    const story = tellFailover(startedStory(lab).crash(6379)).hear(
      26381,
      '-failover-abort-not-elected',
      'master mymaster 127.0.0.1 6379',
    );
    assert.equal(story.state.failover?.stage, 'reconfiguring');
  });

  it('is given up when its leader gives up', () => {
    const story = tellFailover(startedStory(lab).crash(6379)).hear(
      26379,
      '-failover-abort-slave-timeout',
      'master mymaster 127.0.0.1 6379',
    );
    assert.equal(story.state.failover?.stage, 'aborted');
    assert.equal(story.state.failover.abortedBy, '-failover-abort-slave-timeout');
    assert.notEqual(story.state.failover?.endedAt, undefined);
    assert.equal(story.state.failover?.toPort, undefined);
  });

  it('is over when the master is back before anybody was elected', () => {
    const master = 'master mymaster 127.0.0.1 6379';
    const story = startedStory(lab).hear(26379, '+odown', `${master} #quorum 2/2`);
    assert.equal(story.state.failover?.stage, 'agreeing');
    story.hear(26379, '-odown', master);
    assert.equal(story.state.failover?.stage, 'aborted');
  });

  it('goes with the Sentinels that told of it: a lab that is stopped in the middle of one begins without', () => {
    const story = tellFailover(startedStory(lab).crash(6379));
    for (const port of [26379, 26380, 26381]) story.gone(port);
    assert.equal(story.state.failover, undefined);
    for (const port of [26379, 26380, 26381]) story.process(port, 'running', port + 1).sentinel(port);
    assert.equal(story.state.failover, undefined);
  });

  it('stays with Sentinels that somebody else started: the lab has no process of theirs that could go', () => {
    const story = startedStory(lab).crash(6379);
    for (const port of [26379, 26380, 26381])
      story.gone(port).sentinel(port, { flags: 'master,s_down' }, { process_id: port });
    tellFailover(story);
    for (const port of [26379, 26380, 26381]) story.gone(port);
    assert.equal(story.state.failover?.stage, 'reconfiguring');
    story.later(5_000);
    for (const port of [26379, 26380, 26381])
      story.sentinel(port, { flags: 'master,s_down' }, { process_id: port });
    assert.equal(story.state.failover.endedAt, undefined);
  });

  it('goes also with a Sentinel that was started anew before anybody saw it gone', () => {
    const story = tellFailover(startedStory(lab).crash(6379)).process(26379, 'running', 20_002);
    assert.equal(story.state.failover, undefined);
  });

  it('begins anew when the Sentinel that led it is gone, and the others know of it', () => {
    const master = 'master mymaster 127.0.0.1 6379';
    const story = tellFailover(startedStory(lab).crash(6379)).hear(26380, '+odown', `${master} #quorum 2/2`);
    assert.equal(story.state.failover?.stage, 'reconfiguring');
    story.crash(26379);
    assert.deepEqual(
      [story.state.failover?.stage, story.state.failover?.leader, story.state.failover?.tellers],
      ['agreeing', undefined, ['sentinel-26380']],
    );
    story.hear(26381, '+try-failover', master);
    assert.equal(story.state.failover?.stage, 'electing');
    story.crash(26380);
    assert.equal(story.state.failover?.stage, 'electing');
    story.crash(26381);
    assert.equal(story.state.failover, undefined);
  });

  it('is over when no Sentinel takes the master for down any more, although nobody heard of its end', () => {
    const begun = (): LabStory => tellFailover(startedStory(lab).crash(6379));
    const answers = (story: LabStory, master: number, flags = 'master'): LabStory => {
      for (const port of [26379, 26380, 26381]) story.sentinel(port, { master, epoch: 1, flags });
      return story;
    };
    const ended = ({ state: { failover } }: LabStory): unknown =>
      failover?.endedAt === undefined ? 'runs' : [failover.stage, failover.toPort];
    assert.equal(ended(answers(begun(), 6380)), 'runs', 'asked for before the last event, for all one knows');
    assert.equal(ended(answers(begun().later(5_000), 6379, 'master,s_down')), 'runs');
    assert.deepEqual(ended(answers(begun().later(5_000), 6380)), ['done', 6380]);
    assert.deepEqual(ended(answers(begun().later(5_000), 6379)), ['aborted', undefined]);
    const behind = begun().later(5_000).sentinel(26379, { master: 6380, epoch: 1 });
    behind.sentinel(26380, { master: 6380, epoch: 1 }).sentinel(26381, { master: 6379 });
    assert.deepEqual(ended(behind), ['done', 6380], 'one that is behind does not count');
  });

  it('is followed by the next one', () => {
    const story = tellSwitch(tellFailover(startedStory(lab).crash(6379)));
    const first = story.state.failover;
    story.hear(26380, '+odown', 'master mymaster 127.0.0.1 6380 #quorum 2/2');
    assert.notEqual(story.state.failover, first);
    assert.equal(story.state.failover?.stage, 'agreeing');
    assert.equal(story.state.failover?.fromPort, 6380);
    assert.equal(story.state.failover?.leader, undefined);
  });

  it('has one epoch for all of them, also when nobody saw it begin', () => {
    const story = startedStory(lab);
    for (const port of [26379, 26380, 26381])
      story.hear(port, '+switch-master', 'mymaster 127.0.0.1 6379 127.0.0.1 6380');
    const epochs = [26379, 26380, 26381].map(port => story.node(port).view?.configEpoch);
    assert.deepEqual(epochs, [1, 1, 1]);
  });
});

describe('a message of a Sentinel', () => {
  it('about another master changes nothing', () => {
    const story = startedStory(lab);
    const before = story.state;
    story
      .hear(26379, '+switch-master', 'other 127.0.0.1 6379 127.0.0.1 6380')
      .hear(26379, '+odown', 'master other 127.0.0.1 6379 #quorum 2/2');
    assert.equal(story.state, before);
  });

  it('sets and clears what that Sentinel thinks of the master, and of nobody else', () => {
    const flags = (story: LabStory): (readonly string[] | undefined)[] =>
      [26379, 26380].map(port => story.node(port).view?.flags);
    const story = startedStory(lab).hear(26379, '+sdown', 'master mymaster 127.0.0.1 6379');
    assert.deepEqual(flags(story), [['master', 's_down'], ['master']]);
    story.hear(26379, '+sdown', 'master mymaster 127.0.0.1 6379');
    assert.deepEqual(flags(story)[0], ['master', 's_down']);
    story
      .hear(26379, '+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2')
      .hear(26379, '-odown', 'master mymaster 127.0.0.1 6379');
    story.hear(26379, '-sdown', 'master mymaster 127.0.0.1 6379');
    assert.deepEqual(flags(story), [['master'], ['master']]);
  });

  it('about a replica that is down does not make the master look down', () => {
    const story = startedStory(lab).hear(
      26379,
      '+sdown',
      'slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379',
    );
    assert.deepEqual(story.node(26379).view?.flags, ['master']);
  });
});

describe('a node', () => {
  it('that is stopped on purpose is stopped, not crashed', () => {
    const story = startedStory(lab).request(6381, 'stop').gone(6381).request(6381, undefined);
    const node = story.node(6381);
    assert.deepEqual([node.status, node.role, node.requested], ['stopped', undefined, undefined]);
  });

  it('that is stopped on purpose is not crashed for the moment in which its record is still there', () => {
    const story = startedStory(lab).request(6381, 'stop').crash(6381);
    assert.equal(story.node(6381).status, 'stopped');
  });

  it('that is frozen and goes on keeps its role', () => {
    const story = startedStory(lab).process(6379, 'frozen').fails(6379, 'timeout');
    assert.deepEqual([story.node(6379).status, story.node(6379).role], ['frozen', 'master']);
    assert.ok(isAlive(story.node(6379)));
    assert.notDeepEqual(notReady(story.state), []);
    story.process(6379, 'running').master(6379, [6380, 6381]);
    assert.deepEqual([story.node(6379).status, story.node(6379).role], ['running', 'master']);
    assert.deepEqual(notReady(story.state), []);
  });

  it('that was restarted does not show what its former process said', () => {
    const story = startedStory(lab).process(6379, 'running', 20_001);
    assert.deepEqual([story.node(6379).info, story.node(6379).status], [undefined, 'starting']);
    const sentinel = startedStory(lab).process(26379, 'running', 20_002);
    assert.equal(sentinel.node(26379).view, undefined);
  });

  it('on whose port a stranger answers is unmanaged, with the role of the stranger', () => {
    const story = new LabStory(lab).master(6379, [], { process_id: 999 });
    assert.deepEqual([story.node(6379).status, story.node(6379).role], ['unmanaged', 'master']);
    assert.ok(!isAlive(story.node(6379)));
    story.gone(6379);
    assert.equal(
      story.node(6379).status,
      'unmanaged',
      'looking at its own process does not make the stranger go away',
    );
    story.fails(6379);
    assert.equal(story.node(6379).status, 'stopped');
  });

  it('whose start finds a stranger is unmanaged and not starting any longer', () => {
    const story = new LabStory(lab).request(6379, 'start').master(6379, [], { process_id: 999 });
    assert.deepEqual([story.node(6379).status, story.node(6379).requested], ['unmanaged', undefined]);
  });

  it('that a stranger took the place of after a crash is unmanaged', () => {
    const story = startedStory(lab).crash(6379).master(6379, [], { process_id: 999 });
    assert.equal(story.node(6379).status, 'unmanaged');
  });

  it('whose answer comes before its process was seen is its own once it is', () => {
    const story = new LabStory(lab).master(6379).process(6379, 'running');
    assert.deepEqual([story.node(6379).status, story.node(6379).role], ['running', 'master']);
  });

  it('that refuses the password runs, and is a stranger where no process of it is', () => {
    const story = new LabStory(lab).process(6379, 'running').fails(6379, 'auth');
    assert.equal(story.node(6379).failure, 'auth');
    assert.equal(story.node(6379).status, 'starting');
    assert.equal(new LabStory(lab).fails(6379, 'auth').node(6379).status, 'unmanaged');
  });

  it('that was stopped while its password was refused is stopped, not a stranger', () => {
    const story = startedStory(lab)
      .fails(6381, 'auth')
      .request(6381, 'stop')
      .gone(6381)
      .request(6381, undefined);
    assert.equal(story.node(6381).status, 'stopped');
    const killed = startedStory(lab).fails(6381, 'auth').crash(6381, { signal: 'SIGKILL' });
    assert.equal(killed.node(6381).status, 'crashed');
  });

  it('whose port somebody holds says so until it is started or answers', () => {
    const owner = { name: 'nginx', pid: 4711 };
    const story = new LabStory(lab).portOwner(6379, owner);
    assert.deepEqual(story.node(6379).portOwner, owner);
    assert.equal(story.request(6379, 'start').node(6379).portOwner, undefined);
    assert.equal(
      story.portOwner(6379, owner).process(6379, 'running').master(6379).node(6379).portOwner,
      undefined,
    );
  });

  it('that loses its connection keeps what it said and says that it is lost', () => {
    const story = startedStory(lab).fails(6380, 'closed');
    assert.deepEqual([story.node(6380).failure, story.node(6380).role], ['closed', 'replica']);
    assert.equal(story.replica(6380, 6379).node(6380).failure, undefined);
  });
});

describe('a lab.json that is edited', () => {
  it('keeps what is known of the nodes that stay, and knows nothing of new ones', () => {
    const story = startedStory(lab);
    const edited = makeLab({ replicas: 3, sentinels: 2 });
    story.tell({ type: 'labChanged', lab: edited });
    assert.equal(story.state.lab, edited);
    assert.deepEqual(
      nodesOf(story.state).map(node => [node.spec.port, node.status]),
      [
        [6379, 'running'],
        [6380, 'running'],
        [6381, 'running'],
        [6382, 'stopped'],
        [26379, 'running'],
        [26380, 'running'],
      ],
    );
    assert.equal(story.state.nodes['sentinel-26381'], undefined);
  });

  it('makes later events about nodes that are gone mean nothing', () => {
    const story = startedStory(lab).tell({ type: 'labChanged', lab: makeLab({ sentinels: 2 }) });
    const before = story.state;
    assert.equal(story.process(26381, 'running', pidOf(26381)).state, before);
  });
});
