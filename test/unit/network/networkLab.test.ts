import assert from 'node:assert/strict';
import { writeFirstConf } from '../../../src/core/conf/firstConf';
import { lastDirective, readDirectives } from '../../../src/core/conf/confDocument';
import { parseVersion } from '../../../src/core/conf/serverVersion';
import { allDirectives } from '../../../src/core/conf/specs/allDirectives';
import { lintConfs } from '../../../src/core/lint/lintConfs';
import { readLabFile, type LabFileProblem } from '../../../src/core/model/labFile';
import type { LabEvent } from '../../../src/core/model/labEvent';
import { conditionOf, notReady } from '../../../src/core/model/readiness';
import { networkStatus } from '../../../src/core/network/networkStatus';
import { identify, type IdentityTrace } from '../../../src/core/story/identities';
import { labDescription, waitsForPerson } from '../../../src/core/view/labRows';
import { networkText } from '../../../src/core/view/networkText';
import { labOf, makeLab, nodeAt } from '../../support/labs';
import { LabStory, startedStory } from '../../support/labStory';

const lab = makeLab({ network: true });

function confOf(port: number, version: string, of = lab): string {
  const parsed = parseVersion(version);
  assert.ok(parsed);
  const paths = { dataDirectory: '/lab/data', logFile: '/lab/log/node.log' };
  return writeFirstConf(of, nodeAt(of, port), {
    ...paths,
    version: parsed,
    windows: false,
    password: undefined,
  });
}

/** The values of these directives of a conf, in their order. */
function values(text: string, ...names: readonly string[]): string[] {
  return readDirectives(text).flatMap(({ name, args }) => {
    const full = name === 'sentinel' ? `${name} ${args[0]}` : name;
    return names.includes(full) ? [`${full} ${(name === 'sentinel' ? args.slice(1) : args).join(' ')}`] : [];
  });
}

describe('a lab with a network', () => {
  it('has nodes that listen on other ports than those by which they are known', () => {
    assert.deepEqual(
      lab.nodes.map(({ port, listenPort }) => [port, listenPort]),
      [
        [6379, 18379],
        [6380, 18380],
        [6381, 18381],
        [26379, 14379],
        [26380, 14380],
        [26381, 14381],
      ],
    );
    assert.ok(makeLab().nodes.every(({ port, listenPort }) => port === listenPort));
    assert.equal(labOf('{ "servers": [{ "port": 1 }], "network": false }').network, false);
  });

  const problems: readonly (readonly [what: string, text: string, place: string, about: RegExp])[] = [
    [
      'a conf of a person',
      '{ "network": true,\n  "servers": [{ "port": 6379, "conf": "my.conf" }] }',
      '"conf": ',
      /"conf", or "network"/,
    ],
    [
      'a port on which another node listens',
      '{ "network": true,\n  "servers": [{ "port": 6379 },\n { "port": 18379, "replicaOf": 6379 }] }',
      '"port": 6379 }',
      /6379 listens on port 18379/,
    ],
    [
      'two nodes that would listen on one port',
      '{ "network": true,\n  "servers": [{ "port": 6379 },\n { "port": 30379, "replicaOf": 6379 }] }',
      '"port": 30379',
      /30379 listens on port 18379/,
    ],
    [
      'a network that is no yes or no',
      '{ "network": 1, "servers": [{ "port": 1 }] }',
      '"network"',
      /true or false/,
    ],
  ];
  for (const [what, text, place, about] of problems) {
    it(`is refused with ${what}`, () => {
      const result = readLabFile(text, 'folder');
      assert.ok('problems' in result);
      const [problem] = result.problems as readonly [LabFileProblem];
      const line = text.split('\n')[problem.line - 1] ?? '';
      assert.ok(line.slice(problem.column - 1).startsWith(place), `${problem.line}:${problem.column}`);
      assert.match(problem.message, about);
    });
  }

  it('has confs that listen there, announce the known address and name the others by theirs', () => {
    const names = [
      'port',
      'replica-announce-ip',
      'replica-announce-port',
      'slave-announce-ip',
      'slave-announce-port',
      'replicaof',
      'slaveof',
    ];
    assert.deepEqual(values(confOf(6380, '7.0.15'), ...names), [
      'port 18380',
      'replica-announce-ip 127.0.0.1',
      'replica-announce-port 6380',
      'replicaof 127.0.0.1 6379',
    ]);
    assert.deepEqual(values(confOf(6380, '4.0.14'), ...names), [
      'port 18380',
      'slave-announce-ip 127.0.0.1',
      'slave-announce-port 6380',
      'slaveof 127.0.0.1 6379',
    ]);
    assert.deepEqual(values(confOf(6380, '3.0.7'), ...names), ['port 18380', 'slaveof 127.0.0.1 6379']);
    for (const version of ['2.8.24', '7.0.15', 'valkey-9.1.2'])
      assert.deepEqual(
        values(
          confOf(26379, version),
          'port',
          'sentinel announce-ip',
          'sentinel announce-port',
          'sentinel monitor',
        ),
        [
          'port 14379',
          'sentinel announce-ip 127.0.0.1',
          'sentinel announce-port 26379',
          'sentinel monitor mymaster 127.0.0.1 6379 2',
        ],
      );
  });

  it('has the confs that it always had without one', () => {
    const text = confOf(6380, '7.0.15', makeLab());
    assert.equal(lastDirective(readDirectives(text), 'port')?.args[0], '6380');
    assert.doesNotMatch(text, /announce/);
  });

  for (const version of ['3.0.7', '4.0.14', '7.0.15', 'valkey-9.1.2']) {
    it(`has confs in which the lint finds nothing that a lab without a network has not (${version})`, () => {
      const found = (of: typeof lab): readonly string[] =>
        lintConfs(
          of.nodes.map(node => ({ file: `${node.name}.conf`, text: confOf(node.port, version, of) })),
          parseVersion(version),
          allDirectives,
        ).map(({ rule, file }) => `${file} ${rule}`);
      assert.deepEqual(found(lab), found(makeLab()));
    });
  }
});

