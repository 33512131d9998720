import assert from 'node:assert/strict';
import type { ShownFault } from '../../src/core/drill/activeFault';
import { opinionMatrix, type OpinionMatrix } from '../../src/core/view/opinionMatrix';
import { assertGolden, goldenFiles } from '../support/golden';
import { makeLab } from '../support/labs';
import { LabStory, startedStory, storyStart, tellFailover, tellSwitch } from '../support/labStory';
import { useLanguage, type TestLanguage } from '../support/language';

const lab = makeLab();
const started = (): LabStory => startedStory(lab);
const killed = (): LabStory => started().crash(6379, { signal: 'SIGKILL' });
const noQuorum =
  'NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the majority and authorize a failover';
const cut: ShownFault = {
  id: 'f1',
  fault: { type: 'cut', from: 'sentinel-26379', to: 'redis-6379', bothWays: true },
  since: storyStart,
  until: undefined,
};
/** After a failover from 6379 to 6380, with the old master back as a replica. */
const moved = (): LabStory => {
  const story = tellSwitch(tellFailover(killed()));
  for (const port of [26379, 26380, 26381]) story.sentinel(port, { master: 6380, epoch: 1 });
  story.replica(6381, 6380).process(6379, 'running', 20_001).replica(6379, 6380, { process_id: 20_001 });
  return story.master(6380, [6381, 6379]);
};

/** Agreement, and every way to disagree. */
const states: Readonly<Record<string, () => LabStory>> = {
  stopped: () => new LabStory(lab),
  agree: () => started().sentinel(26380, { fields: { 'last-ok-ping-reply': '312' } }),
  moved,
  'no-sentinels': () => startedStory(makeLab({ sentinels: 0, replicas: 1 })),
  'one-sentinel': () =>
    startedStory(makeLab({ sentinels: 1, replicas: 1 })).sentinel(26379, { replicas: 1, sentinels: 0 }),
  'other-master-same-epoch': () => started().sentinel(26379, { master: 6381, replicas: 0 }),
  'other-master-newer': () => started().sentinel(26380, { master: 6380, epoch: 1 }),
  'three-masters': () => started().sentinel(26380, { master: 6380 }).sentinel(26381, { master: 6381 }),
  failover: () => tellFailover(killed()),
  'leader-ahead': () => {
    const story = tellFailover(killed());
    return story.hear(26379, '+switch-master', 'mymaster 127.0.0.1 6379 127.0.0.1 6380');
  },
  'split-brain': () => moved().master(6379, [], { process_id: 20_001 }),
  'split-brain-unseen': () => startedStory(makeLab({ sentinels: 0, replicas: 1 })).master(6380, []),
  'not-promoted': () => moved().replica(6380, 6379),
  'no-master': () => started().replica(6379, 6380),
  unnoticed: killed,
  'down-for-one': () =>
    started()
      .sentinel(26379, {
        flags: 'master,s_down',
        fields: { 'last-ok-ping-reply': '7200', 'down-after-milliseconds': '5000' },
      })
      .tell({ type: 'faultsObserved', faults: [cut] }),
  'down-for-enough': () =>
    killed()
      .sentinel(26379, { flags: 'master,s_down' })
      .sentinel(26381, { flags: 'master,s_down,disconnected' }),
  'agreed-down': () =>
    killed().sentinel(26379, { flags: 'master,s_down,o_down' }).sentinel(26380, { flags: 'master,s_down' }),
  'given-up': () =>
    killed()
      .hear(26379, '+odown', 'master mymaster 127.0.0.1 6379 #quorum 2/2')
      .hear(26379, '+try-failover', 'master mymaster 127.0.0.1 6379')
      .hear(26379, '-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379'),
  'still-leading': () =>
    moved().sentinel(26379, { master: 6379, epoch: 1, flags: 'master,o_down,failover_in_progress' }),
  tilt: () => started().sentinel(26380, {}, { sentinel_tilt: 1, sentinel_tilt_since_seconds: 12 }),
  'no-quorum': () => started().sentinel(26379, { ckquorum: noQuorum }),
  'majority-gone': () =>
    started().gone(26380).process(26381, 'frozen').sentinel(26379, { ckquorum: noQuorum }),
  'one-silent': () => started().fails(26380, 'timeout').fails(6380, 'auth'),
  'few-sentinels': () => started().sentinel(26381, { sentinels: 0 }),
  'few-sentinels-quorum-1': () => {
    const story = startedStory(makeLab({ sentinels: 5, quorum: 1 }));
    for (const port of [26379, 26380, 26381, 26382, 26383])
      story.sentinel(port, { sentinels: port === 26383 ? 1 : 4, fields: { quorum: '1' } });
    return story;
  },
  hellos: () =>
    started()
      .crash(26381)
      .sentinel(26379, { hellos: { 26380: 12_400, 26381: 60_000 } })
      .sentinel(26380, { hellos: { 26379: 900, 26381: 60_000 } }),
  'hellos-restarted': () =>
    started()
      .sentinel(26379, { hellos: { 26380: 600_000, 26381: 1_200 } })
      .sentinel(26380, {}, { uptime_in_seconds: 1 }),
  'hellos-alone': () =>
    started()
      .gone(26380)
      .crash(26381)
      .sentinel(26379, { hellos: { 26380: 9_000, 26381: 60_000 } }),
  'ghost-sentinels': () => started().sentinel(26379, { sentinels: 4 }).sentinel(26380, { sentinels: 4 }),
  'not-watching': () =>
    started().tell({
      type: 'sentinelReplied',
      node: 'sentinel-26380',
      at: storyStart,
      info: 'redis_mode:sentinel\r\nprocess_id:126380\r\n',
      master: [],
      ckquorum: 'ERR No such master with that name',
    }),
  epochs: () => moved().sentinel(26381, { master: 6380, epoch: 0 }),
  'replica-counts': () => started().sentinel(26379, { replicas: 1 }).sentinel(26380, { replicas: 3 }),
  quorums: () => started().sentinel(26379, { fields: { quorum: '3' } }),
  'replica-elsewhere': () => moved().replica(6381, 6379),
  'replica-silent': () => moved().fails(6381, 'timeout').master(6380, [6379]),
  chained: () => {
    const story = started().replica(6381, 6380).master(6379, [6380]);
    for (const port of [26379, 26380, 26381]) story.sentinel(port, { replicas: 1 });
    return story;
  },
  'link-down': () =>
    started()
      .replica(6381, 6379, { master_link_status: 'down', master_link_down_since_seconds: 14 })
      .replica(6380, 6379, {
        master_link_status: 'down',
        master_sync_in_progress: 1,
        master_sync_perc: '42.6',
      })
      .master(6379, [6380]),
};

