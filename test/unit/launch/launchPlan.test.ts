import assert from 'node:assert/strict';
import { launchPlan } from '../../../src/core/launch/launchPlan';
import { makeLab, nodeAt } from '../../support/labs';

const lab = makeLab();
const paths = { server: '/opt/my redis/redis-server', conf: '/lab 한/conf/a.conf', data: '/lab 한/data/a' };

describe('launchPlan', () => {
  it('starts a data node with its conf alone', () => {
    assert.deepEqual(launchPlan(nodeAt(lab, 6380), paths), {
      command: '/opt/my redis/redis-server',
      args: ['/lab 한/conf/a.conf'],
      cwd: '/lab 한/data/a',
    });
  });

  it('starts a Sentinel with its conf first, which only then is taken for a file', () => {
    assert.deepEqual(launchPlan(nodeAt(lab, 26380), paths).args, ['/lab 한/conf/a.conf', '--sentinel']);
  });
});