const record = {
  node: 'network',
  port: 40_000,
  pid: 77,
  startTime: 'then',
  executable: '/usr/bin/node',
  startedAt: 0,
  runnerPid: undefined,
};
const observed = (life: 'running' | 'frozen' | 'gone', isKnown = true): LabEvent => ({
  type: 'networkObserved',
  at: 0,
  process: { record: isKnown ? record : undefined, life, exit: undefined },
});

describe('the network of a lab', () => {
  const started = (): LabStory => startedStory(lab);

  it('is missing nothing while it runs', () => {
    const { state } = started().tell(observed('running'));
    assert.deepEqual(notReady(state), []);
    assert.equal(networkText(state), 'Network: running (pid 77)');
  });

  for (const [what, event, missing, text] of [
    ['ended', observed('gone'), /has ended unexpectedly/, 'Network: crashed'],
    ['is frozen', observed('frozen'), /is frozen/, 'Network: frozen (pid 77)'],
    ['was never started', observed('gone', false), /does not run/, 'Network: stopped'],
  ] as const) {
    it(`is told first when it ${what}`, () => {
      const { state } = started().tell(observed('running')).tell(event);
      assert.match(notReady(state)[0] ?? '', missing);
      assert.match(labDescription(state), /^degraded: the network of the lab/);
      assert.equal(waitsForPerson(state), true);
      assert.equal(networkText(state), text);
    });
  }

  it('is not missed while the lab is stopped', () => {
    const { state } = new LabStory(lab).tell(observed('gone', false));
    assert.equal(conditionOf(state), 'stopped');
    assert.ok(!notReady(state).some(text => text.includes('network')));
  });

  it('does not change a state by being looked at', () => {
    const story = started().tell(observed('running'));
    const { state } = story;
    assert.equal(story.tell(observed('running')).state, state);
  });

  it('is no part of other labs', () => {
    const { state } = startedStory(makeLab());
    assert.equal(networkStatus(state), 'none');
    assert.equal(networkText(state), undefined);
  });

  it('is forgotten when lab.json has none any more', () => {
    const { state } = started().tell(observed('gone')).tell({ type: 'labChanged', lab: makeLab() });
    assert.equal(state.network, undefined);
    assert.deepEqual(notReady(state), []);
  });
});

describe('the log of a node behind a network', () => {
  const trace = (file: string, port: number): IdentityTrace => ({
    file,
    port,
    isSentinel: false,
    id: undefined,
    others: new Set(),
    links: new Map(),
  });

  it('is that of the node that is known by the port in its name', () => {
    const { files } = identify([trace('log/redis-6379.log', 18379), trace('log/redis-6380.log', 6380)]);
    assert.deepEqual(
      files.map(({ port, address }) => [port, address]),
      [
        [6379, '127.0.0.1:6379'],
        [6380, '127.0.0.1:6380'],
      ],
    );
    assert.equal(identify([trace('some-6399.log', 18379)]).files[0]?.port, 18379);
  });
});
