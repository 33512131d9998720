import assert from 'node:assert/strict';
import type { Fault } from '../../src/core/drill/fault';
import { topologyOf } from '../../src/core/view/topology';
import { topologyTable } from '../../src/core/view/topologyTable';
import { assertGolden, goldenFiles } from '../support/golden';
import { makeLab } from '../support/labs';
import { startedStory, storyStart, tellFailover, tellSwitch, type LabStory } from '../support/labStory';
import { useLanguage, type TestLanguage } from '../support/language';

const lab = makeLab();
const cutOff: readonly Fault[] = [
  { type: 'cut', from: 'redis-6379', to: 'redis-6381', bothWays: true },
  { type: 'cut', from: 'sentinel-26379', to: 'sentinel-26380', bothWays: false },
  { type: 'delay', from: 'sentinel-26381', to: 'redis-6379', bothWays: true, milliseconds: 250 },
];

const states: Readonly<Record<string, () => LabStory>> = {
  ready: () => startedStory(lab),
  'after-failover': () => {
    const story = tellSwitch(tellFailover(startedStory(lab).crash(6379, { signal: 'SIGKILL' })));
    return story.replica(6381, 6380, { master_link_status: 'down', master_sync_in_progress: 1 });
  },
  broken: () =>
    startedStory(makeLab({ network: true }))
      .process(6380, 'frozen')
      .sentinel(26381, {}, { sentinel_tilt: 1 })
      .tell({
        type: 'faultsObserved',
        faults: cutOff.map((fault, index) => ({
          id: `f${index + 1}`,
          fault,
          since: storyStart,
          until: undefined,
        })),
      }),
};

const languages: readonly TestLanguage[] = ['en', 'ko'];

function text({ state, now }: LabStory): string {
  const topology = topologyOf(state, now);
  return [
    `${topology.width} × ${topology.height}`,
    ...topology.nodes.map(
      ({ name, x, y, label, caption, icon, spoken, context }) =>
        `${name} at ${x}, ${y}: ${label}, ${caption} (${[icon.id, icon.color].filter(Boolean).join(' ')}) "${spoken}" [${context}]`,
    ),
    '',
    ...topology.edges.map(
      ({ id, to, kind, state: how, label, spoken }) => `${id} → ${to}: ${kind} ${how} (${label}) "${spoken}"`,
    ),
    '',
    ...topologyTable(topology).map(row =>
      [row.label, row.caption, row.detail, row.links.join('. ')].join(' | '),
    ),
    '',
  ].join('\n');
}

describe('the drawing of a lab', () => {
  const zone = process.env['TZ'];
  before(() => {
    process.env['TZ'] = 'UTC';
  });
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    useLanguage('en');
  });

  for (const language of languages)
    for (const [name, story] of Object.entries(states))
      it(`that is ${name}, in ${language}, is unchanged`, () => {
        useLanguage(language);
        assertGolden(`topology/${name}.${language}.golden.txt`, text(story()));
      });

  it('has no golden file that no test looks at', () => {
    const expected = Object.keys(states).flatMap(name =>
      languages.map(language => `${name}.${language}.golden.txt`),
    );
    assert.deepEqual(goldenFiles('topology'), expected.toSorted());
  });
});