const languages: readonly TestLanguage[] = ['en', 'ko'];
const marks = { normal: '', odd: ' [odd]', wrong: ' [wrong]', unknown: ' [unknown]' } as const;

function text({ columns, rows, sentences }: OpinionMatrix): string {
  return [
    ...sentences.map(({ id, tone, text: words }) => `${id}${marks[tone]}: ${words}`),
    '',
    columns.map(({ label, spoken }) => `${label} (${spoken})`).join(' | '),
    '',
    ...rows.flatMap(({ label, cells, help }) => [
      `${label} — ${help}`,
      `  ${cells.map(cell => (cell ? `${cell.text}${marks[cell.tone]}` : '')).join(' | ')}`,
      `  ${cells.map(cell => (cell && cell.spoken !== cell.text ? `"${cell.spoken}"` : '')).join(' | ')}`.trimEnd(),
    ]),
    '',
  ].join('\n');
}

describe('the opinions of the nodes of a lab', () => {
  after(() => useLanguage('en'));

  for (const language of languages)
    for (const [name, story] of Object.entries(states))
      it(`in the state ${name}, in ${language}, are unchanged`, () => {
        useLanguage(language);
        const { state, now } = story();
        assertGolden(`opinions/${name}.${language}.golden.txt`, text(opinionMatrix(state, now)));
      });

  it('have no golden file that no test looks at', () => {
    const expected = Object.keys(states).flatMap(name =>
      languages.map(language => `${name}.${language}.golden.txt`),
    );
    assert.deepEqual(goldenFiles('opinions'), expected.toSorted());
  });
});
