import { predictFailover } from '../../src/core/drill/prediction';
import { readyLight } from '../../src/core/drill/readyLight';
import type { FailoverCause } from '../../src/core/drill/failoverCause';
import { predictionText } from '../../src/core/view/predictionText';
import { assertGolden } from '../support/golden';
import { makeLab } from '../support/labs';
import { startedStory, type LabStory } from '../support/labStory';
import { useLanguage } from '../support/language';
import { replicaView } from '../support/replicaViews';

const lab = makeLab();
const started = (): LabStory => startedStory(lab);

/** Labs whose next failover differs in who, why, or whether. */
const stories: Readonly<Record<string, { readonly story: () => LabStory; readonly cause?: FailoverCause }>> =
  {
    usual: { story: started },
    frozen: {
      story: () =>
        started().tell({
          type: 'faultsObserved',
          faults: [{ id: 'f1', fault: { type: 'freeze', node: 'redis-6381' }, since: 0, until: undefined }],
        }),
      cause: 'freeze',
    },
    requested: { story: started, cause: 'request' },
    'by-priority': {
      story: () =>
        started().replica(6380, 6379, { slave_priority: 200 }).replica(6381, 6379, { slave_priority: 20 }),
    },
    'by-offset': {
      story: () =>
        started().replica(6380, 6379, {
          slave_repl_offset: 8_211,
          master_link_status: 'down',
          master_link_down_since_seconds: 7,
        }),
    },
    'only-one': { story: () => started().gone(6381) },
    'no-replica': {
      story: () => started().replica(6380, 6379, { slave_priority: 0 }).process(6381, 'frozen'),
    },
    'no-quorum': { story: () => started().gone(26380).process(26381, 'frozen') },
    'no-majority': {
      story: () =>
        started()
          .sentinel(26379, { fields: { quorum: '1' } })
          .gone(26380)
          .fails(26381),
    },
    tilt: {
      story: () => started().sentinel(26380, {}, { sentinel_tilt: 1, sentinel_tilt_since_seconds: 4 }),
    },
    'after-failed-attempt': {
      story: () =>
        started()
          .hear(26379, '+try-failover', 'master mymaster 127.0.0.1 6379')
          .hear(26379, '-failover-abort-not-elected', 'master mymaster 127.0.0.1 6379')
          .later(30_000),
    },
    'unknown-replica': {
      story: () => started().sentinel(26379, { replicas: 1 }),
    },
  };

describe('the ready light and the prediction as text', () => {
  for (const language of ['en', 'ko'] as const) {
    for (const [name, { story: make, cause = 'kill' }] of Object.entries(stories)) {
      it(`${name} in ${language}`, () => {
        useLanguage(language);
        const story = make();
        const replicas =
          name === 'unknown-replica' ? new Map([['sentinel-26379', [replicaView(6380)]]]) : undefined;
        const { checks } = readyLight(story.state, story.now);
        const text = predictionText(
          predictFailover(story.state, story.now, { cause, ...(replicas ? { replicas } : {}) }),
        );
        const lines = [
          ...checks.map(({ ok, text: said, anyway, waitMs }) =>
            ok ? `+ ${said}` : `- ${said} (${waitMs ?? '?'}) ${anyway}`,
          ),
          ...Object.values(text).flatMap(part => ['', ...part]),
        ];
        assertGolden(`prediction/${name}.${language}.golden.txt`, `${lines.join('\n')}\n`);
      });
    }
  }

  after(() => useLanguage('en'));
});
