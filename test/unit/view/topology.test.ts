import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ShownFault } from '../../../src/core/drill/activeFault';
import { readFault } from '../../../src/core/drill/fault';
import { sentinelNodes, serverNodes, type Lab } from '../../../src/core/model/lab';
import { emptyState, type LabState } from '../../../src/core/model/labState';
import { labRow } from '../../../src/core/view/labRows';
import { topologyOf, type Topology, type TopologyEdge } from '../../../src/core/view/topology';
import { boxSize, type EdgeShape, type Place } from '../../../src/core/view/topologyLayout';
import { topologyTable } from '../../../src/core/view/topologyTable';
import { makeLab, nodeAt } from '../../support/labs';
import { LabStory, startedStory, storyStart } from '../../support/labStory';

const lab = makeLab();
const networkLab = makeLab({ network: true });

function shown(...faults: readonly object[]): readonly ShownFault[] {
  return faults.map((fault, index) => {
    const read = readFault(fault);
    assert.ok('fault' in read, JSON.stringify(read));
    return { id: `f${index + 1}`, fault: read.fault, since: storyStart, until: undefined };
  });
}

const broken = (...faults: readonly object[]): LabStory =>
  startedStory(networkLab).tell({ type: 'faultsObserved', faults: shown(...faults) });
const drawn = ({ state, now }: LabStory): Topology => topologyOf(state, now);
const edgeOf = ({ edges }: Topology, from: string, to: string): TopologyEdge => {
  const edge = edges.find(candidate => candidate.from === from && candidate.to === to);
  assert.ok(edge, `no edge from ${from} to ${to} among ${edges.map(({ id }) => id).join(', ')}`);
  return edge;
};

/** Points on the curve. */
function along({ start, bend, end }: EdgeShape): readonly Place[] {
  return Array.from({ length: 41 }, (_, index) => {
    const t = index / 40;
    const mix = (a: number, b: number, c: number): number =>
      (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c;
    return { x: mix(start.x, bend.x, end.x), y: mix(start.y, bend.y, end.y) };
  });
}

const isInside = (point: Place, node: Place): boolean =>
  Math.abs(point.x - node.x) < boxSize.width / 2 - 0.01 &&
  Math.abs(point.y - node.y) < boxSize.height / 2 - 0.01;

/** A lab in which everybody may be anything: roles, masters and faults without any sense. */
const anyLab: fc.Arbitrary<Lab> = fc
  .record({
    replicas: fc.integer({ min: 0, max: 7 }),
    sentinels: fc.integer({ min: 0, max: 7 }),
    network: fc.boolean(),
  })
  .map(({ replicas, sentinels, network }) =>
    makeLab({ replicas, sentinels, network, quorum: Math.max(1, Math.min(2, sentinels)) }),
  );

const anyMess = (of: Lab): fc.Arbitrary<LabState> => {
  const names = of.nodes.map(({ name }) => name);
  const servers = serverNodes(of).map(({ port }) => port);
  return fc
    .record({
      masters: fc.array(fc.option(fc.constantFrom(...servers), { nil: undefined }), {
        minLength: of.nodes.length,
        maxLength: of.nodes.length,
      }),
      links: of.network
        ? fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 5 })
        : fc.constant<[string, string][]>([]),
    })
    .map(({ masters, links }) => {
      const story = startedStory(of);
      of.nodes.forEach(({ port, kind }, index) => {
        const master = masters[index];
        if (kind === 'sentinel') story.sentinel(port, { master: master ?? servers[0] ?? 0 });
        else if (master === undefined || master === port) story.master(port);
        else story.replica(port, master);
      });
      const faults = shown(
        ...links
          .filter(([from, to]) => from !== to)
          .map(([from, to]) => ({ type: 'cut', from, to, bothWays: true })),
      );
      return story.tell({ type: 'faultsObserved', faults }).state;
    });
};

const anyPicture = anyLab.chain(of => fc.record({ of: fc.constant(of), state: anyMess(of) }));

