import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readServerConf } from '../../../src/core/conf/confDocument';
import { writeRedisConf } from '../../../src/core/conf/redisConf';
import { explainEnd } from '../../../src/core/log/startFailure';
import { labRow } from '../../../src/core/view/labRows';
import { nodeTooltip } from '../../../src/core/view/nodeTooltip';
import { statusBarText } from '../../../src/core/view/statusBar';
import { makeLab, nodeAt } from '../../support/labs';
import { startedStory } from '../../support/labStory';
import { anyText } from '../../support/anyText';

const lab = makeLab();
const password = 'hunter2-kept-to-itself';

describe('nodeTooltip', () => {
  it('never has the password of the conf in it, nor has anything else that is shown', () => {
    const version = { product: 'redis', major: 7, minor: 0, patch: 15, windows: false } as const;
    const conf = writeRedisConf(lab, nodeAt(lab, 6379), {
      version,
      windows: false,
      dataDirectory: '/d',
      logFile: '/l',
      password,
    });
    assert.equal(readServerConf(conf).password, password);
    // The one way for a line of the conf to come near a view: a server that ends because of it.
    const ends = [...conf.matchAll(/^.*hunter2.*$/gm)].map(
      ([line]) =>
        `*** FATAL CONFIG FILE ERROR ***\nReading the configuration file, at line 1\n>>> '${line} x'\nwrong number of arguments\n`,
    );
    assert.equal(ends.length, 2);
    for (const end of ends) {
      const story = startedStory(lab).crash(6379, { code: 1, reason: explainEnd(end) });
      assert.match(nodeTooltip(story.state, 'redis-6379', story.now), /requirepass|masterauth/);
      const shown = [
        ...lab.nodes.map(node => nodeTooltip(story.state, node.name, story.now)),
        JSON.stringify(labRow('lab', story.state, story.now)),
        JSON.stringify(statusBarText(story.state)),
      ];
      for (const text of shown) assert.doesNotMatch(text, /hunter2/);
    }
  });

  it('shows what comes from outside as text, not as Markdown', () => {
    const reason = '[run](command:x) <img> **bold** `code` | cell\n\n# heading $(zap) https://a.b';
    const story = startedStory(lab).crash(6379, { code: 1, reason });
    const tooltip = nodeTooltip(story.state, 'redis-6379', story.now);
    assert.doesNotMatch(
      tooltip,
      /(?<!\\)\[run|(?<!\\)<img|(?<!\\)\*\*bold|(?<!\\)`code|(?<!\\)\| cell|^# |\$\(zap/m,
    );
  });

  it('is a heading and a table whose rows have two cells each, whatever a server says', () => {
    fc.assert(
      fc.property(anyText, fc.string(), (reason, runId) => {
        const story = startedStory(lab).master(6379, [6380], { run_id: runId }).crash(6380, { reason });
        for (const name of ['redis-6379', 'redis-6380']) {
          const [heading = '', empty, , , ...table] = nodeTooltip(story.state, name, story.now).split('\n');
          assert.ok(heading.startsWith('**'));
          assert.equal(empty, '');
          for (const line of table) assert.equal(line.replace(/\\./g, '').split('|').length, 4, line);
        }
      }),
    );
  });

  it('is empty for a node that is not there', () => {
    assert.equal(nodeTooltip(startedStory(lab).state, 'redis-1', 0), '');
  });
});
