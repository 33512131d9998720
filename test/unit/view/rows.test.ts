import assert from 'node:assert/strict';
import { labRow, type Row } from '../../../src/core/view/labRows';
import { describeNode, nodeDescription } from '../../../src/core/view/nodeText';
import { durationText, timeText } from '../../../src/core/view/words';
import { makeLab } from '../../support/labs';
import { LabStory, startedStory, tellFailover, tellSwitch } from '../../support/labStory';

const lab = makeLab();
const rows = (row: Row): Row[] => [row, ...row.children.flatMap(rows)];
const rowOf = (story: LabStory, port: number): { readonly row: Row; readonly group: string } => {
  for (const group of labRow('lab', story.state, story.now).children) {
    const row = group.children.find(child => child.label === String(port));
    if (row) return { row, group: group.id };
  }
  assert.fail(`no row of ${port}`);
};

describe('the rows of a lab', () => {
  it('have a node under its live role, with an id that stays', () => {
    const story = startedStory(lab);
    const before = rowOf(story, 6380);
    tellSwitch(tellFailover(story.crash(6379)));
    const after = rowOf(story, 6380);
    assert.deepEqual([before.group, after.group], ['lab#replicas', 'lab#masters']);
    assert.equal(after.row.id, before.row.id);
    assert.equal(rowOf(story, 6379).group, 'lab#idle');
  });

  it('have ids that differ from each other and between labs', () => {
    const ids = (id: string): string[] => rows(labRow(id, startedStory(lab).state, 0)).map(row => row.id);
    assert.equal(new Set(ids('a')).size, ids('a').length);
    assert.equal(new Set([...ids('a'), ...ids('b')]).size, 2 * ids('a').length);
  });

  it('keep the order of lab.json inside of a group', () => {
    const [, replicas] = labRow('lab', startedStory(lab).state, 0).children;
    assert.deepEqual(
      replicas?.children.map(row => row.label),
      ['6380', '6381'],
    );
  });

  it('name the nodes that a command on them acts on', () => {
    const row = labRow('lab', startedStory(lab).state, 0);
    assert.deepEqual(
      row.nodes,
      lab.nodes.map(node => node.name),
    );
    assert.deepEqual(row.children.flatMap(group => group.nodes).toSorted(), [...row.nodes].toSorted());
    for (const group of row.children)
      assert.deepEqual(
        group.children.flatMap(child => child.nodes),
        group.nodes,
      );
  });

  it('have words for the menus of package.json', () => {
    const contexts = (story: LabStory): Record<string, string> =>
      Object.fromEntries(rows(labRow('lab', story.state, 0)).map(row => [row.id, row.context]));
    const started = contexts(startedStory(lab).process(6381, 'frozen').crash(6380));
    assert.equal(started['lab'], 'lab partial sentinels');
    assert.equal(started['lab#redis-6379'], 'node server running master terminal');
    assert.equal(started['lab#redis-6381'], 'node server frozen replica terminal');
    assert.equal(started['lab#redis-6380'], 'node server crashed');
    assert.equal(started['lab#sentinels'], 'group running');
    assert.equal(contexts(new LabStory(makeLab({ sentinels: 0 })))['lab'], 'lab stopped');
    assert.equal(contexts(startedStory(lab))['lab'], 'lab running sentinels');
  });

  it('say in words whatever an icon says', () => {
    const stories = [
      startedStory(lab),
      startedStory(lab).crash(6379),
      startedStory(lab).fails(6380, 'auth'),
      new LabStory(lab),
    ];
    for (const story of stories) {
      for (const row of rows(labRow('lab', story.state, story.now)).filter(each => each.icon)) {
        assert.notEqual(row.description, '', row.id);
        assert.ok(row.spoken.length > row.label.length, row.id);
      }
    }
  });
});

describe('a former role', () => {
  const story = startedStory(lab).replica(6379, 6380);
  const text = (now: number): string => nodeDescription(story.state, story.node(6379), now);

  it('is told for a minute while the node runs', () => {
    assert.match(text(story.now), /was master until/);
    assert.match(text(story.now + 50_000), /was master until/);
    assert.doesNotMatch(text(story.now + 61_000), /was master/);
  });

  it('is told for as long as the node is down', () => {
    const down = startedStory(lab).crash(6379);
    assert.match(nodeDescription(down.state, down.node(6379), down.now + 3_600_000), /was master until/);
  });

  it('is not told of a Sentinel', () => {
    const down = startedStory(lab).crash(26379);
    assert.doesNotMatch(nodeDescription(down.state, down.node(26379), down.now), /was/);
  });
});

describe('the lag of a replica', () => {
  const text = (own: number, atMaster: number, offset: number): string => {
    const story = startedStory(lab)
      .replica(6380, 6379, { slave_repl_offset: own })
      .master(6379, [], {
        slave0: `ip=127.0.0.1,port=6380,state=online,offset=${atMaster},lag=1`,
        master_repl_offset: offset,
      });
    return nodeDescription(story.state, story.node(6380), story.now);
  };

  it('counts the newer word of replica and master, and is never below zero', () => {
    assert.match(text(900, 400, 1_000), /100 bytes behind/);
    assert.match(text(400, 900, 1_000), /100 bytes behind/);
    assert.match(text(1_200, 900, 1_000), / 0 bytes behind/);
    assert.match(text(0, 0, 1_234_567), /1,234,567 bytes behind/);
  });

  it('is no news when it counts on, as the offset of a master is none', () => {
    const story = startedStory(lab);
    const steady = (port: number): string => describeNode(story.state, story.node(port), story.now).steady;
    const before = [6379, 6380].map(steady);
    story.master(6379, [6380, 6381], { master_repl_offset: 1_234_567 });
    assert.match(nodeDescription(story.state, story.node(6379), story.now), /offset 1,234,567/);
    assert.deepEqual([6379, 6380].map(steady), before);
    story.replica(6380, 6379, { master_link_status: 'down' });
    assert.notEqual(steady(6380), before[1]);
  });

  it('is not known where the master does not name the replica', () => {
    const story = startedStory(lab).master(6379, []);
    assert.equal(nodeDescription(story.state, story.node(6380), story.now), 'replica · link up');
  });
});

describe('words for times', () => {
  it('are short, in the largest sensible unit', () => {
    assert.deepEqual([0, 119, 120, 7_199, 7_200, 90_000].map(durationText), [
      '0 s',
      '119 s',
      '2 min',
      '120 min',
      '2 h',
      '25 h',
    ]);
  });

  it('have two digits each', () => {
    assert.equal(timeText(new Date(2025, 0, 2, 3, 4, 5).getTime()), '03:04:05');
  });
});
