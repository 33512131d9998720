import assert from 'node:assert/strict';
import { labRow, type Row } from '../../src/core/view/labRows';
import { nodeTooltip } from '../../src/core/view/nodeTooltip';
import { statusBarText } from '../../src/core/view/statusBar';
import { assertGolden, goldenFiles } from '../support/golden';
import { makeLab, nodeAt } from '../support/labs';
import { LabStory, startedStory, tellFailover, tellSwitch } from '../support/labStory';
import { useLanguage, type TestLanguage } from '../support/language';

const lab = makeLab();
const pair = makeLab({ replicas: 1, sentinels: 0 });
const started = (): LabStory => startedStory(lab);
const killed = (): LabStory => started().crash(6379, { signal: 'SIGKILL' });
const noQuorum =
  'NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the majority and authorize a failover';

/** The main states of a lab, and the nodes whose tooltips are looked at. */
const states: Readonly<
  Record<string, { readonly story: () => LabStory; readonly tooltips: readonly number[] }>
> = {
  stopped: { story: () => new LabStory(lab), tooltips: [6379] },
  starting: {
    story: () =>
      new LabStory(lab)
        .request(6379, 'start')
        .process(6379, 'running')
        .master(6379)
        .request(6380, 'start')
        .process(6380, 'running')
        .request(6381, 'start'),
    tooltips: [6380],
  },
  ready: { story: started, tooltips: [6379, 6380, 26379] },
  killed: { story: killed, tooltips: [6379] },
  failover: { story: () => tellFailover(killed()), tooltips: [26379] },
  'after-failover': {
    story: () => {
      const story = tellSwitch(tellFailover(killed()));
      for (const port of [26379, 26380, 26381]) story.sentinel(port, { master: 6380, epoch: 1 });
      story.master(6380, [6381]).replica(6381, 6380).process(6379, 'running', 20_001);
      return story.replica(6379, 6380, { process_id: 20_001 }).master(6380, [6381, 6379]);
    },
    tooltips: [6379, 6380],
  },
  'two-masters': {
    story: () => {
      const story = tellSwitch(tellFailover(killed()));
      for (const port of [26379, 26380, 26381]) story.sentinel(port, { master: 6380, epoch: 1 });
      return story
        .master(6380, [6381])
        .process(6379, 'running', 20_001)
        .master(6379, [], { process_id: 20_001 });
    },
    tooltips: [],
  },
  frozen: { story: () => started().process(6379, 'frozen').fails(6379, 'timeout'), tooltips: [6379] },
  'command-line': {
    story: () => {
      const story = new LabStory(pair);
      for (const node of pair.nodes) {
        story.tell({
          type: 'processObserved',
          node: node.name,
          at: story.now,
          process: {
            record: {
              node: node.name,
              port: node.port,
              pid: Number(`1${node.port}`),
              startTime: 'x',
              executable: '/usr/bin/valkey-server',
              startedAt: story.now,
              runnerPid: undefined,
            },
            life: 'running',
            exit: undefined,
          },
        });
      }
      const valkey = { valkey_version: '9.1.2', redis_version: '7.2.4', uptime_in_seconds: 90_000 };
      return story
        .replica(6380, 6379, { ...valkey, slave_repl_offset: 48_000 })
        .master(6379, [], { ...valkey, slave0: 'ip=127.0.0.1,port=6380,state=online,offset=47000,lag=3' });
    },
    tooltips: [6379, 6380],
  },
  unmanaged: {
    story: () => new LabStory(lab).master(6379, [], { process_id: 999 }).fails(6380, 'auth'),
    tooltips: [6379],
  },
  'port-in-use': {
    story: () =>
      new LabStory(lab)
        .portOwner(6379, { name: 'nginx', pid: 4711 })
        .portOwner(6380, { name: undefined, pid: undefined })
        .portOwner(6381, { name: undefined, pid: 12 }),
    tooltips: [6379],
  },
  'auth-failure': { story: () => started().fails(6380, 'auth'), tooltips: [6380] },
  'no-answer': { story: () => started().fails(6380, 'timeout').fails(26380, 'closed'), tooltips: [] },
  'full-sync': {
    story: () =>
      started()
        .replica(6380, 6379, {
          master_link_status: 'down',
          master_sync_in_progress: 1,
          master_sync_perc: '42.6',
        })
        .replica(6381, 6379, { master_link_status: 'down', master_sync_in_progress: 1 }),
    tooltips: [],
  },
  'link-down': {
    story: () =>
      started()
        .replica(6381, 6379, { master_link_status: 'down' })
        .master(6379, [6380], { rdb_last_bgsave_status: 'err' }),
    tooltips: [6379, 6381],
  },
  loading: { story: () => started().master(6379, [], { loading: 1 }), tooltips: [] },
  'no-quorum': {
    story: () => started().gone(26380).gone(26381).sentinel(26379, { ckquorum: noQuorum }),
    tooltips: [26379],
  },
  crashed: {
    story: () =>
      started()
        .crash(6379, { code: 1, reason: 'The data folder /srv/a_b*c cannot be used: Permission | denied.' })
        .crash(6380, { code: 3 })
        .crash(6381, { signal: 'SIGSEGV' })
        .crash(26379),
    tooltips: [6379],
  },
  'given-up': {
    story: () =>
      killed()
        .hear(26379, '+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2')
        .hear(26379, '+try-failover', 'master mymaster 127.0.0.1 6379')
        .hear(26379, '-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379'),
    tooltips: [26379],
  },
};

const languages: readonly TestLanguage[] = ['en', 'ko'];

function treeText(row: Row, depth = 0): string[] {
  const icon = row.icon ? `(${[row.icon.id, row.icon.color].filter(Boolean).join(' ')}) ` : '';
  const indent = '  '.repeat(depth);
  return [
    `${indent}${icon}${row.label}${row.description === '' ? '' : ` — ${row.description}`}`,
    `${indent}  [${row.context}] "${row.spoken}"`,
    ...row.children.flatMap(child => treeText(child, depth + 1)),
  ];
}

/** Everything that a person can see of a lab. */
function screenText({ state, now }: LabStory, tooltips: readonly number[]): string {
  const bar = statusBarText(state);
  return [
    ...treeText(labRow('lab', state, now)),
    '',
    ...(bar
      ? [
          `status bar: ${bar.text}${bar.alarm ? ' (alarm)' : ''}`,
          `  "${bar.spoken}"`,
          ...indented(bar.tooltip),
        ]
      : ['no status bar']),
    ...tooltips.flatMap(port => [
      '',
      `tooltip of ${port}`,
      ...indented(nodeTooltip(state, nodeAt(state.lab, port).name, now)),
    ]),
    '',
  ].join('\n');
}

const indented = (text: string): string[] => text.split('\n').map(line => `  ${line}`.trimEnd());

describe('what is shown of a lab', () => {
  const zone = process.env['TZ'];
  before(() => {
    process.env['TZ'] = 'UTC';
  });
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    useLanguage('en');
  });

  for (const language of languages) {
    for (const [name, { story, tooltips }] of Object.entries(states)) {
      it(`that is in the state ${name}, in ${language}, is unchanged`, () => {
        useLanguage(language);
        assertGolden(`views/${name}.${language}.golden.txt`, screenText(story(), tooltips));
      });
    }
  }

  it('has no golden file that no test looks at', () => {
    const expected = Object.keys(states).flatMap(name =>
      languages.map(language => `${name}.${language}.golden.txt`),
    );
    assert.deepEqual(goldenFiles('views'), expected.toSorted());
  });
});
