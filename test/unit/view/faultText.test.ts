import assert from 'node:assert/strict';
import type { ShownFault } from '../../../src/core/drill/activeFault';
import { faultTypes, readFault, type Fault } from '../../../src/core/drill/fault';
import { faultChoices } from '../../../src/core/view/faultChoices';
import { faultNote, faultText } from '../../../src/core/view/faultText';
import { labRow } from '../../../src/core/view/labRows';
import { nodeDescription } from '../../../src/core/view/nodeText';
import { nodeTooltip } from '../../../src/core/view/nodeTooltip';
import { makeLab } from '../../support/labs';
import { startedStory, storyStart, type LabStory } from '../../support/labStory';
import { useLanguage } from '../../support/language';

const lab = makeLab();

function shown(fault: object, id = 'f1', until?: number): ShownFault {
  const read = readFault(fault);
  assert.ok('fault' in read, JSON.stringify(read));
  return { id, fault: read.fault, since: storyStart, until };
}

const broken = (...faults: readonly ShownFault[]): LabStory =>
  startedStory(lab).tell({ type: 'faultsObserved', faults });
const context = (story: LabStory, port: number): string | undefined =>
  labRow('lab', story.state, story.now)
    .children.flatMap(group => group.children)
    .find(row => row.label === String(port))?.context;

describe('a fault that is on', () => {
  const priority = shown({ type: 'config', node: 'redis-6380', set: { 'replica-priority': '0' } });
  const cut = shown({ type: 'cut', from: 'redis-6379', to: 'redis-6381' }, 'f2');

  it('is told on the rows of its nodes and on that of the lab', () => {
    const story = broken(priority, cut);
    const text = (port: number): string => nodeDescription(story.state, story.node(port), story.now);
    assert.match(text(6380), / · set to replica-priority 0$/);
    assert.match(text(6381), / · cut from 6379$/);
    assert.match(text(6379), / · cut to 6381$/);
    const row = labRow('lab', story.state, story.now);
    assert.match(row.description, /^ready .* · 2 faults are on$/);
    assert.equal(row.context, 'lab running sentinels broken');
    assert.match(context(story, 6380) ?? '', / broken$/);
    assert.doesNotMatch(context(story, 26379) ?? '', /broken/);
  });

  it('is in the tooltip with its id', () => {
    assert.match(
      nodeTooltip(broken(priority).state, 'redis-6380', storyStart),
      /Fault f1 \| redis\\-6380 has replica/,
    );
  });

  it('that ends by itself is told until then', () => {
    const story = broken(shown({ type: 'pause', node: 'redis-6379' }, 'f1', storyStart + 60_000));
    const at = (now: number): string => nodeDescription(story.state, story.node(6379), now);
    assert.match(at(storyStart + 59_999), /clients wait until/);
    assert.doesNotMatch(at(storyStart + 60_000), /clients wait/);
    assert.doesNotMatch(labRow('lab', story.state, storyStart + 60_000).description, /fault/);
  });

  it('changes nothing when it is observed again', () => {
    const story = broken(priority);
    const before = story.state;
    assert.equal(story.tell({ type: 'faultsObserved', faults: [{ ...priority }] }).state, before);
    assert.equal(broken().state.faults.length, 0);
  });

  it('is left out of a row whose status says it', () => {
    const { state } = broken();
    for (const type of ['kill', 'stop', 'freeze', 'restart'])
      assert.equal(faultNote(state, 'redis-6379', shown({ type, node: 'redis-6379' })), undefined);
  });
});

describe('the words for faults', () => {
  const link = { from: 'redis-6379', to: 'client:app' };
  const samples: Readonly<Record<string, readonly object[]>> = {
    pause: [{ node: 'redis-6379' }, { node: 'redis-6379', mode: 'write' }],
    config: [{ node: 'redis-6379', set: { save: '' } }],
    'disk-full': [{ node: 'redis-6379', bytes: 1_000_000 }],
    cut: [link, { ...link, bothWays: true }],
    delay: [
      { ...link, milliseconds: 100 },
      { ...link, milliseconds: 100, bothWays: true },
    ],
    lossy: [
      { ...link, share: 0.125 },
      { ...link, share: 0.125, bothWays: true },
    ],
  };
  const all: readonly ShownFault[] = faultTypes.flatMap(type =>
    (samples[type] ?? [{ node: 'redis-6379' }]).map(rest => shown({ type, ...rest }, 'f1', storyStart)),
  );

  for (const language of ['en', 'ko'] as const) {
    describe(`in ${language}`, () => {
      before(() => useLanguage(language));
      after(() => useLanguage('en'));

      it('differ for each', () => {
        const texts = all.map(faultText);
        assert.equal(new Set(texts).size, texts.length);
        for (const text of texts) assert.doesNotMatch(text, /undefined|\{\d\}|NaN/);
        const { state } = startedStory(lab);
        for (const each of all)
          assert.doesNotMatch(faultNote(state, 'redis-6379', each) ?? '', /undefined|\{\d\}|NaN/);
      });
    });
  }
});

describe('the ways to break a node', () => {
  const story = startedStory(lab);
  const faults = (port: number, windows = false): readonly Fault[] =>
    faultChoices(story.node(port), windows).map(({ fault }) => fault);

  it('are faults that can be read, each with other words', () => {
    for (const port of [6379, 26379]) {
      const choices = faultChoices(story.node(port), false);
      for (const { fault, label, detail } of choices) {
        assert.ok('fault' in readFault(fault), label);
        assert.ok(label !== '' && detail !== '');
      }
      assert.equal(new Set(choices.map(({ label }) => label)).size, choices.length);
    }
  });

  it('fit the kind of the node and the system', () => {
    assert.ok(faults(6379).some(({ type }) => type === 'unwritable'));
    assert.ok(!faults(26379).some(({ type }) => type === 'unwritable'));
    assert.ok(faults(26379).some(({ type }) => type === 'failover'));
    assert.ok(!faults(6379, true).some(({ type }) => type === 'freeze' || type === 'disk-full'));
  });
});