describe('the topology of a lab', () => {
  it('has every node once, where it is whatever its role', () => {
    fc.assert(
      fc.property(anyPicture, ({ of, state }) => {
        const places = ({ nodes, width, height }: Topology): unknown => [
          nodes.map(({ name, x, y }) => ({ name, x, y })),
          width,
          height,
        ];
        const picture = topologyOf(state, storyStart);
        assert.deepEqual(places(picture), places(topologyOf(emptyState(of), storyStart)));
        assert.deepEqual(
          picture.nodes.map(({ name }) => name).toSorted(),
          of.nodes.map(({ name }) => name).toSorted(),
        );
      }),
    );
  });

  it('does not depend on the order in lab.json, but on kind and port', () => {
    const turned = { ...lab, nodes: lab.nodes.toReversed() };
    assert.deepEqual(topologyOf(emptyState(turned), 0).nodes, topologyOf(emptyState(lab), 0).nodes);
  });

  it('has no node on another one, none outside, and no edge through a node', () => {
    fc.assert(
      fc.property(anyPicture, ({ state }) => {
        const { nodes, edges, width, height } = topologyOf(state, storyStart);
        for (const a of nodes) {
          assert.ok(a.x - boxSize.width / 2 >= 0 && a.x + boxSize.width / 2 <= width, `${a.name} is outside`);
          assert.ok(
            a.y - boxSize.height / 2 >= 0 && a.y + boxSize.height / 2 <= height,
            `${a.name} is outside`,
          );
          for (const b of nodes)
            if (a !== b)
              assert.ok(
                Math.abs(a.x - b.x) > boxSize.width || Math.abs(a.y - b.y) > boxSize.height,
                `${a.name} on ${b.name}`,
              );
        }
        for (const { id, shape } of edges)
          for (const point of along(shape)) {
            assert.ok(
              point.x >= 0 && point.x <= width && point.y >= 0 && point.y <= height,
              `${id} leaves the drawing`,
            );
            for (const node of nodes) assert.ok(!isInside(point, node), `${id} runs through ${node.name}`);
          }
      }),
    );
  });

  it('has room for the labels of its edges', () => {
    for (const replicas of [0, 1, 2, 3, 4, 5])
      for (const sentinels of [0, 1, 3, 5, 7])
        for (const master of serverNodes(makeLab({ replicas, sentinels })).map(({ port }) => port)) {
          const of = makeLab({ replicas, sentinels, quorum: Math.max(1, sentinels - 1) });
          const story = startedStory(of);
          for (const { port } of serverNodes(of)) {
            if (port === master) story.master(port);
            else story.replica(port, master);
          }
          for (const { port } of sentinelNodes(of)) story.sentinel(port, { master });
          const labels = topologyOf(story.state, story.now).edges.map(({ shape }) => shape.label);
          labels.forEach((a, index) => {
            for (const b of labels.slice(index + 1))
              assert.ok(
                Math.abs(a.x - b.x) >= 76 || Math.abs(a.y - b.y) >= 14,
                `labels at ${JSON.stringify([a, b])} with ${replicas} replicas and ${sentinels} Sentinels`,
              );
          });
        }
  });

  it('has ids that are unique, for edges that stay the same when their other end changes', () => {
    fc.assert(
      fc.property(anyPicture, ({ state }) => {
        const ids = topologyOf(state, storyStart).edges.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
      }),
    );
    const before = edgeOf(drawn(startedStory(lab)), 'redis-6381', 'redis-6379');
    const after = edgeOf(drawn(startedStory(lab).replica(6381, 6380)), 'redis-6381', 'redis-6380');
    assert.equal(after.id, before.id);
  });

  it('says the same of a node as its row in the tree', () => {
    const story = startedStory(lab).process(6381, 'frozen').crash(26381);
    const rows = labRow('lab', story.state, story.now).children.flatMap(group => group.children);
    for (const node of drawn(story).nodes) {
      const row = rows.find(({ label }) => label === node.label);
      assert.ok(row);
      const { context, spoken, icon } = row;
      assert.deepEqual(
        [node.context, node.spoken, node.icon, node.detail],
        [context, spoken, icon, row.description],
      );
    }
  });

  it('shows who replicates from whom and whom each Sentinel takes for the master', () => {
    const picture = drawn(startedStory(lab).sentinel(26381, { master: 6380 }));
    assert.equal(edgeOf(picture, 'redis-6380', 'redis-6379').kind, 'replicates');
    assert.equal(edgeOf(picture, 'sentinel-26379', 'redis-6379').kind, 'watches');
    assert.equal(edgeOf(picture, 'sentinel-26381', 'redis-6380').kind, 'watches');
    assert.equal(picture.edges.length, 5);
    assert.equal(edgeOf(picture, 'redis-6380', 'redis-6379').label, '0 s · 0 B');
  });

  it('shows links that are down or syncing', () => {
    const story = startedStory(lab)
      .replica(6380, 6379, { master_link_status: 'down' })
      .replica(6381, 6379, {
        master_link_status: 'down',
        master_sync_in_progress: 1,
        master_sync_perc: '42.6',
      })
      .sentinel(26379, { flags: 'master,s_down' });
    const picture = drawn(story);
    const seen = (from: string): unknown => {
      const { state, label, spoken } = edgeOf(picture, from, 'redis-6379');
      return [state, label, spoken];
    };
    assert.deepEqual(seen('redis-6380'), ['down', 'down', '6380 replicates from 6379: link down']);
    assert.deepEqual(seen('redis-6381'), [
      'syncing',
      'full sync 43 %',
      '6381 replicates from 6379: full sync 43 %',
    ]);
    assert.deepEqual(seen('sentinel-26379'), ['down', 'SDOWN', 'Sentinel 26379 watches 6379: SDOWN']);
  });

  it('shows no edge from a node that does not run', () => {
    assert.deepEqual(drawn(new LabStory(lab)).edges, []);
    assert.deepEqual(
      drawn(startedStory(lab).crash(6380).crash(26379)).edges.map(({ from }) => from),
      ['redis-6381', 'sentinel-26380', 'sentinel-26381'],
    );
  });

  it('shows a cut link on the edge that runs over it, both ways or one', () => {
    const both = { type: 'cut', from: 'redis-6379', to: 'redis-6381', bothWays: true };
    const oneWay = { type: 'cut', from: 'redis-6379', to: 'sentinel-26380' };
    const picture = drawn(broken(both, oneWay));
    const cut = edgeOf(picture, 'redis-6381', 'redis-6379');
    assert.deepEqual([cut.kind, cut.state, cut.label], ['replicates', 'cut', 'cut']);
    assert.match(cut.spoken, /link up.*; redis-6379 and redis-6381 are cut off from each other$/);
    const deaf = edgeOf(picture, 'sentinel-26380', 'redis-6379');
    assert.deepEqual([deaf.kind, deaf.state, deaf.label], ['watches', 'cut', 'cut to 26380']);
    assert.equal(picture.edges.length, 5);
  });

  it('shows faults between nodes that nothing else connects', () => {
    const picture = drawn(
      broken(
        { type: 'cut', from: 'sentinel-26379', to: 'sentinel-26381', bothWays: true },
        { type: 'delay', from: 'sentinel-26379', to: 'redis-6380', milliseconds: 250 },
        { type: 'lossy', from: 'redis-6381', to: 'redis-6380', share: 0.3 },
        { type: 'cut', from: 'client', to: 'redis-6379' },
      ),
    );
    const links = picture.edges.filter(({ kind }) => kind === 'link');
    assert.deepEqual(
      links.map(({ from, to, state, label }) => [from, to, state, label]),
      [
        ['sentinel-26379', 'sentinel-26381', 'cut', 'cut'],
        ['sentinel-26379', 'redis-6380', 'delayed', '250 ms late'],
        ['redis-6380', 'redis-6381', 'lossy', '30 % lost'],
      ],
    );
  });

  it('shows a slow link that also syncs as what matters more', () => {
    const slow = { type: 'delay', from: 'redis-6379', to: 'redis-6381', milliseconds: 50 };
    const syncing = broken(slow).replica(6381, 6379, {
      master_link_status: 'down',
      master_sync_in_progress: 1,
    });
    const edge = edgeOf(drawn(syncing), 'redis-6381', 'redis-6379');
    assert.deepEqual([edge.state, edge.label], ['syncing', 'full sync · 50 ms late']);
    assert.equal(edgeOf(drawn(broken(slow)), 'redis-6381', 'redis-6379').state, 'delayed');
  });

  it('forgets a fault whose time is over', () => {
    const story = startedStory(networkLab);
    const faults = shown({ type: 'cut', from: 'redis-6379', to: 'redis-6381' }).map(fault => ({
      ...fault,
      until: story.now + 1_000,
    }));
    story.tell({ type: 'faultsObserved', faults });
    assert.equal(edgeOf(topologyOf(story.state, story.now), 'redis-6381', 'redis-6379').state, 'cut');
    assert.equal(edgeOf(topologyOf(story.state, story.now + 2_000), 'redis-6381', 'redis-6379').state, 'up');
  });
});

describe('the topology as a table', () => {
  it('says everything that the drawing shows', () => {
    fc.assert(
      fc.property(anyPicture, ({ state }) => {
        const picture = topologyOf(state, storyStart);
        const rows = topologyTable(picture);
        assert.deepEqual(
          rows.map(({ node }) => node),
          picture.nodes.map(({ name }) => name),
        );
        const links = new Set(rows.flatMap(row => row.links));
        for (const { spoken } of picture.edges) assert.ok(links.has(spoken), spoken);
      }),
    );
  });

  it('names a broken link at both its ends', () => {
    const rows = topologyTable(
      drawn(broken({ type: 'cut', from: 'sentinel-26379', to: 'sentinel-26381', bothWays: true })),
    );
    for (const port of [26379, 26381]) {
      const row = rows.find(({ node }) => node === nodeAt(networkLab, port).name);
      assert.ok(row?.links.some(link => link.includes('cut off')));
    }
  });
});
